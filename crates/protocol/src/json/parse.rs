//! From a text to a tree.

use super::Error;

/// Deeper nesting than this is refused: no frame needs it, and reading goes one call deeper for
/// each level.
const DEEPEST: u32 = 64;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    /// A whole number: whether it is below zero, and how far from it.
    Whole(bool, u64),
    /// Any other number. No frame has one, but a field that is not known here may.
    OtherNumber,
    Text(String),
    List(Vec<Tree>),
    /// In the order of the text, repeated keys included.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// A field of an object; `null` where there is none.
    pub(crate) fn field(&self, name: &str) -> &Self {
        if let Self::Object(fields) = self {
            for (key, value) in fields {
                if key == name {
                    return value;
                }
            }
        }
        &Self::Null
    }
}

/// Reads a text into a tree.
pub(crate) fn parse(text: &str) -> Result<Tree, Error> {
    let mut parser = Parser { text, at: 0 };
    let tree = parser.value(DEEPEST)?;
    parser.space();
    if parser.at == text.len() {
        Ok(tree)
    } else {
        parser.fault("something follows the value")
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn fault<T>(&self, what: &str) -> Result<T, Error> {
        #[cfg(not(target_family = "wasm"))]
        return Err(Error::new(&format!("{what} at byte {}", self.at)));
        #[cfg(target_family = "wasm")]
        Err(Error::new(what))
    }

    fn peek(&self) -> u8 {
        // A text has no zero bytes that mean anything outside of strings.
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Takes this byte if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    fn word(&mut self, word: &str, tree: Tree) -> Result<Tree, Error> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(tree)
        } else {
            self.fault("expected a value")
        }
    }

    fn value(&mut self, depth: u32) -> Result<Tree, Error> {
        if depth == 0 {
            return self.fault("nested too deeply");
        }
        self.space();
        match self.peek() {
            b'{' => {
                let mut fields = Vec::new();
                self.members(b'}', |parser| {
                    parser.space();
                    let key = parser.string()?;
                    parser.space();
                    if !parser.takes(b':') {
                        return parser.fault("expected a colon");
                    }
                    fields.push((key, parser.value(depth - 1)?));
                    Ok(())
                })?;
                Ok(Tree::Object(fields))
            }
            b'[' => {
                let mut values = Vec::new();
                self.members(b']', |parser| {
                    values.push(parser.value(depth - 1)?);
                    Ok(())
                })?;
                Ok(Tree::List(values))
            }
            b'"' => self.string().map(Tree::Text),
            b't' => self.word("true", Tree::Bool(true)),
            b'f' => self.word("false", Tree::Bool(false)),
            b'n' => self.word("null", Tree::Null),
            _ => self.number(),
        }
    }

    /// What stands between brackets, separated by commas.
    fn members(
        &mut self,
        end: u8,
        mut member: impl FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.at += 1;
        self.space();
        if self.takes(end) {
            return Ok(());
        }
        loop {
            member(self)?;
            self.space();
            if self.takes(end) {
                return Ok(());
            }
            if !self.takes(b',') {
                return self.fault("expected a comma or the end");
            }
        }
    }

    fn digits(&mut self) -> Result<&str, Error> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if start == self.at {
            return self.fault("expected a digit");
        }
        Ok(&self.text[start..self.at])
    }

    fn number(&mut self) -> Result<Tree, Error> {
        let negative = self.takes(b'-');
        let digits = self.digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return self.fault("a number begins with zero");
        }
        let mut tree = digits
            .parse()
            .map_or(Tree::OtherNumber, |number| Tree::Whole(negative, number));
        if self.takes(b'.') {
            self.digits()?;
            tree = Tree::OtherNumber;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
            tree = Tree::OtherNumber;
        }
        Ok(tree)
    }

    fn string(&mut self) -> Result<String, Error> {
        if !self.takes(b'"') {
            return self.fault("expected a string");
        }
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            if self.takes(b'"') {
                return Ok(text);
            }
            if !self.takes(b'\\') {
                return self.fault("a string does not end, or holds a control character");
            }
            let escape = self.peek();
            self.at += 1;
            text.push(match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.escaped()?,
                _ => return self.fault("unknown escape"),
            });
        }
    }

    /// A character as one or two `\uXXXX`; the first `\u` is taken already.
    fn escaped(&mut self) -> Result<char, Error> {
        let mut code = self.unit()?;
        if (0xd800..0xdc00).contains(&code) && self.takes(b'\\') && self.takes(b'u') {
            let low = self.unit()?;
            if (0xdc00..0xe000).contains(&low) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            }
        }
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => self.fault("half a character"),
        }
    }

    fn unit(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()).to_digit(16) else {
                return self.fault("expected a hexadecimal digit");
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

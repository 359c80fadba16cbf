//! Finds addresses in a text.
//!
//! Invariants: the pieces joined are the text, byte for byte; a link leads to `http`, `https` or
//! `mailto` and to what it shows, nothing else. When in doubt it is text: an address with a part
//! before `@` in its host, or one that holds characters which turn the reading direction, could
//! show another place than it leads to.

use protocol::letters::is_word;

use super::row::Segment;

/// Splits a text into characters and addresses. Entered from outside of what comes with the whole
/// program.
#[inline(never)]
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = next_candidate(text, at) {
        match link_at(text, start, done) {
            Some((from, to, href)) => {
                if done < from {
                    pieces.push(Segment::Text(text[done..from].to_owned()));
                }
                pieces.push(Segment::Link {
                    text: text[from..to].to_owned(),
                    href,
                });
                done = to;
                at = to;
            }
            None => at = start + 1,
        }
    }
    if done < text.len() || pieces.is_empty() {
        pieces.push(Segment::Text(text[done..].to_owned()));
    }
    pieces
}

/// Whether there may be an address in a text: one look at it, for who does not have the search.
pub(crate) fn may_link(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [b'/' | b'@', _] | [b'w' | b'W', b'.']))
}

/// The next place where an address may begin: an `h` or `w`, or the `@` in one. All are ASCII,
/// so the place is never inside a character.
fn next_candidate(text: &str, from: usize) -> Option<usize> {
    text.as_bytes()
        .get(from..)?
        .iter()
        .position(|byte| matches!(byte, b'h' | b'H' | b'w' | b'W' | b'@'))
        .map(|at| from + at)
}

/// The address around a candidate: its range and where it leads. It begins at `done` or later.
fn link_at(text: &str, start: usize, done: usize) -> Option<(usize, usize, String)> {
    if text.as_bytes()[start] == b'@' {
        return mail_at(text, start, done);
    }
    if text[..start]
        .chars()
        .next_back()
        .is_some_and(|before| is_word(before) || matches!(before, '_' | '@' | '/' | '.'))
    {
        return None;
    }
    let rest = &text[start..];
    let (host_at, scheme) = if starts(rest, "https://") {
        (8, "")
    } else if starts(rest, "http://") {
        (7, "")
    } else if starts(rest, "www.") {
        (0, "https://")
    } else {
        return None;
    };
    let length = host_at + address_length(&rest[host_at..]);
    let host = rest[host_at..length]
        .split(['/', '?', '#'])
        .next()
        .unwrap_or("");
    if !is_host(host, host_at == 0) {
        return None;
    }
    let shown = &rest[..length];
    let mut href = String::with_capacity(scheme.len() + length);
    href.push_str(scheme);
    href.push_str(shown);
    Some((start, start + length, href))
}

/// Whether a text begins so, whatever the case.
fn starts(text: &str, with: &str) -> bool {
    text.as_bytes()
        .get(..with.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
}

/// How far an address goes: up to a character that cannot be in it, without the punctuation of
/// the sentence around it.
fn address_length(rest: &str) -> usize {
    let mut length = rest.find(ends_address).unwrap_or(rest.len());
    while let Some(last) = rest[..length].chars().next_back() {
        let is_sentence = matches!(
            last,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~'
        );
        let opening = match last {
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            _ => None,
        };
        let is_unbalanced = opening.is_some_and(|opening| {
            let count = |wanted| rest[..length].matches(wanted).count();
            count(opening) < count(last)
        });
        if !is_sentence && !is_unbalanced {
            break;
        }
        length -= last.len_utf8();
    }
    length
}

/// Space, control characters, quotation marks, what turns the reading direction, and the
/// punctuation of Chinese and Japanese, which is written without spaces.
fn ends_address(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '<' | '>' | '"' | '`' | '\\' | '^' | '|' | '«' | '»'
        )
        || matches!(
            u32::from(character),
            0x061c
                | 0x200b..=0x200f
                | 0x2018..=0x201f
                | 0x202a..=0x202e
                | 0x2060..=0x206f
                | 0x3000..=0x303f
                | 0xfe00..=0xfe0f
                | 0xfeff
                | 0xff00..=0xff0f
                | 0xff1a..=0xff20
                | 0xff3b..=0xff40
                | 0xff5b..=0xff65
        )
}

/// Two dots in a row. Without a search for strings, which nothing else here needs.
fn has_empty_label(host: &str) -> bool {
    host.as_bytes().windows(2).any(|pair| pair == b"..")
}

fn is_host(host: &str, needs_two_dots: bool) -> bool {
    let dots = host.split('.').count() - 1;
    !host.contains('@')
        && host
            .chars()
            .next()
            .is_some_and(|first| is_word(first) || first == '[')
        && !has_empty_label(host)
        && (!needs_two_dots || dots >= 2)
}

/// The mail address around an `@`; plain ASCII only, so that nothing in it needs escaping.
fn mail_at(text: &str, at: usize, done: usize) -> Option<(usize, usize, String)> {
    let bytes = text.as_bytes();
    let is_local =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
    let mut from = at;
    while from > done && is_local(bytes[from - 1]) {
        from -= 1;
    }
    while from < at && !bytes[from].is_ascii_alphanumeric() {
        from += 1;
    }
    let mut to = at + 1;
    while to < bytes.len()
        && (bytes[to].is_ascii_alphanumeric() || matches!(bytes[to], b'.' | b'-'))
    {
        to += 1;
    }
    while to > at + 1 && !bytes[to - 1].is_ascii_alphanumeric() {
        to -= 1;
    }
    let glued = |character: Option<char>| {
        character.is_some_and(|character| {
            is_word(character) && !is_cjk(character) || matches!(character, '@' | '/' | ':')
        })
    };
    let host = &text[at + 1..to];
    let ending = host.rfind('.').map_or(host, |dot| &host[dot + 1..]);
    let fits = from < at
        && host.contains('.')
        && !has_empty_label(host)
        && host.as_bytes()[0].is_ascii_alphanumeric()
        && ending.len() >= 2
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !glued(text[..from].chars().next_back())
        && !glued(
            text[to..]
                .chars()
                .next()
                .filter(|next| *next != ':' && *next != '/'),
        );
    if !fits {
        return None;
    }
    let mut href = String::from("mailto:");
    href.push_str(&text[from..to]);
    Some((from, to, href))
}

/// Scripts that are written without spaces between words.
fn is_cjk(character: char) -> bool {
    matches!(u32::from(character), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

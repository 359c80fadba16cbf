//! Names of files, made safe to show, to put into a header and to store under.
//!
//! A name comes from a stranger and ends on an agent's disk. Invariant: what comes out of here
//! is one name without a path, 1 to 255 bytes long, without control or direction marks, and no
//! system takes it for a device.

/// Longest name, in bytes: what common file systems take.
const LONGEST: usize = 255;
/// Longest ending that is kept when a name is cut, in bytes.
const LONGEST_ENDING: usize = 32;
/// What a file without a name is called.
const NAMELESS: &str = "file";

/// The name as it is kept.
pub fn clean(name: &str) -> String {
    // The last part of a path of either kind of system; trailing separators name nothing.
    let name = name.trim_end_matches(['/', '\\']);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = name.chars().filter_map(kept).collect();
    // Windows drops dots and spaces at the end, and other systems hide names that begin with a
    // dot; either way a file would not be what it seems.
    let name = kept
        .trim_matches(char::is_whitespace)
        .trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let name = name.trim_start_matches(|sign: char| sign == '.' || sign.is_whitespace());
    if name.is_empty() {
        return NAMELESS.to_owned();
    }
    cut(&unreserved(name))
}

/// The ending of a name in small letters, without its dot.
pub fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_lowercase())
}

/// What becomes of one character: some go, some are replaced.
fn kept(sign: char) -> Option<char> {
    match sign {
        // Marks that turn or hide what is read: an `exe` must not look like a `gpj`.
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{180e}' => None,
        _ if sign.is_control() => None,
        // Not allowed in names on Windows; a colon would name a hidden stream there.
        ':' | '*' | '?' | '"' | '<' | '>' | '|' => Some('_'),
        _ => Some(sign),
    }
}

/// Windows takes these words for devices, whatever follows the first dot.
fn unreserved(name: &str) -> String {
    const WORDS: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let word = stem.to_uppercase();
    let is_numbered = |word: &str| {
        let number = word.strip_prefix("COM").or(word.strip_prefix("LPT"));
        number.is_some_and(|number| {
            matches!(number, "¹" | "²" | "³")
                || number.len() == 1 && number.as_bytes()[0].is_ascii_digit()
        })
    };
    if WORDS.contains(&word.as_str()) || is_numbered(&word) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Cuts between characters, and keeps the ending: it says what a file is.
fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = match name.rfind('.') {
        Some(at) if name.len() - at <= LONGEST_ENDING => &name[at..],
        _ => "",
    };
    let mut end = LONGEST - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let stem = &name[..end];
    match ending {
        "" => stem.trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace()),
        _ => stem,
    }
    .to_owned()
        + ending
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_and_tricks_leave_a_plain_name() {
        for (given, kept) in [
            ("photo.jpg", "photo.jpg"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe"),
            ("/absolute/teapot.png", "teapot.png"),
            ("folder/", "folder"),
            ("..", "file"),
            ("../", "file"),
            (".", "file"),
            ("", "file"),
            (" \t ", "file"),
            ("\u{0}", "file"),
            ("a\u{0}b.png", "ab.png"),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie_ x.png"),
            ("invoice\u{202e}gpj.exe", "invoicegpj.exe"),
            ("\u{2066}a\u{2069}\u{200f}.txt", "a.txt"),
            ("zero\u{200b}width\u{feff}.txt", "zerowidth.txt"),
            ("CON.txt", "_CON.txt"),
            ("con", "_con"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("com1.png", "_com1.png"),
            ("LPT²", "_LPT²"),
            ("console.txt", "console.txt"),
            ("com10.txt", "com10.txt"),
            (".bashrc", "bashrc"),
            ("report.pdf. . ", "report.pdf"),
            ("a:b.txt", "a_b.txt"),
            ("say \"hi\".txt", "say _hi_.txt"),
            ("مرحبا.pdf", "مرحبا.pdf"),
            ("报告 1.docx", "报告 1.docx"),
        ] {
            assert_eq!(clean(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = clean(&format!("{}.tar.gz", "a".repeat(4096)));
        assert_eq!(name.len(), LONGEST);
        assert!(name.ends_with("a.gz"), "{name}");
        let wide = clean(&format!("{}.png", "漢".repeat(2000)));
        assert!(wide.len() <= LONGEST && wide.ends_with("漢.png"), "{wide}");
        assert_eq!(clean(&"x".repeat(4096)).len(), LONGEST);
        let no_ending = clean(&format!("a.{}", "x".repeat(4096)));
        assert_eq!(no_ending.len(), LONGEST);
    }

    #[test]
    fn endings_are_read_in_small_letters() {
        assert_eq!(ending("a.PNG").as_deref(), Some("png"));
        assert_eq!(ending("a.b.gz").as_deref(), Some("gz"));
        assert_eq!(ending("file"), None);
        assert_eq!(ending("a."), None);
    }

    proptest! {
        #[test]
        fn every_name_is_safe_and_cleaning_twice_changes_nothing(name in any::<String>()) {
            let kept = clean(&name);
            prop_assert!(!kept.is_empty() && kept.len() <= LONGEST);
            prop_assert!(!kept.contains(['/', '\\', '\0', '\n', '\r', '"']));
            prop_assert!(!kept.starts_with('.') && !kept.ends_with(['.', ' ']));
            prop_assert_eq!(clean(&kept), kept);
        }
    }
}

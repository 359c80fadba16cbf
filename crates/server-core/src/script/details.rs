//! E-mail addresses and telephone numbers: whether a text is one, and in which form it is kept.
//!
//! Pragmatic on purpose: refused is what no mail server or exchange could reach, not what a
//! grammar calls unusual.

/// Longest address, longest part before the `@`, longest domain (RFC 5321, section 4.5.3.1).
const ADDRESS_BYTES: usize = 254;
const LOCAL_BYTES: usize = 64;
const LABEL_BYTES: usize = 63;

/// The address in the text, its domain in small letters; nothing when it is none.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let fits = local.len() <= LOCAL_BYTES && local.len() + domain.len() < ADDRESS_BYTES;
    let named = !local.is_empty() && local.split('.').all(|part| !part.is_empty());
    let plain = local.chars().all(|character| {
        !character.is_whitespace()
            && !is_invisible(character)
            && !"\"(),:;<>@[\\]".contains(character)
    });
    (fits && named && plain && is_domain(&domain)).then(|| format!("{local}@{domain}"))
}

/// Whether mail could go there: two labels or more, the last one no number.
fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let last_is_number = labels
        .last()
        .is_some_and(|label| label.chars().all(|character| character.is_ascii_digit()));
    labels.len() > 1
        && !last_is_number
        && labels.iter().all(|label| {
            (1..=LABEL_BYTES).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|character| {
                    character == '-' || character.is_alphanumeric() || is_mark(character)
                })
        })
}

/// Signs that some scripts put on or between letters and that are no letters themselves.
fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{1fff}').contains(&character) && !character.is_whitespace()
}

/// Characters nobody sees, some of which turn the direction of what follows.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The number in the text as digits, with `+` in front when the country is told; nothing when it
/// is none. Six to fifteen digits (E.164) in any of the catalogues' scripts, with the usual signs between.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let mut digits = String::new();
    let mut international = false;
    for character in text.chars() {
        match character {
            '+' | '\u{ff0b}' if digits.is_empty() && !international => international = true,
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '.'
            | '/' | '(' | ')' => {}
            other => digits.push(digit(other)?),
        }
    }
    if let (false, Some(rest)) = (international, digits.strip_prefix("00")) {
        digits = rest.to_owned();
        international = true;
    }
    let sign = if international { "+" } else { "" };
    (6..=15)
        .contains(&digits.len())
        .then(|| format!("{sign}{digits}"))
}

/// A decimal digit as ASCII: European, Arabic, Persian, or full width.
fn digit(character: char) -> Option<char> {
    let zero = [0x30, 0x660, 0x6f0, 0xff10]
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&u32::from(character)))?;
    char::from_digit(u32::from(character) - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_can_reach() {
        for (text, kept) in [
            ("  ana@Example.com\n", "ana@example.com"),
            ("Ana.B+shop@mail.example.co", "Ana.B+shop@mail.example.co"),
            ("o'neil/1=2@example.museum", "o'neil/1=2@example.museum"),
            ("用户@例子.中国", "用户@例子.中国"),
            ("a@bücher.example", "a@bücher.example"),
            ("a@नमूना.भारत", "a@नमूना.भारत"),
        ] {
            assert_eq!(email(text).as_deref(), Some(kept), "{text}");
        }
    }

    #[test]
    fn addresses_that_it_cannot() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_domain = format!("a@{}com", "abcdefghi.".repeat(26));
        for text in [
            "",
            "@",
            "a@",
            "@example.com",
            "a@localhost",
            "a b@example.com",
            "a@b@example.com",
            "a@example..com",
            "a@.example.com",
            "a@-example.com",
            "a@example-.com",
            ".a@example.com",
            "a.@example.com",
            "a..b@example.com",
            "a@10.0.0.1",
            "a@example.com.",
            "a@exam ple.com",
            "<a@example.com>",
            "a@exa_mple.com",
            "a\u{202e}b@example.com",
            "a@exa\u{200b}mple.com",
            "my mail is a@example.com",
            "a@example.com, b@example.com",
            &long_local,
            &long_domain,
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_with_the_usual_signs() {
        for (text, kept) in [
            ("+44 20 7946 0958", "+442079460958"),
            ("0049 (30) 901820", "+4930901820"),
            (" 555-0123 ", "5550123"),
            ("(02) 1234.5678/9", "02123456789"),
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("＋８６ １０ ６５５２ ９９８８", "+861065529988"),
        ] {
            assert_eq!(phone(text).as_deref(), Some(kept), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "+",
            "12345",
            "1234567890123456",
            "call me",
            "555-0123 ext 4",
            "++4912345678",
            "49+12345678",
            "12 34\n567",
            "(-) . /",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
    }
}

//! E-mail addresses and telephone numbers: whether a text is one, and in which form it is kept.
//!
//! Pragmatic on purpose: refused is what no mail server or exchange could reach, not what a
//! grammar calls unusual.

/// Longest address, longest part before the `@`, longest domain (RFC 5321, section 4.5.3.1).
const ADDRESS_BYTES: usize = 254;
const LOCAL_BYTES: usize = 64;
const LABEL_BYTES: usize = 63;

/// The address in the text, its domain in small letters; nothing when it is none. Addresses in
/// other scripts than Latin are taken (RFC 6531), quoted ones are not.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let fits = local.len() <= LOCAL_BYTES && local.len() + domain.len() < ADDRESS_BYTES;
    (fits && is_local(local) && is_domain(&domain)).then(|| format!("{local}@{domain}"))
}

fn is_local(local: &str) -> bool {
    let known =
        |character: char| "!#$%&'*+-/=?^_`{|}~.".contains(character) || is_letter(character);
    local.chars().all(known) && local.split('.').all(|part| !part.is_empty())
}

/// Whether mail could go there: two labels or more, the last one of several signs and no number.
fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let is_name = last.chars().count() > 1 && !last.bytes().all(|byte| byte.is_ascii_digit());
    labels.len() > 1
        && is_name
        && labels.iter().all(|label| {
            (1..=LABEL_BYTES).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|character| character == '-' || is_letter(character))
        })
}

/// Letters, digits, and the signs that some scripts put on or between them, which are no letters
/// to `char`. Nothing that nobody sees, and nothing that turns the direction of what follows.
fn is_letter(character: char) -> bool {
    let is_mark = ('\u{300}'..='\u{1fff}').contains(&character) && !character.is_whitespace();
    character.is_alphanumeric() || is_mark
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As it was typed, without blanks around it and with digits and signs in ASCII.
    pub written: String,
    /// Its digits alone, with `+` in front when the country is told.
    pub dialled: String,
}

/// The number in the text; nothing when it is none. Six to fifteen digits (E.164) in any of the
/// catalogues' scripts, a plus only in front, and between them only what people put there.
pub fn phone(text: &str) -> Option<PhoneNumber> {
    let (mut written, mut digits) = (String::new(), String::new());
    let mut international = false;
    for character in text.trim().chars().map(in_ascii) {
        match character {
            '+' if digits.is_empty() && !international => international = true,
            ' ' | '-' | '.' | '/' | '(' | ')' => {}
            '0'..='9' => digits.push(character),
            _ => return None,
        }
        written.push(character);
    }
    if let (false, Some(rest)) = (international, digits.strip_prefix("00")) {
        digits = rest.to_owned();
        international = true;
    }
    let sign = if international { "+" } else { "" };
    (6..=15).contains(&digits.len()).then(|| PhoneNumber {
        written,
        dialled: format!("{sign}{digits}"),
    })
}

/// Digits and signs of Arabic, Persian, Indian and East Asian keyboards as ASCII ones.
fn in_ascii(character: char) -> char {
    match character {
        '\u{ff0b}' => '+',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        other => digit(other).unwrap_or(other),
    }
}

/// A decimal digit as ASCII: Arabic, Persian, Devanagari, or full width.
fn digit(character: char) -> Option<char> {
    let zero = [0x660, 0x6f0, 0x966, 0xff10]
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
            let number = phone(text).map(|number| number.dialled);
            assert_eq!(number.as_deref(), Some(kept), "{text}");
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

    #[test]
    fn addresses_that_work_are_taken() {
        for address in [
            "ana@example.com",
            "a.b+c@mail.example.co.uk",
            "o'neil@example.ie",
            "用户@例子.中国",
            "user@xn--fsqu00a.xn--0zwm56d",
            "1@2.example",
        ] {
            assert_eq!(email(address).as_deref(), Some(address), "{address}");
        }
        assert_eq!(
            email(" Ana@EXAMPLE.com ").as_deref(),
            Some("Ana@example.com")
        );
    }

    #[test]
    fn slips_in_addresses_are_found() {
        for slip in [
            "",
            "ana",
            "ana@",
            "@example.com",
            "ana@example",
            "ana@example.c",
            "ana@@example.com",
            "ana@exa mple.com",
            "ana @example.com",
            "ana@example..com",
            ".ana@example.com",
            "ana.@example.com",
            "a..b@example.com",
            "ana@-example.com",
            "ana@example.com.",
            "ana@example.com,ben@example.com",
            "ana@127.0.0.1",
            "Ana <ana@example.com>",
            "ana@example.com\nbcc: x@y.z",
            &format!("{}@example.com", "x".repeat(65)),
            &format!("a@{}.com", "x".repeat(64)),
            &format!("a@{}com", "x23456789.".repeat(30)),
        ] {
            assert_eq!(email(slip), None, "{slip:?}");
        }
    }

    fn written(text: &str) -> Option<String> {
        phone(text).map(|number| number.written)
    }

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for number in [
            "+34 600 123 456",
            "(020) 7946-0018",
            "0171/1234567",
            "600.123.456",
        ] {
            assert_eq!(written(number).as_deref(), Some(number), "{number}");
        }
        assert_eq!(written("＋８６　１３８００").as_deref(), Some("+86 13800"));
        assert_eq!(written("۰۹۱۲۳۴۵").as_deref(), Some("0912345"));
        assert_eq!(written("०२२ २५५५ ०१").as_deref(), Some("022 2555 01"));
    }

    #[test]
    fn what_cannot_be_dialled_is_no_number() {
        for text in [
            "",
            "1234",
            "12345",
            "1234567890123456",
            "12+3456",
            "++123456",
            "call me",
            "123456 ext 7",
            "+",
            "123456\n789",
        ] {
            assert_eq!(phone(text), None, "{text:?}");
        }
    }
}

//! E-mail addresses and telephone numbers, as people type them.
//!
//! The checks find slips, not lies: whether an address exists, only a mail to it can tell. They
//! refuse nothing that works.

/// Longest address that can be sent to (RFC 5321, with its erratum 1690).
const LONGEST_EMAIL: usize = 254;

/// The address without blanks around it and with its domain in lower case; nothing when it cannot
/// be one. Addresses in other scripts than Latin are taken (RFC 6531), quoted ones and such
/// without a domain name are not.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (mailbox, domain) = text.rsplit_once('@')?;
    let fits = text.len() <= LONGEST_EMAIL && mailbox.len() <= 64;
    (fits && is_mailbox(mailbox) && is_domain(domain))
        .then(|| format!("{mailbox}@{}", domain.to_lowercase()))
}

fn is_mailbox(text: &str) -> bool {
    let known = |letter: char| {
        letter.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~.".contains(letter)
            || (!letter.is_ascii() && letter.is_alphanumeric())
    };
    text.chars().all(known) && text.split('.').all(|part| !part.is_empty())
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| {
                letter == '-' || letter.is_ascii_alphanumeric() || is_letter_abroad(letter)
            })
    };
    let top_is_name = || {
        let top = text.rsplit('.').next().unwrap_or_default();
        top.chars().count() > 1 && !top.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.contains('.') && text.split('.').all(is_label) && top_is_name()
}

/// Letters and marks of other scripts; Indic vowel signs are no letters to `char`.
fn is_letter_abroad(letter: char) -> bool {
    !letter.is_ascii() && !letter.is_whitespace() && !letter.is_control()
}

/// The number as it was typed, without blanks around it and with its digits in ASCII; nothing
/// when it cannot be one: 5 to 15 digits (E.164), a plus only in front, and between them only
/// what people put between digits.
pub fn phone(text: &str) -> Option<String> {
    let mut number = String::new();
    let mut digits = 0;
    for letter in text.trim().chars() {
        let letter = ascii(letter);
        match letter {
            '0'..='9' => digits += 1,
            '+' if digits == 0 && !number.contains('+') => {}
            ' ' | '-' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
        number.push(letter);
    }
    (5..=15).contains(&digits).then_some(number)
}

/// Digits and signs of Arabic, Persian and East Asian keyboards as ASCII ones.
fn ascii(letter: char) -> char {
    let digit = |zero: u32| char::from_digit(u32::from(letter) - zero, 10).unwrap_or(letter);
    match letter {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{966}'..='\u{96f}' => digit(0x966),
        '\u{ff10}'..='\u{ff19}' => digit(0xff10),
        '\u{ff0b}' => '+',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        other => other,
    }
}

//! Which characters words are made of, near enough.
//!
//! The tables that know it of every character are two kilobytes in each visitor's download. What
//! is decided by it is whether an address begins in the middle of a word, and what looks like a
//! telephone number, and the server checks the latter again. It stands here because the core and
//! the kit both need it, and neither may know the other.

/// Whether a character is a letter or a digit. Punctuation, symbols and emoji are none; what is
/// not listed here counts as one.
pub fn is_word(character: char) -> bool {
    match u32::from(character) {
        0..0x80 => character.is_ascii_alphanumeric(),
        0x80..=0xbf => matches!(character, 'ª' | 'µ' | 'º'),
        0xd7
        | 0xf7
        | 0x2000..=0x2bff
        | 0x2e00..=0x2e7f
        | 0x3000..=0x3004
        | 0x3008..=0x3020
        | 0xd800..=0xf8ff
        | 0xfe00..=0xfe6f
        | 0xff00..=0xff0f
        | 0xff1a..=0xff20
        | 0xff3b..=0xff40
        | 0xff5b..=0xff65
        | 0xfff0..=0xffff
        | 0x1f000..=0x1faff
        | 0xe0000.. => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn letters_and_digits_of_all_scripts_make_words() {
        for character in "aZ0éßñЖעب٣中あ한ไ".chars() {
            assert!(
                character.is_alphanumeric() && is_word(character),
                "{character}"
            );
        }
    }

    #[test]
    fn punctuation_symbols_and_emoji_make_none() {
        for character in " \n.,-_@/(«»“”…—×÷€→★。，（「😀🇪\u{200d}\u{fe0f}".chars()
        {
            assert!(
                !character.is_alphanumeric() && !is_word(character),
                "{character}"
            );
        }
    }
}

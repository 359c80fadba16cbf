//! Whole numbers as text, without the machinery that formats everything: it would be the only
//! reason for it in the widget.

/// The decimal digits of a number.
pub fn digits(number: u64) -> String {
    let mut reversed = [0_u8; 20];
    let (mut rest, mut length) = (number, 0);
    loop {
        reversed[length] = b'0' + (rest % 10) as u8;
        length += 1;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut text = String::with_capacity(length);
    for digit in reversed[..length].iter().rev() {
        text.push(char::from(*digit));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn digits_are_those_of_the_standard_library() {
        for number in [0, 1, 9, 10, 99, 1_000, 4_294_967_296, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }
}

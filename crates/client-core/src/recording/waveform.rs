//! How loud a recording is from beginning to end, as the few bars that travel with it.

/// Bars of every recording made here; the protocol has room for more.
const BARS: usize = 64;
/// Below this the loudest is silence, and is not drawn as if it were speech.
const SILENCE: u32 = 12;

/// One digit a bar, the loudest `9`.
pub(super) fn of(levels: &[u8]) -> String {
    let mut bars = String::new();
    if levels.is_empty() {
        return bars;
    }
    let loudest = levels
        .iter()
        .fold(SILENCE, |most, it| most.max((*it).into()));
    for bar in 0..BARS {
        let from = bar * levels.len() / BARS;
        let to = ((bar + 1) * levels.len() / BARS).max(from + 1);
        let level = levels[from..to]
            .iter()
            .fold(0, |most, it| most.max(u32::from(*it)));
        let digit = (level * 9 + loudest / 2) / loudest;
        bars.push(char::from(b'0' + digit as u8));
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recording_has_as_many_bars_and_the_loudest_is_full() {
        for length in [1, 5, 63, 64, 65, 3000] {
            let levels: Vec<u8> = (0..length).map(|at| (at % 200) as u8).collect();
            let bars = of(&levels);
            assert_eq!(bars.len(), BARS, "{length}");
            assert!(bars.bytes().all(|bar| bar.is_ascii_digit()));
            assert_eq!(bars.contains('9'), length > 12, "{length}");
        }
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn silence_stays_flat() {
        assert_eq!(of(&[0; 100]), "0".repeat(BARS));
        assert!(of(&[3; 100]).bytes().all(|bar| bar < b'5'));
    }

    #[test]
    fn loud_and_quiet_are_told_apart_in_their_order() {
        let mut levels = vec![200; 320];
        levels.extend([20; 320]);
        let bars = of(&levels);
        assert_eq!(bars, format!("{}{}", "9".repeat(32), "1".repeat(32)));
    }
}

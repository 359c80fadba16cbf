//! A waveform as bars, of which those already heard are filled.

use crate::characters::digits;
use crate::dom::El;

/// Room of one bar in the drawing, of which it takes two.
const STEP: usize = 3;
/// Height of the drawing.
const HIGH: u32 = 24;
/// Bars of a recording that has not told its waveform.
const UNTOLD: &str = "00000000000000000000000000000000";

pub(super) struct Wave {
    pub(super) drawing: El,
    bars: Vec<u8>,
    heard: El,
    rest: El,
}

impl Wave {
    pub(super) fn new(waveform: &str) -> Self {
        let told = if waveform.is_empty() {
            UNTOLD
        } else {
            waveform
        };
        let bars: Vec<u8> = told
            .bytes()
            .map(|bar| bar.wrapping_sub(b'0').min(9))
            .collect();
        let (heard, rest) = (
            El::new("path|class=voice-heard"),
            El::new("path|class=voice-rest"),
        );
        let drawing = El::new("svg|class=voice-wave|aria-hidden=true|preserveAspectRatio=none")
            .child(&heard)
            .child(&rest);
        let mut room = String::from("0 0 ");
        room.push_str(&digits((bars.len() * STEP) as u64));
        room.push(' ');
        room.push_str(&digits(HIGH.into()));
        drawing.set("viewBox", Some(&room));
        let wave = Self {
            drawing,
            bars,
            heard,
            rest,
        };
        wave.fill(0, 1);
        wave
    }

    /// Fills what was heard.
    pub(super) fn fill(&self, at_ms: u32, all_ms: u32) {
        let (at, all) = (at_ms as usize, all_ms.max(1) as usize);
        let heard = (at * self.bars.len()).div_ceil(all).min(self.bars.len());
        self.heard.set("d", Some(&path(&self.bars, 0, heard)));
        self.rest
            .set("d", Some(&path(&self.bars, heard, self.bars.len())));
    }
}

/// Upright strokes around the middle, as long as each is loud.
fn path(bars: &[u8], from: usize, to: usize) -> String {
    let mut path = String::new();
    for (at, bar) in bars.iter().enumerate().take(to).skip(from) {
        let high = 2 + u32::from(*bar) * (HIGH - 4) / 9;
        path.push('M');
        path.push_str(&digits((at * STEP + 1) as u64));
        path.push(' ');
        path.push_str(&digits(((HIGH - high) / 2).into()));
        path.push('v');
        path.push_str(&digits(high.into()));
    }
    path
}

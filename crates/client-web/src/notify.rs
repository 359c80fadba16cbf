//! Making the person aware: a count in the page's title, and a short sound.
//!
//! The title belongs to the page; only an app that owns its page may use [`TitleCount`]. The
//! sound is made on the spot, so that no file is fetched for it, and only after the person has
//! done something on the page, because browsers keep it silent before.

use std::cell::RefCell;

use web_sys::{AudioContext, AudioContextState};

/// The page's title with a number of unread messages in front.
pub struct TitleCount {
    /// The title without a number.
    plain: RefCell<String>,
}

impl TitleCount {
    /// Takes the title as it is now for the plain one.
    pub fn new() -> Self {
        let plain = document().map(|page| page.title()).unwrap_or_default();
        Self {
            plain: RefCell::new(plain),
        }
    }

    /// Shows another title under the same count.
    pub fn rename(&self, plain: &str, count: u32) {
        plain.clone_into(&mut self.plain.borrow_mut());
        self.show(count);
    }

    /// Shows a count; none for zero.
    pub fn show(&self, count: u32) {
        let plain = self.plain.borrow();
        let title = match count {
            0 => plain.clone(),
            _ => format!("({count}) {plain}"),
        };
        if let Some(page) = document() {
            page.set_title(&title);
        }
    }
}

impl Default for TitleCount {
    fn default() -> Self {
        Self::new()
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Two notes, the second higher: a message.
const MESSAGE: [f32; 2] = [660.0, 880.0];
/// Up and down again, so that it is not taken for a message: somebody wants an answer.
#[cfg(feature = "agent")]
const RING: [f32; 4] = [660.0, 990.0, 660.0, 990.0];

/// A short, soft sound.
#[derive(Default)]
pub struct Chime {
    context: RefCell<Option<AudioContext>>,
}

impl Chime {
    /// Gets ready to sound; call it when the person does something.
    pub fn arm(&self) {
        let mut context = self.context.borrow_mut();
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        if let Some(context) = context.as_ref() {
            let _ = context.resume();
        }
    }

    /// Sounds; silent when it was never armed.
    pub fn play(&self) {
        self.sound(&MESSAGE);
    }

    /// Sounds for longer, as a telephone would; silent when it was never armed.
    #[cfg(feature = "agent")]
    pub fn ring(&self) {
        self.sound(&RING);
    }

    fn sound(&self, pitches: &[f32]) {
        if let Some(context) = self.context.borrow().as_ref()
            && context.state() == AudioContextState::Running
        {
            // A browser that lacks a part of this stays silent; nothing depends on the sound.
            let _ = sound(context, pitches);
        }
    }
}

/// One note after the other, each fading out.
fn sound(context: &AudioContext, pitches: &[f32]) -> Result<(), wasm_bindgen::JsValue> {
    for (note, pitch) in pitches.iter().copied().enumerate() {
        let start = context.current_time() + note as f64 * 0.12;
        let loudness = context.create_gain()?;
        let volume = loudness.gain();
        volume.set_value_at_time(0.12, start)?;
        volume.exponential_ramp_to_value_at_time(0.001, start + 0.3)?;
        let tone = context.create_oscillator()?;
        tone.frequency().set_value(pitch);
        tone.connect_with_audio_node(&loudness)?;
        loudness.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(start)?;
        tone.stop_with_when(start + 0.3)?;
    }
    Ok(())
}

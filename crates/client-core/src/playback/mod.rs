//! Listening to voice notes: which one plays, how far it is, and how fast.
//!
//! It stands beside the core as `recording` does. Invariants: a page has one player, so that one
//! voice note sounds at a time; how long a note is was told with it, because recorded files often
//! do not say; where one stopped listening to a note is remembered for as long as the page lives.

#[cfg(test)]
mod tests;

/// A voice note that can be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Its name on this page.
    pub key: String,
    /// Where its bytes are by now.
    pub url: String,
    /// How long it is.
    pub duration_ms: u32,
}

/// What may happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The person wants it to play, or to stop if it does.
    Toggled(Sound),
    /// The person wants to hear it from here.
    Sought(Sound, u32),
    /// The person wants the next speed.
    SpeedWanted,
    /// Addresses were renewed.
    Renewed(Sound),
    /// It is so far.
    Moved(u32),
    /// It is over.
    Ended,
    /// The browser has stopped it, or another program.
    Halted,
    /// Its bytes could not be had or played.
    Failed,
    /// A note is not to be heard any more; without a name, whichever plays.
    Left(Option<String>),
}

/// What the player is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Take this up, from here, at this speed in tenths, and play it.
    Play {
        /// Where its bytes are.
        url: String,
        /// From here.
        at_ms: u32,
        /// So fast.
        speed: u32,
    },
    /// Go on.
    Resume,
    /// Stop, and stay where it is.
    Pause,
    /// Go there.
    Seek(u32),
    /// So fast from now on.
    Speed(u32),
}

/// Speeds in tenths.
const SPEEDS: [u32; 3] = [10, 15, 20];

/// What a screen shows of one voice note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaybackView {
    /// Whether it sounds.
    pub is_playing: bool,
    /// How far it is.
    pub at_ms: u32,
    /// How fast, in tenths.
    pub speed: u32,
    /// Whether it could not be played.
    pub has_failed: bool,
}

#[derive(Debug)]
struct Current {
    sound: Sound,
    /// The address it was taken up from.
    loaded: String,
    is_playing: bool,
    has_failed: bool,
}

/// The page's player.
#[derive(Debug, Default)]
pub struct Playback {
    current: Option<Current>,
    /// How far notes are, where that is not the beginning.
    places: Vec<(String, u32)>,
    /// Which speed.
    speed: usize,
}

impl Playback {
    /// Takes in what happened, and says what to do.
    pub fn handle(&mut self, happened: Happened) -> Option<Ask> {
        match happened {
            Happened::Toggled(sound) => Some(self.toggle(sound)),
            Happened::Sought(sound, to) => {
                let to = to.min(sound.duration_ms);
                self.set_place(&sound.key, to);
                let current = self.current.as_ref()?;
                let is_loaded = current.sound.key == sound.key && !current.has_failed;
                is_loaded.then_some(Ask::Seek(to))
            }
            Happened::SpeedWanted => {
                self.speed = (self.speed + 1) % SPEEDS.len();
                self.current.as_ref()?;
                Some(Ask::Speed(SPEEDS[self.speed]))
            }
            Happened::Renewed(sound) => {
                let current = self.current.as_mut()?;
                if current.sound.key == sound.key {
                    current.sound = sound;
                }
                None
            }
            Happened::Moved(to) => {
                let current = self.current.as_ref().filter(|it| it.is_playing)?;
                let (key, to) = (current.sound.key.clone(), to.min(current.sound.duration_ms));
                self.set_place(&key, to);
                None
            }
            Happened::Ended => {
                let current = self.current.as_mut()?;
                current.is_playing = false;
                let key = current.sound.key.clone();
                self.set_place(&key, 0);
                None
            }
            Happened::Halted => {
                self.current.as_mut()?.is_playing = false;
                None
            }
            Happened::Failed => self.failed(),
            Happened::Left(key) => {
                let current = self.current.as_mut()?;
                if key.is_some_and(|key| key != current.sound.key) || !current.is_playing {
                    return None;
                }
                current.is_playing = false;
                Some(Ask::Pause)
            }
        }
    }

    /// What is shown of a voice note.
    pub fn view(&self, key: &str) -> PlaybackView {
        let current = self.current.as_ref().filter(|it| it.sound.key == key);
        PlaybackView {
            is_playing: current.is_some_and(|it| it.is_playing),
            at_ms: self.place(key),
            speed: SPEEDS[self.speed],
            has_failed: current.is_some_and(|it| it.has_failed),
        }
    }

    fn toggle(&mut self, sound: Sound) -> Ask {
        if let Some(current) = &mut self.current
            && current.sound.key == sound.key
            && !current.has_failed
        {
            current.is_playing = !current.is_playing;
            if !current.is_playing {
                return Ask::Pause;
            }
            let at = self.place(&sound.key);
            if at > 0 && at < sound.duration_ms {
                return Ask::Resume;
            }
        }
        self.play(sound)
    }

    fn play(&mut self, sound: Sound) -> Ask {
        let mut at_ms = self.place(&sound.key);
        if at_ms >= sound.duration_ms {
            at_ms = 0;
        }
        self.set_place(&sound.key, at_ms);
        let url = sound.url.clone();
        self.current = Some(Current {
            loaded: url.clone(),
            sound,
            is_playing: true,
            has_failed: false,
        });
        Ask::Play {
            url,
            at_ms,
            speed: SPEEDS[self.speed],
        }
    }

    /// An address that has run out has been renewed by now, if anybody is there to renew it.
    fn failed(&mut self) -> Option<Ask> {
        let current = self.current.as_mut()?;
        if current.is_playing && current.loaded != current.sound.url {
            let sound = current.sound.clone();
            return Some(self.play(sound));
        }
        current.has_failed = current.is_playing;
        current.is_playing = false;
        None
    }

    fn place(&self, key: &str) -> u32 {
        let found = self.places.iter().find(|(known, _)| known == key);
        found.map_or(0, |(_, at)| *at)
    }

    fn set_place(&mut self, key: &str, to: u32) {
        self.places.retain(|(known, _)| known != key);
        if to > 0 {
            self.places.push((key.to_owned(), to));
        }
    }
}

/// Where a key on the slider leads; nothing when it is none of the slider's.
pub fn stepped(key: &str, at_ms: u32, duration_ms: u32) -> Option<u32> {
    let small = (duration_ms / 20).clamp(1_000, 5_000);
    let to = match key {
        "ArrowRight" | "ArrowUp" => at_ms.saturating_add(small),
        "ArrowLeft" | "ArrowDown" => at_ms.saturating_sub(small),
        "PageUp" => at_ms.saturating_add(3 * small),
        "PageDown" => at_ms.saturating_sub(3 * small),
        "Home" => 0,
        "End" => duration_ms,
        _ => return None,
    };
    Some(to.min(duration_ms))
}

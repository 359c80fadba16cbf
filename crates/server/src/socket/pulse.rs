//! A socket's heartbeat: when the server says something, and when silence is too long.

use std::time::Duration;

use tokio::time::Instant;

/// When to beat, and when to stop waiting.
pub(super) struct Pulse {
    every: Duration,
    silence: Duration,
    next_beat: Instant,
    last_heard: Instant,
}

impl Pulse {
    pub(super) fn new(every: Duration, silence: Duration) -> Self {
        let now = Instant::now();
        Self {
            every,
            silence,
            next_beat: now + every,
            last_heard: now,
        }
    }

    pub(super) fn heard(&mut self) {
        self.last_heard = Instant::now();
    }

    pub(super) fn beaten(&mut self) {
        self.next_beat = Instant::now() + self.every;
    }

    pub(super) fn next(&self) -> Instant {
        self.next_beat.min(self.last_heard + self.silence)
    }

    pub(super) fn is_dead(&self) -> bool {
        self.last_heard.elapsed() >= self.silence
    }
}

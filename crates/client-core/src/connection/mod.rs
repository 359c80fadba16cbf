//! The connection: a state machine over one socket.
//!
//! `Idle → Opening → Connecting → Online → Waiting → Opening …`, and `Refused` when another
//! attempt would fail the same way. Invariants: there is at most one socket; a phase with a
//! socket has `Timer::Silence` running, `Waiting` has `Timer::Reconnect` running.

pub(crate) mod backoff;
mod heartbeat;
pub(crate) mod queries;
pub(crate) mod resume;
#[cfg(test)]
mod tests;

use protocol::error::{AfterClose, ErrorCode, close};
use protocol::time::Timestamp;

use crate::effect::{Effect, Slice, Timer};
use crate::turn::Turn;
use heartbeat::{Heartbeat, Silence};

/// Time a socket may take to open, and the server to say `ready`.
const CONNECT_MS: u32 = 15_000;
/// Time after which a connection is trusted again.
const SETTLED_MS: u32 = 30_000;
/// What is granted on top of the server's heartbeat.
const GRACE_MS: u32 = 10_000;
/// Longest wait a server can ask for.
const LONGEST_WAIT_MS: u32 = 300_000;
/// The code for our own good-byes: the one that browsers let pages send.
const NORMAL: u16 = 1000;

/// Where the connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nobody asked for one.
    Idle,
    /// A socket is being opened.
    Opening,
    /// The socket is open, `connect` was sent.
    Connecting,
    /// The server said `ready`.
    Online,
    /// The next attempt comes at this time.
    Waiting { retry_at: Timestamp },
    /// Another attempt would fail the same way.
    Refused { code: ErrorCode },
}

/// The connection.
#[derive(Debug)]
pub(crate) struct Connection {
    phase: Phase,
    attempt: u32,
    retry_after_ms: Option<u32>,
    heartbeat: Heartbeat,
    /// The server said `ready` before.
    pub(crate) been_online: bool,
    /// The browser says there is no network.
    pub(crate) offline: bool,
}

impl Connection {
    pub(crate) fn new() -> Self {
        Self {
            phase: Phase::Idle,
            attempt: 0,
            retry_after_ms: None,
            heartbeat: Heartbeat::default(),
            been_online: false,
            offline: false,
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase
    }

    pub(crate) fn is_online(&self) -> bool {
        self.phase == Phase::Online
    }

    /// Whether a socket is open or opening.
    pub(crate) fn has_socket(&self) -> bool {
        matches!(
            self.phase,
            Phase::Opening | Phase::Connecting | Phase::Online
        )
    }

    fn enter(&mut self, phase: Phase, turn: &mut Turn) {
        self.phase = phase;
        turn.render(Slice::Banner);
    }

    /// Opens a socket unless there is one.
    ///
    /// Invariant: never two sockets. This is the only place that asks for one, it does so only
    /// in a phase without socket, and every way out of a phase with socket (`lost`,
    /// `drop_socket`, `refuse`, `reopen`) is taken after the socket is gone or told to go.
    pub(crate) fn open(&mut self, turn: &mut Turn) {
        if self.has_socket() {
            return;
        }
        turn.cancel_timer(Timer::Reconnect);
        self.retry_after_ms = None;
        self.enter(Phase::Opening, turn);
        turn.push(Effect::OpenSocket);
        self.heartbeat.watch(CONNECT_MS, turn);
    }

    /// Begins anew with what `connect` says now.
    pub(crate) fn reopen(&mut self, turn: &mut Turn) {
        self.close(turn);
        self.phase = Phase::Idle;
        self.open(turn);
    }

    /// Tells the socket to go, if there is one.
    fn close(&mut self, turn: &mut Turn) {
        if self.has_socket() {
            turn.push(Effect::CloseSocket { code: NORMAL });
            turn.cancel_timer(Timer::Silence);
            turn.cancel_timer(Timer::Settled);
        }
    }

    /// The socket is open; says whether `connect` is to be sent.
    pub(crate) fn socket_opened(&mut self, turn: &mut Turn) -> bool {
        if self.phase != Phase::Opening {
            return false;
        }
        self.enter(Phase::Connecting, turn);
        self.heartbeat.watch(CONNECT_MS, turn);
        true
    }

    /// The server said `ready`; says whether it was waited for.
    pub(crate) fn ready(&mut self, heartbeat_ms: u32, turn: &mut Turn) -> bool {
        if self.phase != Phase::Connecting {
            return false;
        }
        self.been_online = true;
        self.enter(Phase::Online, turn);
        turn.set_timer(Timer::Settled, SETTLED_MS);
        self.heartbeat
            .watch(heartbeat_ms.saturating_add(GRACE_MS), turn);
        true
    }

    /// Something came through the socket.
    pub(crate) fn heard(&mut self, now: Timestamp) {
        if self.has_socket() {
            self.heartbeat.heard(now);
        }
    }

    /// The server will close the socket and says when to come back.
    pub(crate) fn come_back_after(&mut self, retry_after_ms: u32) {
        self.retry_after_ms = Some(retry_after_ms.min(LONGEST_WAIT_MS));
    }

    /// The connection has been good for long enough.
    pub(crate) fn settled(&mut self) {
        if self.is_online() {
            self.attempt = 0;
        }
    }

    /// The socket is gone.
    pub(crate) fn lost(&mut self, code: u16, turn: &mut Turn) {
        if !self.has_socket() {
            return;
        }
        turn.cancel_timer(Timer::Silence);
        turn.cancel_timer(Timer::Settled);
        let after = close::after(code);
        if after == AfterClose::Stop {
            self.enter(Phase::Refused { code: reason(code) }, turn);
            return;
        }
        let at_once =
            after == AfterClose::Now && self.attempt == 0 && self.retry_after_ms.is_none();
        let delay =
            self.retry_after_ms.unwrap_or(0) + backoff::delay_ms(self.attempt, turn.random());
        self.attempt += 1;
        self.enter(
            Phase::Waiting {
                retry_at: turn.now.plus(i64::from(delay)),
            },
            turn,
        );
        if at_once {
            self.open(turn);
        } else {
            turn.set_timer(Timer::Reconnect, delay);
        }
    }

    /// Gives the socket up; it is as good as lost.
    pub(crate) fn drop_socket(&mut self, turn: &mut Turn) {
        if self.has_socket() {
            turn.push(Effect::CloseSocket { code: NORMAL });
            self.lost(NORMAL, turn);
        }
    }

    /// The server refuses this client: no further attempt until somebody changes something.
    pub(crate) fn refuse(&mut self, code: ErrorCode, turn: &mut Turn) {
        self.close(turn);
        turn.cancel_timer(Timer::Reconnect);
        self.enter(Phase::Refused { code }, turn);
    }

    /// `Timer::Silence` ran out; says whether a ping is due.
    pub(crate) fn silent(&mut self, turn: &mut Turn) -> bool {
        if !self.has_socket() {
            return false;
        }
        match self.heartbeat.fired(turn) {
            Silence::Broken => false,
            Silence::Doubtful if self.is_online() => self.heartbeat.probe(turn),
            Silence::Doubtful | Silence::Dead => {
                self.drop_socket(turn);
                false
            }
        }
    }

    /// `Timer::Reconnect` ran out.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if matches!(self.phase, Phase::Waiting { .. }) {
            self.open(turn);
        }
    }

    /// The page woke up or the network came back: no reason to wait on; says whether a ping is
    /// due.
    pub(crate) fn wake(&mut self, turn: &mut Turn) -> bool {
        self.retry(turn);
        self.doubt(turn)
    }

    /// The socket may be dead without anybody having noticed; says whether a ping is due.
    pub(crate) fn doubt(&mut self, turn: &mut Turn) -> bool {
        self.is_online() && self.heartbeat.probe(turn)
    }

    /// What the browser says about the network.
    pub(crate) fn set_offline(&mut self, offline: bool, turn: &mut Turn) {
        self.offline = offline;
        turn.render(Slice::Banner);
    }
}

/// The reason a close code of 4000–4099 stands for.
fn reason(code: u16) -> ErrorCode {
    match code {
        close::BAD_FRAME => ErrorCode::BadFrame,
        close::UNAUTHENTICATED => ErrorCode::Unauthenticated,
        close::FORBIDDEN => ErrorCode::Forbidden,
        close::VERSION_UNSUPPORTED => ErrorCode::VersionUnsupported,
        close::FRAME_TOO_BIG => ErrorCode::FrameTooBig,
        _ => ErrorCode::Unknown,
    }
}

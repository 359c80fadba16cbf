//! What an operator may set, with the reference server's values.

use protocol::limits::{ANSWER_KEPT_MS, HEARTBEAT_MS, Limits};

/// At most this many in any stretch of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: u32,
    /// In how many milliseconds.
    pub per_ms: i64,
}

/// Everything the use cases can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What clients are held to.
    pub limits: Limits,
    /// Time between two heartbeats of the server, in milliseconds.
    pub heartbeat_ms: u32,
    /// How often one visitor may post.
    pub visitor_posts: Vec<Rate>,
    /// How often one visitor may send other commands.
    pub visitor_commands: Vec<Rate>,
    /// How long a sign-in lasts after the agent's last activity, in milliseconds.
    pub sign_in_kept_ms: i64,
    /// How long answers are remembered, in milliseconds.
    pub answers_kept_ms: i64,
    /// How long entries of feeds are kept, in milliseconds.
    pub entries_kept_ms: i64,
    /// How offers are made.
    pub offers: OfferSettings,
    /// How running sessions go on by themselves.
    pub sessions: SessionSettings,
    /// How much may be uploaded.
    pub uploads: UploadSettings,
}

/// How running sessions go on by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSettings {
    /// A session in which nothing was said for this long ends, in milliseconds; none, where it may
    /// stay open for ever. What waits for an agent, or for help, is not silent: we are.
    pub end_after_ms: Option<i64>,
    /// Whether a session in progress waits for the customer after an agent's answer (mission P5).
    pub await_customer: bool,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            end_after_ms: Some(DAY),
            await_customer: false,
        }
    }
}

/// How much may be uploaded, and how long it waits to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadSettings {
    /// For one conversation, in bytes, as long as it is kept.
    pub conversation_bytes: u64,
    /// By one visitor within a day, in bytes.
    pub visitor_bytes_a_day: u64,
    /// By one agent within a day, in bytes.
    pub agent_bytes_a_day: u64,
    /// What was announced but posted by nobody is deleted after this long, in milliseconds.
    /// Longer than an unsent message waits on a device.
    pub unposted_kept_ms: i64,
    /// Bytes that belong to no attachment are deleted after this long, in milliseconds. Longer
    /// than any upload takes.
    pub loose_kept_ms: i64,
}

const MIB: u64 = 1024 * 1024;

impl Default for UploadSettings {
    fn default() -> Self {
        Self {
            conversation_bytes: 1024 * MIB,
            visitor_bytes_a_day: 500 * MIB,
            agent_bytes_a_day: 5 * 1024 * MIB,
            unposted_kept_ms: 2 * DAY,
            loose_kept_ms: 2 * HOUR,
        }
    }
}

/// When sessions are offered, and when they are taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferSettings {
    /// How long a session is held out to an agent where the channel says nothing else, in
    /// milliseconds.
    pub held_out_ms: i64,
    /// Whether an agent stays available after their first miss since they became available.
    pub forgive_first_miss: bool,
    /// An agent without a screen for this long is offered nothing, in milliseconds.
    pub disconnected_after_ms: i64,
    /// An agent without a screen for this long is gone: their sessions wait again; in
    /// milliseconds.
    pub gone_after_ms: i64,
    /// A session in which nothing happened for this long holds no capacity, in milliseconds.
    pub silent_after_ms: i64,
}

impl Default for OfferSettings {
    fn default() -> Self {
        Self {
            held_out_ms: 30 * SECOND,
            forgive_first_miss: false,
            disconnected_after_ms: 30 * SECOND,
            gone_after_ms: 10 * MINUTE,
            silent_after_ms: 30 * MINUTE,
        }
    }
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn rate(count: u32, per_ms: i64) -> Rate {
    Rate { count, per_ms }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            heartbeat_ms: HEARTBEAT_MS,
            visitor_posts: vec![rate(10, 10 * SECOND), rate(60, MINUTE)],
            visitor_commands: vec![rate(60, 10 * SECOND), rate(300, MINUTE)],
            sign_in_kept_ms: 12 * HOUR,
            answers_kept_ms: ANSWER_KEPT_MS,
            entries_kept_ms: 30 * DAY,
            offers: OfferSettings::default(),
            sessions: SessionSettings::default(),
            uploads: UploadSettings::default(),
        }
    }
}

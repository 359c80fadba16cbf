//! The use cases, one file each, and what they stand on.
//!
//! A carrier calls them from blocking tasks with a principal whose token or sign-in was
//! verified. Invariants: one use case is one transaction, its feed entries included; a command
//! takes effect once, however often it comes.

mod add_agent;
mod add_channel;
mod add_team;
mod answer_offer;
mod attend;
mod begin_upload;
mod check_session;
mod choose_expertise;
mod connect_agent;
mod connect_visitor;
mod delete_message;
mod distribute;
mod edit_message;
mod edit_note;
mod end_session;
mod end_silent;
mod fetch_history;
mod fetch_messages;
mod fetch_shared_notes;
mod fill_form;
mod finish_upload;
mod forget_old;
mod greet_visitor;
mod hear_visitor;
mod join_conversation;
mod keep_secret;
mod leave_conversation;
mod link_attachments;
mod list_conversations;
mod list_files;
mod mark_progress;
mod once;
mod open_conversation;
mod post_message;
mod post_note;
mod read_entries;
mod restart_chatbot;
mod resume_feed;
mod save_shared_notes;
mod see_mentions;
mod seed_demo;
mod set_channel;
mod set_language;
mod set_live_status;
mod set_state;
mod set_typing;
mod sign_in;
mod sign_out;
mod speak;
mod sweep_uploads;
mod take_conversation;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use protocol::ids::Epoch;
use protocol::time::Timestamp;

pub use add_agent::{AddAgentError, NewAgent};
pub use add_channel::{AddChannelError, Answering, NewChannel};
pub use add_team::{AddTeamError, NewTeam};
pub use begin_upload::{UploadBegun, UploadOpened};
pub use check_session::Session;
pub use connect_visitor::{Arrival, VerifiedVisitor, VisitorConnected};
pub use forget_old::Forgotten;
pub use link_attachments::Linkable;
pub use read_entries::Entries;
pub use resume_feed::Resumption;
pub use seed_demo::{DEMO_AGENTS, DEMO_CHANNELS, DEMO_PASSWORD, DEMO_TEAMS};
pub use set_language::LanguageSet;
pub use sign_in::NewSignIn;

use crate::error::{Error, StorageError};
use crate::ports::storage::{self, Reading, Transaction};
use crate::ports::{Clock, Credentials, Entropy, Publisher, Sites, Storage};
use crate::rules::change::{Change, fresh_name};
use crate::rules::guesses::Guesses;
use crate::rules::line::Line;
use crate::rules::places::Places;
use crate::rules::presence::Presence;
use crate::rules::rates::Limiter;
use crate::rules::scripts::Scripts;
use crate::settings::Settings;

/// Where the epoch of all feeds is kept.
const EPOCH_KEY: &str = "epoch";

/// What the use cases need from the world.
#[derive(Clone)]
pub struct Ports {
    /// Keeps the records.
    pub storage: Arc<dyn Storage>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Wakes whoever is connected.
    pub publisher: Arc<dyn Publisher>,
    /// Draws ids and tokens.
    pub entropy: Arc<dyn Entropy>,
    /// Makes images of passwords and tokens.
    pub credentials: Arc<dyn Credentials>,
    /// Knows what is written down for sites.
    pub sites: Arc<dyn Sites>,
}

/// All use cases. One for a whole server: rate limits and sign-in waits live in it.
pub struct Service {
    ports: Ports,
    settings: Settings,
    epoch: Epoch,
    posts: Limiter,
    commands: Limiter,
    guesses: Guesses,
    line: Line,
    presence: Presence,
    scripts: Scripts,
    places: Mutex<Places>,
    /// When a session may end by silence next, once that was looked at.
    silence_due: Mutex<Option<Timestamp>>,
    /// Image of a password nobody has; checked where there is no agent.
    decoy: String,
}

impl Service {
    /// Begins work on a storage. An empty one gets its epoch here.
    pub fn start(ports: Ports, settings: Settings) -> Result<Self, StorageError> {
        let epoch = storage::write(&*ports.storage, |tx| epoch(tx, &*ports.entropy))?;
        let decoy = ports
            .credentials
            .hash_password(&fresh_name(&*ports.entropy));
        Ok(Self {
            posts: Limiter::new(&settings.visitor_posts),
            commands: Limiter::new(&settings.visitor_commands),
            guesses: Guesses::default(),
            line: Line::default(),
            scripts: Scripts::default(),
            places: Mutex::default(),
            silence_due: Mutex::default(),
            presence: Presence::new(ports.clock.now()),
            epoch,
            decoy,
            settings,
            ports,
        })
    }

    /// What the operator has set.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Runs work on one state of the storage.
    fn look<T>(&self, work: impl FnOnce(&dyn Reading) -> Result<T, Error>) -> Result<T, Error> {
        storage::read(&*self.ports.storage, work)
    }

    /// Runs work in one transaction and wakes everybody concerned when it is committed.
    fn change<T>(
        &self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.change_at(self.ports.clock.now(), work)
    }

    /// The same, where now was asked before.
    fn change_at<T>(
        &self,
        now: Timestamp,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (done, mut news) = storage::write(&*self.ports.storage, |tx| {
            let mut change = Change::new(tx, now, &self.settings.offers, &*self.ports.entropy);
            let done = work(&mut change)?;
            Ok::<_, Error>((done, change.into_news()))
        })?;
        let is_work = news.is_work();
        self.line.note(news.take_stale());
        news.publish(&*self.ports.publisher);
        if is_work {
            self.ports.publisher.line_changed();
        }
        Ok(done)
    }

    /// A fresh token or secret: 256 random bits as 64 hexadecimal digits.
    fn fresh_secret(&self) -> String {
        let entropy = &*self.ports.entropy;
        fresh_name(entropy) + &fresh_name(entropy)
    }

    /// A page size within bounds.
    fn page_rows(&self, wanted: u32) -> u32 {
        wanted.clamp(1, self.settings.limits.page_rows.max(1))
    }
}

fn epoch(tx: &mut dyn Transaction, entropy: &dyn Entropy) -> Result<Epoch, StorageError> {
    let text = match tx.meta(EPOCH_KEY)? {
        Some(known) => known,
        None => {
            let fresh = fresh_name(entropy);
            tx.put_meta(EPOCH_KEY, &fresh)?;
            fresh
        }
    };
    Epoch::parse(&text).ok_or_else(|| StorageError::Damaged("the epoch is no id".to_owned()))
}

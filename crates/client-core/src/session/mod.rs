//! Who this client is to the server: side, token, and what the server said about itself.
//!
//! Invariant: the token leaves this slice only in the `connect` frame and into storage.

pub(crate) mod keys;
#[cfg(test)]
mod tests;

#[cfg(feature = "agent")]
use protocol::agent::AgentCommand;
#[cfg(feature = "agent")]
use protocol::author::AgentRef;
use protocol::author::{Author, AuthorRole};
#[cfg(feature = "agent")]
use protocol::hello::ConnectAgent;
use protocol::hello::{ConnectVisitor, ServerInfo};
use protocol::limits::Limits;
use protocol::message::MessageKind;
use protocol::seq::FeedCursor;
use protocol::time::Timestamp;
use protocol::version::Capability;
use protocol::visitor::VisitorCommand;

use crate::event::Arrival;
use crate::outgoing::Outgoing;
use crate::side::{Party, Side};
use crate::turn::Turn;

/// The session.
#[derive(Debug)]
pub(crate) struct Session {
    /// For visitors what is said first; `token` and `language` in it are kept up to date.
    pub(crate) side: Side,
    /// The person acted: connecting and storing are allowed.
    pub(crate) acted: bool,
    /// Storage was read.
    pub(crate) started: bool,
    pub(crate) utc_offset_minutes: i32,
    /// How far the server's clock is ahead of this device's.
    pub(crate) server_ahead_ms: i64,
    pub(crate) limits: Limits,
    capabilities: Vec<Capability>,
    language_chosen: bool,
    /// The server took this page for a new visitor's.
    is_new_visitor: bool,
    #[cfg(feature = "agent")]
    pub(crate) me: Option<AgentRef>,
}

impl Session {
    pub(crate) fn new(side: Side) -> Self {
        Self {
            side,
            acted: false,
            started: false,
            utc_offset_minutes: 0,
            server_ahead_ms: 0,
            limits: Limits::default(),
            capabilities: Vec::new(),
            language_chosen: false,
            is_new_visitor: false,
            #[cfg(feature = "agent")]
            me: None,
        }
    }

    pub(crate) fn party(&self) -> Party {
        #[cfg(all(feature = "agent", not(feature = "visitor")))]
        return Party::Agent;
        #[cfg(not(all(feature = "agent", not(feature = "visitor"))))]
        match self.side {
            Side::Visitor(_) => Party::Visitor,
            #[cfg(feature = "agent")]
            Side::Agent(_) => Party::Agent,
        }
    }

    fn hello(&self) -> Option<&ConnectVisitor> {
        match &self.side {
            Side::Visitor(hello) => Some(hello),
            #[cfg(feature = "agent")]
            Side::Agent(_) => None,
        }
    }

    fn hello_mut(&mut self) -> Option<&mut ConnectVisitor> {
        match &mut self.side {
            Side::Visitor(hello) => Some(hello),
            #[cfg(feature = "agent")]
            Side::Agent(_) => None,
        }
    }

    /// The visitor's token; agents are known by their cookie.
    pub(crate) fn token(&self) -> Option<&str> {
        self.hello()?.token.as_deref()
    }

    pub(crate) fn offers(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// The first frame.
    pub(crate) fn connect_frame(&self, feeds: Vec<FeedCursor>) -> Outgoing {
        match &self.side {
            Side::Visitor(hello) => Outgoing::Visitor(VisitorCommand::Connect(ConnectVisitor {
                feeds,
                ..hello.clone()
            })),
            #[cfg(feature = "agent")]
            Side::Agent(_) => Outgoing::Agent(AgentCommand::Connect(ConnectAgent {
                protocol: protocol::version::PROTOCOL,
                token: None,
                feeds,
            })),
        }
    }

    /// Whether what is stored here belongs to this agent. Another one must neither see nor send
    /// it.
    #[cfg(feature = "agent")]
    pub(crate) fn belongs_to(&self, agent: &AgentRef) -> bool {
        matches!(&self.side, Side::Agent(id) if *id == agent.id)
    }

    /// Takes what the server says about itself.
    pub(crate) fn learn(&mut self, server: &ServerInfo, now: Timestamp) {
        self.server_ahead_ms = server.server_time.since(now);
        self.limits = server.limits.clone();
        self.capabilities.clone_from(&server.capabilities);
    }

    /// Takes a token from storage.
    pub(crate) fn restore_token(&mut self, token: String) {
        if let Some(hello) = self.hello_mut() {
            hello.token = Some(token);
        }
    }

    /// Takes a language from storage.
    pub(crate) fn restore_language(&mut self, language: String) {
        if let Some(hello) = self.hello_mut() {
            hello.language = language;
        }
    }

    /// Takes and keeps the token of a `ready`.
    pub(crate) fn renew_token(&mut self, token: String, turn: &mut Turn) {
        let Some(hello) = self.hello_mut() else {
            return;
        };
        if hello.token.as_ref() != Some(&token) {
            turn.save(keys::TOKEN.to_owned(), token.clone());
            let is_first = hello.token.replace(token).is_none();
            self.is_new_visitor |= is_first;
        }
    }

    /// Another page stored a token. Takes it if this page is nobody yet, or a new visitor who
    /// has done nothing (`is_idle`): of pages that are opened at the same moment only one may
    /// make a visitor. A token that only renews our own is not needed.
    pub(crate) fn take_token(&mut self, token: &str, is_idle: bool) -> bool {
        let may_change = self.is_new_visitor && is_idle;
        let Some(hello) = self.hello_mut() else {
            return false;
        };
        let takes = match &hello.token {
            Some(own) => own != token && may_change,
            None => true,
        };
        if takes {
            hello.token = Some(token.to_owned());
            self.is_new_visitor = false;
        }
        takes
    }

    pub(crate) fn forget_token(&mut self, turn: &mut Turn) {
        if let Some(hello) = self.hello_mut() {
            hello.token = None;
            turn.forget(keys::TOKEN.to_owned());
        }
    }

    /// Takes where the visitor is; told with the next `connect`.
    pub(crate) fn arrive(&mut self, arrival: Arrival) {
        if let Some(hello) = self.hello_mut() {
            hello.page = arrival.page;
            hello.time_zone = arrival.time_zone;
            hello.reduced_motion = Some(arrival.reduced_motion);
        }
    }

    /// Takes the language a visitor chose; says whether it is another one.
    pub(crate) fn choose_language(&mut self, language: &str, turn: &mut Turn) -> bool {
        match self.hello_mut() {
            Some(hello) if hello.language != language => {
                language.clone_into(&mut hello.language);
                self.language_chosen = true;
                self.keep_language(turn);
                true
            }
            _ => false,
        }
    }

    /// Stores the language if it was chosen; for a choice made before the person acted.
    pub(crate) fn keep_language(&self, turn: &mut Turn) {
        if let Some(hello) = self.hello()
            && self.language_chosen
        {
            turn.save(keys::LANGUAGE.to_owned(), hello.language.clone());
        }
    }

    /// Whether this client's person wrote it.
    pub(crate) fn is_own(&self, author: &Author) -> bool {
        match self.party() {
            Party::Visitor => author.role == AuthorRole::Visitor,
            #[cfg(feature = "agent")]
            Party::Agent => {
                author.role == AuthorRole::Agent
                    && author.agent.is_some()
                    && author.agent.as_ref() == self.me.as_ref().map(|me| &me.id)
            }
        }
    }

    /// The person as the writer of a message, and the kind of their messages.
    pub(crate) fn author(&self) -> (Author, MessageKind) {
        match self.party() {
            Party::Visitor => (
                Author {
                    role: AuthorRole::Visitor,
                    agent: None,
                    name: None,
                },
                MessageKind::Visitor,
            ),
            #[cfg(feature = "agent")]
            Party::Agent => (
                Author {
                    role: AuthorRole::Agent,
                    agent: self.me.as_ref().map(|me| me.id.clone()),
                    name: self.me.as_ref().map(|me| me.name.clone()),
                },
                MessageKind::Agent,
            ),
        }
    }
}

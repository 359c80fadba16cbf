//! Reading a feed behind a cursor, as frames for one reader.
//!
//! Runs on a blocking thread.

use protocol::agent::AgentFrame;
use protocol::feed::Feed;
use protocol::seq::Seq;
use protocol::visitor::VisitorFrame;
use server_core::domain::Principal;
use server_core::error::Error;
use server_core::service::{Entries, Service};

/// Entries read at once. Between two pages a socket also listens.
const PAGE: u32 = 100;

/// What lies behind a cursor, ready to be sent.
#[derive(Debug)]
pub(super) enum Page {
    /// The next entries.
    Read {
        /// As text, in order.
        frames: Vec<String>,
        /// The cursor behind them.
        upto: Seq,
        /// Whether others follow.
        more: bool,
    },
    /// They are no longer there; this says so to the client.
    Gone(String),
}

/// The next page of a feed.
pub(super) fn read(
    service: &Service,
    who: &Principal,
    feed: &Feed,
    after: Seq,
) -> Result<Page, Error> {
    match who {
        Principal::Visitor(visitor) => service
            .read_visitor_entries(visitor, feed, after, PAGE)
            .map(|entries| page(entries, VisitorFrame::encode)),
        Principal::Agent(agent) => service
            .read_agent_entries(agent, feed, after, PAGE)
            .map(|entries| page(entries, AgentFrame::encode)),
    }
}

fn page<F>(entries: Entries<F>, encode: fn(&F) -> String) -> Page {
    match entries {
        Entries::Read { frames, upto, more } => Page::Read {
            frames: frames.iter().map(encode).collect(),
            upto,
            more,
        },
        Entries::Gone(resync) => Page::Gone(VisitorFrame::ResyncRequired(resync).encode()),
    }
}

//! Who speaks on a socket, and which half of the protocol answers them.

use std::sync::Arc;

use protocol::codec::mend_lone_surrogates;
use protocol::error::close;
use protocol::time::Timestamp;
use server_core::domain::{Principal, TokenDigest};

use super::reply::Reply;
use super::{agent, visitor};
use crate::state::App;

/// Who speaks on this socket.
#[derive(Clone, Debug)]
pub(super) struct Who {
    pub(super) principal: Arc<Principal>,
    /// The agent's sign-in, and until when it holds.
    pub(super) sign_in: Option<(TokenDigest, Timestamp)>,
}

impl Who {
    pub(super) fn new(principal: Principal, sign_in: Option<(TokenDigest, Timestamp)>) -> Self {
        Self {
            principal: Arc::new(principal),
            sign_in,
        }
    }

    /// Answers one text frame, on a blocking thread.
    pub(super) fn respond(&self, app: &App, text: &str) -> Reply {
        let text = &*mend_lone_surrogates(text);
        match (&*self.principal, &self.sign_in) {
            (Principal::Visitor(visitor), _) => visitor::respond(app, visitor, text),
            (Principal::Agent(agent), Some((sign_in, _))) => {
                agent::respond(app, agent, sign_in, text)
            }
            (Principal::Agent(_), None) => Reply::none().then_close(close::UNAUTHENTICATED),
        }
    }
}

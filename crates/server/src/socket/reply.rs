//! What a frame of the client leads to, in terms the connection understands.
//!
//! Both halves of the protocol say "done", "refused" and "resumed" with the same words, so these
//! are written once.

use protocol::attachment::{AttachmentsLinked, LinkAttachments};
use protocol::codec::DecodeError;
use protocol::error::{ErrorCode, Refusal, close};
use protocol::feed::Feed;
use protocol::hello::{Done, Refused};
use protocol::ids::ClientId;
use protocol::seq::FeedCursor;
use protocol::time::Timestamp;
use protocol::visitor::VisitorFrame;
use serde::Deserialize;
use server_core::domain::language::Languages;
use server_core::domain::{Principal, TypingNotice};
use server_core::error::Error;
use server_core::service::Resumption;

use crate::state::App;

/// What to do now.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// Frames to send, in order.
    pub(super) frames: Vec<String>,
    /// Feeds to follow from now on, behind these cursors.
    pub(super) follow: Vec<FeedCursor>,
    /// Feeds to follow no longer.
    pub(super) unfollow: Vec<Feed>,
    /// Typing to pass on.
    pub(super) typing: Option<TypingNotice>,
    /// What the visitor's languages are now.
    pub(super) languages: Option<Languages>,
    /// Until when the sign-in holds now.
    pub(super) expires_at: Option<Timestamp>,
    /// The code to close with.
    pub(super) close: Option<u16>,
}

impl Reply {
    /// Nothing.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// One frame.
    pub(super) fn frame(text: String) -> Self {
        Self {
            frames: vec![text],
            ..Self::default()
        }
    }

    /// The outcome of a command.
    pub(super) fn outcome(client_id: &ClientId, outcome: Result<Done, Error>) -> Self {
        match outcome {
            Ok(done) => Self::frame(VisitorFrame::Done(done).encode()),
            Err(error) => Self::refused(Some(client_id.clone()), None, &error),
        }
    }

    /// The answer to a query, or why there is none.
    pub(super) fn answer(reference: u32, outcome: Result<Self, Error>) -> Self {
        outcome.unwrap_or_else(|error| Self::refused(None, Some(reference), &error))
    }

    /// Where attachments are, as far as this person may know.
    pub(super) fn linked(app: &App, who: &Principal, query: &LinkAttachments) -> Self {
        let linked = app.service.link_attachments(who, query).map(|found| {
            let now = app.now();
            let links = found
                .iter()
                .map(|it| app.links.file(&it.attachment, it.has_thumbnail, now))
                .collect();
            Self::frame(
                VisitorFrame::AttachmentsLinked(AttachmentsLinked {
                    reference: query.reference,
                    links,
                })
                .encode(),
            )
        });
        Self::answer(query.reference, linked)
    }

    /// How a feed goes on.
    pub(super) fn resumption(from: FeedCursor, outcome: Result<Resumption, Error>) -> Self {
        match outcome {
            Ok(Resumption::Resumed(resumed)) => Self {
                follow: vec![from],
                ..Self::frame(VisitorFrame::Resumed(resumed).encode())
            },
            Ok(Resumption::ResyncRequired(resync)) => Self {
                unfollow: vec![from.feed],
                ..Self::frame(VisitorFrame::ResyncRequired(resync).encode())
            },
            Err(error) => Self {
                unfollow: vec![from.feed],
                ..Self::refused(None, None, &error)
            },
        }
    }

    /// A refusal; faults of the server are logged here, because the client only gets a code.
    pub(super) fn refused(
        client_id: Option<ClientId>,
        reference: Option<u32>,
        error: &Error,
    ) -> Self {
        if let Error::Storage(fault) = error {
            tracing::error!(%fault, "a use case failed");
        }
        Self::frame(refused(client_id, reference, error.refusal()))
    }

    /// The same as before, and the end of the socket.
    pub(super) fn then_close(mut self, code: u16) -> Self {
        self.close = Some(code);
        self
    }
}

/// A refusal as text.
pub(super) fn refused(
    client_id: Option<ClientId>,
    reference: Option<u32>,
    refusal: Refusal,
) -> String {
    VisitorFrame::Refused(Refused {
        client_id,
        reference,
        refusal,
    })
    .encode()
}

/// Refuses a text that is no frame.
pub(super) fn bad_frame(error: DecodeError) -> String {
    let refusal = Refusal {
        detail: Some(error.detail),
        ..ErrorCode::BadFrame.into()
    };
    refused(error.client_id, error.reference, refusal)
}

/// Refuses a text that is too long to be looked at, by the name it has.
pub(super) fn frame_too_big(text: &str) -> String {
    let (client_id, reference) = names(text);
    refused(client_id, reference, ErrorCode::FrameTooBig.into())
}

/// What names a frame, as far as it can be read.
fn names(text: &str) -> (Option<ClientId>, Option<u32>) {
    #[derive(Deserialize)]
    struct Names {
        client_id: Option<ClientId>,
        #[serde(rename = "ref")]
        reference: Option<u32>,
    }
    match serde_json::from_str(text) {
        Ok(Names {
            client_id,
            reference,
        }) => (client_id, reference),
        Err(_) => (None, None),
    }
}

/// The close code that goes with a refusal of the first frame.
pub(super) fn close_code(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::VersionUnsupported => close::VERSION_UNSUPPORTED,
        ErrorCode::OriginRefused | ErrorCode::UnknownSite | ErrorCode::Forbidden => {
            close::FORBIDDEN
        }
        ErrorCode::Unauthenticated | ErrorCode::Expired => close::UNAUTHENTICATED,
        ErrorCode::FrameTooBig => close::FRAME_TOO_BIG,
        ErrorCode::RateLimited | ErrorCode::TooManyAttempts => close::RATE_LIMITED,
        ErrorCode::StorageFull | ErrorCode::Unavailable | ErrorCode::Internal => close::OVERLOADED,
        _ => close::BAD_FRAME,
    }
}

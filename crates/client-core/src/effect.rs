//! Everything the core may ask of the world, one sentence each.

use protocol::attachment::AttachmentKind;
use protocol::http::UploadRequest;
use protocol::ids::ClientId;

use crate::outgoing::Outgoing;

/// One request to the shell. The shell carries out all effects of an input, in order, before it
/// brings the next input.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket. The core never asks for a second one while one is open or opening.
    OpenSocket,
    /// Close the socket with this code; no `SocketClosed` is expected for it.
    CloseSocket {
        /// The close code.
        code: u16,
    },
    /// Write a frame.
    Send(Box<Outgoing>),
    /// Bring `TimerFired` after this time; a timer of the same name that still runs is replaced.
    SetTimer {
        /// Its name.
        timer: Timer,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// Forget a timer; it may not be running.
    CancelTimer(Timer),
    /// Keep a value beyond this page.
    Save {
        /// Its name, relative to the client's own part of the storage.
        key: String,
        /// The value.
        value: String,
    },
    /// Keep a value no longer.
    Forget {
        /// Its name.
        key: String,
    },
    /// Bring a file to the server: ask for an address, then send the bytes there, unless the
    /// answer says that they are there. Tell how far it is, and how it ended.
    Upload {
        /// What is asked.
        request: Box<UploadRequest>,
        /// The browser's file; where there is none, only ask.
        file: Option<String>,
        /// A visitor's token.
        token: Option<String>,
    },
    /// Break an upload off; nothing more is to be told of it.
    AbortUpload {
        /// The upload's name.
        upload: ClientId,
    },
    /// A file of this page is wanted no longer.
    ForgetFile {
        /// Its name on this page.
        file: String,
    },
    /// Bring `Completed` when the whole program is here, and see to it that it comes.
    Complete,
    /// This part of the views changed.
    Render(Slice),
    /// Make the person aware of something.
    Alert(Alert),
}

/// Names of timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// Time for the next attempt to connect.
    Reconnect,
    /// The open socket was silent for too long, or a connection never came up.
    Silence,
    /// The connection has been good for long enough to trust it again.
    Settled,
    /// The typing signal may be repeated or must be taken back.
    OwnTyping,
    /// Somebody's typing signal runs out.
    OthersTyping,
    /// The draft waits to be saved.
    SaveDraft,
    /// The outbox may try again.
    Outbox,
    /// An hour is full: days may have other names now.
    Hour,
    /// The chatbot's greeting goes on.
    Greeting,
    /// The clocks on the agent's desk turn, or its page may ring.
    Desk,
    /// What an agent wrote into shared notes is to be saved.
    #[cfg(feature = "agent")]
    SharedNotes,
}

impl Timer {
    /// Every timer there is.
    pub const ALL: [Self; if cfg!(feature = "agent") { 11 } else { 10 }] = [
        Self::Reconnect,
        Self::Silence,
        Self::Settled,
        Self::OwnTyping,
        Self::OthersTyping,
        Self::SaveDraft,
        Self::Outbox,
        Self::Hour,
        Self::Greeting,
        Self::Desk,
        #[cfg(feature = "agent")]
        Self::SharedNotes,
    ];
}

/// Parts of the views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// [`view::BannerView`](crate::view::BannerView)
    Banner,
    /// [`view::TimelineView`](crate::view::TimelineView), typing and participants included
    Timeline,
    /// [`view::ComposerView`](crate::view::ComposerView)
    Composer,
    /// [`view::FormView`](crate::view::FormView)
    Form,
    /// [`view::RosterView`](crate::view::RosterView)
    Roster,
    /// [`view::DeskView`](crate::view::DeskView)
    Desk,
    /// [`view::InformationView`](crate::view::InformationView)
    Information,
}

/// What a person is made aware of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alert {
    /// A message of somebody else arrived live.
    MessageArrived {
        /// The writer's name, if known.
        author: Option<String>,
        /// The beginning of the text; of a file without words, its name.
        text: String,
        /// What the first file that came with it is.
        attachment: Option<AttachmentKind>,
    },
    /// A message of the person's own could not be sent.
    SendFailed,
    /// A take, join, leave or new live status of the agent's was refused for good, nothing changed;
    /// or the conversation cannot be seen any more and is not selected.
    #[cfg(feature = "agent")]
    ActionRefused {
        /// In which conversation.
        conversation: protocol::ids::ConversationId,
        /// Why; `AlreadyTaken` when another agent was faster.
        code: protocol::error::ErrorCode,
        /// Who was first, where somebody came to help before.
        by: Option<protocol::author::AgentRef>,
    },
    /// Help is wanted in the agent's own expertise, since now, by somebody else.
    #[cfg(feature = "agent")]
    HelpWanted {
        /// Where.
        conversation: protocol::ids::ConversationId,
        /// Who asked for it, if known.
        by: Option<protocol::author::AgentRef>,
        /// With whom the conversation is.
        contact: protocol::conversation::ContactRef,
    },
    /// An offer waits for the agent, and of their pages this one is to make it heard; again
    /// every few seconds while nobody looks.
    #[cfg(feature = "agent")]
    OfferRings {
        /// Which offer.
        offer: protocol::ids::OfferId,
        /// Where the conversation began.
        channel: protocol::ids::ChannelId,
        /// With whom.
        contact: protocol::conversation::ContactRef,
    },
    /// A note of somebody else arrived live in the open conversation.
    #[cfg(feature = "agent")]
    NoteArrived {
        /// Who wrote it.
        author: Option<String>,
        /// The beginning of the text; of a file without words, its name.
        text: String,
        /// What the first file that came with it is.
        attachment: Option<AttachmentKind>,
    },
    /// A note mentions the agent, and they are not looking at it.
    #[cfg(feature = "agent")]
    Mentioned(Box<protocol::agent::Mention>),
    /// A session was accepted: its conversation is to be opened, ready to write.
    #[cfg(feature = "agent")]
    LeadTo(protocol::ids::ConversationId),
}

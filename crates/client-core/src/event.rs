//! Everything that can wake the core. What is not listed here cannot change its mind.

#[cfg(feature = "agent")]
use protocol::agent::{Availability, BusyReason, DeclineReason};
use protocol::attachment::{Attachment, VoiceNote};
#[cfg(feature = "agent")]
use protocol::conversation::LiveStatus;
use protocol::error::ErrorCode;
use protocol::ids::{ClientId, MessageId};
#[cfg(feature = "agent")]
use protocol::ids::{ConversationId, OfferId};
use protocol::time::Timestamp;

use crate::composer::Place;
use crate::effect::Timer;
use crate::incoming::Incoming;

/// One event with the time and the randomness it may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The shell's clock.
    pub now: Timestamp,
    /// 128 fresh random bits, drawn by the shell for this input alone.
    pub entropy: u128,
    /// What happened.
    pub event: Event,
}

/// What an earlier page of the same browser left in storage: pairs of key and value, as they
/// were given to [`Effect::Save`](crate::Effect::Save).
pub type Saved = Vec<(String, String)>;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page began; this is what storage holds. Comes first, once. Unreadable values are
    /// dropped, never an error.
    Started {
        /// What storage holds.
        saved: Saved,
        /// The reader's offset from UTC in minutes, east positive; day dividers follow it.
        utc_offset_minutes: i32,
    },
    /// The socket that was asked for is open.
    SocketOpened,
    /// A frame came.
    FrameReceived(Box<Incoming>),
    /// Something came that is no frame.
    FrameUnreadable,
    /// The socket is gone, or could not be opened (`1006`).
    SocketClosed {
        /// The close code.
        code: u16,
    },
    /// A timer that was set has run out.
    TimerFired(Timer),
    /// The page came into view; after sleep or from the back/forward cache too.
    PageShown,
    /// The page went out of view.
    PageHidden,
    /// The browser thinks it has a network again.
    NetworkOnline,
    /// The browser thinks it has none.
    NetworkOffline,
    /// A value could not be saved: storage is full or forbidden.
    StorageFailed,
    /// Another page of the same browser changed what is stored under this name.
    StorageChanged {
        /// The name, relative to the client's own part of the storage.
        key: String,
        /// What storage holds there now, read when this is told, or nothing.
        value: Option<String>,
    },
    /// So many bytes of a file have left this device; told at most ten times a second.
    UploadMoved {
        /// The upload's name.
        upload: ClientId,
        /// How many.
        sent: u64,
    },
    /// All bytes of a file are at the server.
    UploadFinished {
        /// The upload's name.
        upload: ClientId,
        /// What the server made of it.
        attachment: Box<Attachment>,
    },
    /// The server waits for a file's bytes, and this page has no such file.
    UploadWantsFile {
        /// The upload's name.
        upload: ClientId,
    },
    /// An upload was broken off or refused.
    UploadFailed {
        /// The upload's name.
        upload: ClientId,
        /// Why.
        code: ErrorCode,
        /// How long to wait before trying again, where the server said so.
        retry_after_ms: Option<u32>,
    },
    /// The whole program is here. Nothing new to a client that began with it.
    Completed,
    /// The person wants something.
    Intent(Intent),
}

/// Where a visitor is, as far as their browser tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The page's address, without its fragment.
    pub page: Option<String>,
    /// The IANA name of the time zone.
    pub time_zone: Option<String>,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
}

/// A file on this device that the person chose, as far as the core may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Its name for as long as this page lives, drawn by the shell.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What the browser takes it for; may be empty.
    pub media_type: String,
    /// What its recorder knows of it, when it was recorded here.
    pub voice: Option<VoiceNote>,
}

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Be connected from now on: the panel was opened, or the agent is signed in.
    Connect,
    /// The person is looking at the end of the open conversation, or no longer.
    LookAtNewest {
        /// Whether the newest message is in view.
        in_view: bool,
    },
    /// The panel was closed, or the agent left the conversation's page: nothing is being read.
    LookAway,
    /// The text in the composer is this now.
    EditDraft {
        /// The whole text.
        text: String,
    },
    /// Let these files go with what is being written.
    AttachFiles(Vec<LocalFile>),
    /// Let these files go with what is being written in this place, which may not be on screen
    /// any more.
    #[cfg(feature = "agent")]
    AttachFilesTo(Place, Vec<LocalFile>),
    /// Send a recording as a message of its own, or as a note, from the place it was made for.
    SendVoice(Box<(Place, LocalFile)>),
    /// Let a file not go with it after all.
    RemoveFile {
        /// Its name on this page.
        id: String,
    },
    /// Bring the bytes of a file that was chosen on an earlier page.
    ChooseAgain {
        /// The upload's name, as its row tells it.
        upload: String,
        /// What was chosen now.
        file: LocalFile,
    },
    /// Send what the composer holds.
    SendDraft,
    /// Answer a question of the chatbot by one of its buttons.
    PressButton {
        /// The message that asks.
        question: MessageId,
        /// The button's name in the question.
        button: String,
    },
    /// Let the chatbot begin again.
    RestartChatbot,
    /// A field of the form before a conversation holds this now.
    EditField {
        /// The field's name.
        name: String,
        /// All that is in it.
        value: String,
    },
    /// The visitor is on this page, with this browser.
    Arrive(Arrival),
    /// Try a failed message again.
    RetryMessage {
        /// The row.
        key: String,
    },
    /// Give a message up that failed or waits for its files; its text goes back into an empty composer.
    DiscardMessage {
        /// The row.
        key: String,
    },
    /// Write an answer that quotes a message.
    ReplyTo {
        /// The row.
        key: String,
    },
    /// Write another text for a message of the person's own.
    EditMessage {
        /// The row.
        key: String,
    },
    /// Write another text for the last message, if it is the person's own.
    EditLast,
    /// Write a new message again, without quote: what was there before comes back.
    LeaveAim,
    /// Delete a message of the person's own.
    DeleteMessage {
        /// The row.
        key: String,
    },
    /// Look for a message in the open conversation, however far up it is, and show it.
    SeekMessage(MessageId),
    /// Show older messages.
    LoadOlder,
    /// Do not wait for the next attempt to connect.
    ReconnectNow,
    /// Use this language in the widget (BCP 47).
    ChooseLanguage {
        /// The tag.
        language: String,
    },
    /// Begin anew after the stored token was refused for good.
    StartOver,
    /// Show this conversation, or none.
    #[cfg(feature = "agent")]
    SelectConversation(Option<ConversationId>),
    /// Show more rows of the list.
    #[cfg(feature = "agent")]
    LoadMoreConversations,
    /// Become the owner of a conversation.
    #[cfg(feature = "agent")]
    TakeConversation(ConversationId),
    /// Take part in a conversation beside its owner.
    #[cfg(feature = "agent")]
    JoinConversation(ConversationId),
    /// Take part in a conversation in which help is wanted, unless somebody else is faster.
    #[cfg(feature = "agent")]
    HelpIn(ConversationId),
    /// End a conversation's session for everybody.
    #[cfg(feature = "agent")]
    EndSession(ConversationId),
    /// Let a conversation's session stand here.
    #[cfg(feature = "agent")]
    SetLiveStatus {
        /// Which conversation.
        conversation: ConversationId,
        /// Where it stands from now on.
        status: LiveStatus,
    },
    /// Take part no longer.
    #[cfg(feature = "agent")]
    LeaveConversation(ConversationId),
    /// Show what a message said before it was changed, or no longer.
    #[cfg(feature = "agent")]
    ToggleHistory {
        /// The row.
        key: String,
    },
    /// Write messages or notes in the open conversation from now on.
    #[cfg(feature = "agent")]
    ChooseMode(crate::composer::Mode),
    /// The shared notes of the open conversation are this now.
    #[cfg(feature = "agent")]
    EditSharedNotes {
        /// What stood in the field before.
        from: String,
        /// The whole text.
        text: String,
    },
    /// Show earlier versions of the shared notes, or no longer.
    #[cfg(feature = "agent")]
    ShowNotesHistory(bool),
    /// Show still earlier ones.
    #[cfg(feature = "agent")]
    LoadMoreNotesHistory,
    /// Bring an earlier version back.
    #[cfg(feature = "agent")]
    RestoreVersion(u64),
    /// Let the open conversation's session want this expertise, or no longer.
    #[cfg(feature = "agent")]
    ChooseExpertise {
        /// Its name.
        name: String,
        /// Whether it is chosen now.
        chosen: bool,
    },
    /// Show the files of the open conversation.
    #[cfg(feature = "agent")]
    ShowFiles {
        /// Whether earlier ones than those that are there.
        more: bool,
    },
    /// Begin or stop taking work. `missed` cannot be chosen.
    #[cfg(feature = "agent")]
    SetState {
        /// What to be.
        availability: Availability,
        /// Why, when busy.
        reason: Option<BusyReason>,
    },
    /// Take the session of an offer.
    #[cfg(feature = "agent")]
    AcceptOffer(OfferId),
    /// Take the sessions of all offers, oldest first, as many as there is room for.
    #[cfg(feature = "agent")]
    AcceptAll,
    /// Do not take the session of an offer.
    #[cfg(feature = "agent")]
    DeclineOffer {
        /// Which.
        offer: OfferId,
        /// Why.
        reason: DeclineReason,
    },
    /// Take note of what was told.
    #[cfg(feature = "agent")]
    DismissNotice {
        /// The notice's name.
        id: u32,
    },
}

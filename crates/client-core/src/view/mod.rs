//! What screens read: plain values made from the state, without sentences.
//!
//! Components need not understand the core; they draw these. A view that is equal to the one
//! before needs no drawing.

#[cfg(feature = "agent")]
mod answers;
mod attachment;
mod banner;
pub(crate) mod composer;
#[cfg(feature = "agent")]
mod desk;
mod form;
#[cfg(feature = "agent")]
mod information;
mod links;
#[cfg(feature = "agent")]
mod mentions;
mod question;
#[cfg(feature = "agent")]
mod roster;
mod row;
mod rows;
#[cfg(test)]
mod tests;
mod timeline;

pub use crate::composer::FileProblem;
#[cfg(feature = "agent")]
pub use crate::desk::{DeskNotice, NoticeKind};
pub use crate::timeline::Found;
#[cfg(feature = "agent")]
pub use answers::AnswersView;
pub use attachment::{AttachmentView, FileState};
pub use banner::BannerView;
#[cfg(feature = "agent")]
pub use composer::NotesView;
pub use composer::{AimView, ComposerView};
#[cfg(feature = "agent")]
pub use desk::{DeskView, OfferAnswer, OfferView, OwnStateView};
pub use form::{FieldView, FormView};
#[cfg(feature = "agent")]
pub use information::{
    FilesView, HistoryView, InformationView, SharedFileView, SharedNotesState, SharedNotesView,
};
pub(crate) use links::may_link;
#[cfg(feature = "agent")]
pub use mentions::MentionsView;
pub use question::{AnswerState, AnswerView, QuestionView};
#[cfg(feature = "agent")]
pub use roster::{RosterGroup, RosterHeading, RosterPhase, RosterRow, RosterView};
#[cfg(feature = "agent")]
pub use row::NoteView;
pub use row::{Actions, DeliveryState, Grouping, MessageRow, QuoteView, Row, RowContent, Segment};
pub use timeline::{LoadPhase, Restart, TimelineView, WaitingView};

//! What the information panel shows of the open conversation, its row apart.

use protocol::agent::{SessionExpertise, SessionStanding, SharedFile, SharedNotes};
use protocol::error::ErrorCode;
use protocol::session::SessionAction;

use super::AnswersView;
use crate::composer::scalars_left;
use crate::state::State;

/// The panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InformationView {
    /// What the visitor told a chatbot or a form.
    pub answers: AnswersView,
    /// The shared notes, where the backend keeps any.
    pub shared_notes: Option<SharedNotesView>,
    /// Where the latest session stands and what the agent can do about it, where that is told.
    pub standing: Option<SessionStanding>,
    /// The expertise that is wanted, where that can be chosen.
    pub expertise: Option<SessionExpertise>,
    /// The files, once they were asked for and are there.
    pub files: Option<FilesView>,
}

/// The shared notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedNotesView {
    /// What stands there.
    pub text: String,
    /// How far it is saved.
    pub state: SharedNotesState,
    /// Whether words of somebody else came among own ones.
    pub merged: bool,
    /// How many more characters fit; fewer than none when it is too long.
    pub left: i64,
    /// The version it goes on from: who wrote it, and when.
    pub version: SharedNotes,
    /// Earlier versions, while they are looked at.
    pub history: Option<HistoryView>,
}

/// How far shared notes are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedNotesState {
    /// Nothing was ever written.
    Empty,
    /// The server has all of it.
    Saved,
    /// It is on its way.
    Saving,
    /// It is kept on this device until there is a connection.
    Kept,
    /// The server does not take it as it stands; it is kept on this device.
    Refused(ErrorCode),
}

impl SharedNotesState {
    /// The word for `data-state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::Kept => "kept",
            Self::Refused(_) => "refused",
        }
    }
}

/// Earlier versions of shared notes, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryView {
    /// The versions.
    pub versions: Vec<SharedNotes>,
    /// Whether there are still earlier ones.
    pub has_more: bool,
    /// Whether some are on their way.
    pub loading: bool,
}

/// The files of the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesView {
    /// The files, those of the newest message first.
    pub files: Vec<SharedFileView>,
    /// Whether there are still earlier ones.
    pub has_more: bool,
    /// Whether some are on their way.
    pub loading: bool,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFileView {
    /// What is known of it.
    pub file: SharedFile,
    /// Where its bytes are: an address, or a path below the backend's base address.
    pub url: Option<String>,
}

impl InformationView {
    /// Whether the agent can do this about the latest session now. Nothing can be done where the
    /// backend does not tell.
    pub fn can(&self, action: SessionAction) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| {
            let mut actions = standing.actions.iter();
            actions.any(|told| told.action == action && told.obstacle.is_none())
        })
    }

    pub(crate) fn of(state: &State) -> Self {
        let timeline = state.timelines.shown();
        Self {
            answers: AnswersView::of(state),
            shared_notes: shared_notes(state),
            standing: timeline.and_then(|timeline| timeline.standing.clone()),
            expertise: timeline.and_then(|timeline| timeline.expertise.clone()),
            files: files(state),
        }
    }
}

fn shared_notes(state: &State) -> Option<SharedNotesView> {
    let id = state.timelines.shown_id()?;
    let pad = state.shared_notes.get(id)?;
    let limits = &state.session.limits;
    let now = match pad.problem(limits) {
        Some(code) => SharedNotesState::Refused(code),
        None if !pad.is_unsaved() && pad.base.version == 0 => SharedNotesState::Empty,
        None if !pad.is_unsaved() => SharedNotesState::Saved,
        None if state.connection.is_online() => SharedNotesState::Saving,
        None => SharedNotesState::Kept,
    };
    Some(SharedNotesView {
        text: pad.text.clone(),
        state: now,
        merged: pad.merged,
        left: scalars_left(&pad.text, limits),
        version: pad.base.clone(),
        history: pad.history.as_ref().map(|history| HistoryView {
            versions: history.versions.clone(),
            has_more: history.has_more,
            loading: history.ask.is_some(),
        }),
    })
}

fn files(state: &State) -> Option<FilesView> {
    let files = state.timelines.shown()?.files.as_ref()?;
    let list = files.list.iter().map(|file| SharedFileView {
        url: state
            .links
            .get(&file.attachment.id)
            .map(|link| link.url.clone()),
        file: file.clone(),
    });
    Some(FilesView {
        files: list.collect(),
        has_more: files.has_more,
        loading: files.wanted,
    })
}

//! The composer: what is in it, and whether it can go.

#[cfg(feature = "agent")]
use protocol::agent::Team;
#[cfg(feature = "agent")]
use protocol::author::AgentRef;
use protocol::chatbot::QuestionInput;
use protocol::error::ErrorCode;
#[cfg(feature = "agent")]
use protocol::ids::ConversationId;
use protocol::message::Quote;
use protocol::seq::Position;
use protocol::version::Capability;

use super::row::QuoteView;
use super::rows::quoted;
use crate::chatbot::newest_open;
use crate::composer::{FileProblem, scalars_left};
#[cfg(feature = "agent")]
use crate::composer::{Mode, Place};
use crate::event::LocalFile;
use crate::side::Party;
use crate::state::State;
use crate::update::is_locked;

/// What the composer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComposerView {
    /// The text. The input shows this; it empties because this does.
    pub draft: String,
    /// Grows whenever the core changed the draft by itself (sent, restored, other conversation),
    /// so that the input is overwritten then and only then.
    pub revision: u32,
    /// Whether "Send" would send.
    pub can_send: bool,
    /// Characters left; only when few are, negative when there are too many.
    pub remaining: Option<i32>,
    /// Why the last "Send" was refused; the text is still there.
    pub problem: Option<ErrorCode>,
    /// The files that will go with it.
    pub files: Vec<LocalFile>,
    /// Why files that were chosen last are not among them.
    pub refused: Option<FileProblem>,
    /// Whether files can be chosen here.
    pub can_attach: bool,
    /// What the text is for, when it is no new message.
    pub aim: Option<AimView>,
    /// How long a recording made here may be, in milliseconds, where one may be made.
    pub recordable_ms: Option<u32>,
    /// Nothing can be written before a button of the chatbot's question was pressed.
    pub is_locked: bool,
    /// What the chatbot wants to be told, as a help for keyboards on screens.
    pub wanted: Option<QuestionInput>,
    /// Replies and private notes.
    #[cfg(feature = "agent")]
    pub notes: NotesView,
}

/// What a text is for, when it is no new message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AimView {
    /// Whether it is another text for the message; else it answers it.
    pub edits: bool,
    /// The message.
    pub quote: QuoteView,
}

/// What an agent may write beside replies.
#[cfg(feature = "agent")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotesView {
    /// Whether the backend keeps notes.
    pub offered: bool,
    /// In which conversation something is written now.
    pub conversation: Option<ConversationId>,
    /// What is written now.
    pub mode: Mode,
    /// Whether a draft waits in the other mode.
    pub has_other_draft: bool,
    /// Who may be mentioned, by name.
    pub colleagues: Vec<AgentRef>,
    /// Which teams may be, by name.
    pub teams: Vec<Team>,
}

#[cfg(feature = "agent")]
impl NotesView {
    fn of(state: &State) -> Self {
        let me = state.session.me.as_ref().map(|me| &me.id);
        let shown = state.timelines.shown();
        let colleagues = shown.map(|it| it.colleagues.iter());
        let others = colleagues.into_iter().flatten();
        let mut others: Vec<_> = others
            .filter(|agent| Some(&agent.id) != me)
            .cloned()
            .collect();
        others.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            offered: state.party() == Party::Agent && state.session.offers(Capability::Notes),
            conversation: state.composer.place().conversation,
            mode: state.composer.mode(),
            has_other_draft: state.composer.has_other_draft(),
            colleagues: others,
            teams: shown.map(|it| it.teams.clone()).unwrap_or_default(),
        }
    }
}

#[cfg(feature = "agent")]
impl ComposerView {
    /// Where something is written now.
    pub fn place(&self) -> Place {
        Place {
            conversation: self.notes.conversation.clone(),
            mode: self.notes.mode,
        }
    }
}

/// Room that is small enough to be told.
const FEW: i64 = 200;

impl ComposerView {
    pub(crate) fn of(state: &State) -> Self {
        let draft = state.composer.draft();
        let limits = &state.session.limits;
        let question = newest_open(state);
        // Counting is needed only near the limit: no text has more characters than bytes.
        let few_left = draft.len() as i64 + FEW >= i64::from(limits.text_scalars);
        let remaining = few_left
            .then(|| scalars_left(draft, limits))
            .filter(|left| *left <= FEW)
            .map(|left| left.max(i64::from(i32::MIN)) as i32);
        Self {
            draft: draft.to_owned(),
            revision: state.composer.revision,
            can_send: can_send(state, draft),
            remaining,
            problem: state.composer.problem,
            files: state.composer.files(),
            refused: state.composer.refused.clone(),
            can_attach: can_attach(state),
            aim: if state.is_complete() {
                aim(state)
            } else {
                None
            },
            recordable_ms: limits
                .voice_ms
                .filter(|_| can_attach(state) && state.session.offers(Capability::Voice)),
            is_locked: question.is_some_and(|question| question.locked),
            wanted: question.map(|question| question.input),
            #[cfg(feature = "agent")]
            notes: NotesView::of(state),
        }
    }
}

/// What the text is for. Entered from outside.
#[inline(never)]
fn aim(state: &State) -> Option<AimView> {
    let aim = state.composer.aim()?;
    let edits = aim.text.is_some();
    let held = state
        .timelines
        .shown()
        .and_then(|it| it.quote(&aim.message));
    // Also when the message is not held any more it has to be told what is written.
    let quote = held.unwrap_or_else(|| Quote {
        message: aim.message.clone(),
        position: Position::default(),
        author: state.session.author().0,
        text: String::new(),
        attachment: None,
        deleted: !edits,
    });
    Some(AimView {
        edits,
        quote: quoted(state, quote),
    })
}

fn can_send(state: &State, draft: &str) -> bool {
    can_write(state)
        && state
            .composer
            .problem_of(draft, &state.session.limits)
            .is_none()
}

/// Whether files may be chosen for what is being written.
pub(crate) fn can_attach(state: &State) -> bool {
    can_write(state) && !state.composer.is_editing() && state.session.offers(Capability::Files)
}

fn can_write(state: &State) -> bool {
    (state.party() == Party::Visitor || state.timelines.shown_id().is_some()) && !is_locked(state)
}

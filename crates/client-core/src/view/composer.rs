//! The composer: what is in it, and whether it can go.

use protocol::error::ErrorCode;

use crate::composer::{problem_of, scalars_left};
use crate::side::Party;
use crate::state::State;

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
}

/// Room that is small enough to be told.
const FEW: i64 = 200;

impl ComposerView {
    pub(crate) fn of(state: &State) -> Self {
        let draft = state.composer.draft();
        let limits = &state.session.limits;
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
        }
    }
}

fn can_send(state: &State, draft: &str) -> bool {
    (state.party() == Party::Visitor || state.timelines.shown_id().is_some())
        && problem_of(draft, &state.session.limits).is_none()
}

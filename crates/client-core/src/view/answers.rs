//! What the visitor of the open conversation told a chatbot or a form (mission P9).

use protocol::agent::GivenAnswer;

use crate::state::State;

/// Answers with their questions, in the order they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersView {
    /// Those of the latest round.
    pub latest: Vec<GivenAnswer>,
    /// Those given before the chatbot was last restarted.
    pub earlier: Vec<GivenAnswer>,
}

impl AnswersView {
    pub(crate) fn of(state: &State) -> Self {
        let given = state.timelines.shown().map(|timeline| &timeline.answers);
        let round = given.and_then(|given| given.iter().map(|answer| answer.round).max());
        let (latest, earlier) = given
            .into_iter()
            .flatten()
            .cloned()
            .partition(|answer| Some(answer.round) == round);
        Self { latest, earlier }
    }
}

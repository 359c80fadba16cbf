//! Questions on screen, in the greeting or in the conversation.

use protocol::chatbot::Question;
use protocol::ids::MessageId;

use crate::side::Party;
use crate::state::State;

/// All questions on screen with the messages that ask them, newest first.
fn all(state: &State) -> impl Iterator<Item = (&MessageId, &Question)> {
    let held = state.timelines.shown().into_iter();
    let held = held.flat_map(|timeline| timeline.held.iter().rev());
    let held = held.filter_map(|held| Some((&held.message.id, held.message.question.as_ref()?)));
    let greeted = state.greeting.shown().rev();
    held.chain(greeted.filter_map(|(message, _)| Some((&message.id, message.question.as_ref()?))))
}

/// The question a message asks.
pub(crate) fn find<'a>(state: &'a State, message: &MessageId) -> Option<&'a Question> {
    all(state)
        .find(|(asking, _)| *asking == message)
        .map(|(_, question)| question)
}

/// The question that waits for this visitor's answer.
pub(crate) fn newest_open(state: &State) -> Option<&Question> {
    if state.party() != Party::Visitor {
        return None;
    }
    all(state)
        .find(|(asking, question)| question.open && !state.outbox.has_answered(asking))
        .map(|(_, question)| question)
}

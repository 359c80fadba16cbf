//! What a list needs once there is a conversation in it. It is code of the second module: it comes
//! in by [`start`] alone.

use super::drawn::Drawn;
use super::restart;
use crate::chat::{FOR_VISITORS, MeSide, row_actions, viewer};
use crate::dom::El;

/// Lets something be done about messages, their files be opened, the chatbot begin again, and
/// what is far away be left out.
#[inline(never)]
pub(super) fn start(log: &El, content: &El, drawn: &Drawn) {
    row_actions::start(log);
    viewer::start(log);
    if FOR_VISITORS && drawn.me_side == MeSide::Visitor {
        restart::start(content);
    }
    drawn.may_leave_out.set(true);
}

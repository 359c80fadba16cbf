//! Which attachments need an address now: those of the conversation on screen, while somebody
//! can look at it.

use protocol::attachment::LinkAttachments;
use protocol::ids::AttachmentId;
use protocol::time::Timestamp;
use protocol::version::Capability;

use crate::connection::queries::Query;
use crate::outgoing::Shared;
use crate::state::State;
use crate::turn::Turn;

/// Asks for what is due. Call it while connected.
pub(super) fn ask(state: &mut State, turn: &mut Turn) {
    if state.links.is_asking() || state.queries.is_paused(turn.now) {
        return;
    }
    let now = turn.now.plus(state.session.server_ahead_ms);
    let mut wanted: Vec<AttachmentId> = Vec::new();
    each(state, &mut |id, due| {
        if due <= now && !wanted.contains(id) {
            wanted.push(id.clone());
        }
    });
    if wanted.is_empty() {
        return;
    }
    let attachments = state.links.ask(wanted);
    turn.send(
        LinkAttachments {
            reference: state.queries.ask(Query::Links),
            attachments,
        }
        .by(state.party()),
    );
}

/// When an address has to be asked for again, by this device's clock.
pub(super) fn next_due(state: &State, now: Timestamp) -> Option<Timestamp> {
    let mut soonest: Option<Timestamp> = None;
    each(state, &mut |_, due| {
        let due = due.plus(-state.session.server_ahead_ms);
        // What is due already was asked for, or waits for what is.
        if due > now && soonest.is_none_or(|soonest| due < soonest) {
            soonest = Some(due);
        }
    });
    soonest
}

/// Visits the attachments on screen, with the time when their addresses are due.
#[inline(never)]
fn each(state: &State, visit: &mut dyn FnMut(&AttachmentId, Timestamp)) {
    if !state.receipts.is_page_shown() || !state.session.offers(Capability::Files) {
        return;
    }
    let mut see = |id: &AttachmentId| {
        if let Some(due) = state.links.due(id) {
            visit(id, due);
        }
    };
    if let Some(timeline) = state.timelines.shown() {
        // The newest first: there one looks.
        for held in timeline.held.iter().rev() {
            for attachment in &held.message.attachments {
                see(&attachment.id);
            }
        }
    }
    #[cfg(feature = "agent")]
    if let Some(timeline) = state.timelines.shown()
        && let Some(files) = &timeline.files
    {
        for file in &files.list {
            see(&file.attachment.id);
        }
    }
    for id in state.outbox.finished_files() {
        see(id);
    }
}

//! Private notes: from the composer into the outbox, from the feeds onto the screen, and which
//! mentions the agent has seen.

use protocol::agent::{
    AgentCommand, MOST_MENTIONS, Mention, MentionChanged, NotePosted, SeeMentions,
};
use protocol::author::AgentRef;
use protocol::ids::AgentId;
use protocol::version::Capability;

use super::entries::{admit, key_for, told};
use super::intents;
use crate::composer::{Mode, Place};
use crate::effect::{Alert, Slice};
use crate::event::LocalFile;
use crate::mentions::{Mentioned, found};
use crate::outbox::errands::Purpose;
use crate::outbox::{Entry, Extras};
use crate::outgoing::Outgoing;
use crate::side::Party;
use crate::state::State;
use crate::turn::Turn;

/// The agent writes something else. What they were typing before is over.
pub(super) fn choose_mode(state: &mut State, mode: Mode, turn: &mut Turn) {
    if state.party() != Party::Agent
        || (mode == Mode::Note && !state.session.offers(Capability::Notes))
    {
        return;
    }
    intents::stop_typing(state, turn);
    state.composer.choose_mode(mode, turn);
    turn.render(Slice::Roster);
}

/// What goes with a text that is about to be sent: that it is a note, if it is one.
pub(super) fn extras(state: &State, text: &str) -> Extras {
    let note = (state.composer.mode() == Mode::Note).then(|| mentioned(state, text));
    Extras {
        note,
        ..Extras::default()
    }
}

/// Whom a note of the open conversation mentions.
pub(super) fn mentioned(state: &State, text: &str) -> Mentioned {
    let Some(timeline) = state.timelines.shown() else {
        return Mentioned::default();
    };
    let mut mentioned = found(text, &timeline.colleagues, &timeline.teams);
    mentioned.truncate(MOST_MENTIONS);
    mentioned
}

/// Files were chosen for a place that may have left the screen while one chose.
pub(super) fn attach_to(state: &mut State, place: &Place, files: Vec<LocalFile>, turn: &mut Turn) {
    if place.conversation.is_some() && state.session.offers(Capability::Files) {
        state
            .composer
            .attach(place, files, &state.session.limits, turn);
    } else {
        intents::forget(files, turn);
    }
}

/// Sends a recording from the place it was made for, as what is written there.
pub(super) fn post_from(state: &mut State, place: Place, extras: Extras, turn: &mut Turn) {
    let note = (place.mode == Mode::Note).then(Mentioned::default);
    let extras = Extras { note, ..extras };
    let to = place.conversation;
    state.outbox.push(String::new(), to, extras, None, turn);
    intents::posted(state, turn);
    turn.render(Slice::Composer);
}

/// A failed message or note was given up: its text goes back to where it was written.
pub(super) fn put_back(state: &mut State, entry: Entry, turn: &mut Turn) {
    let mode = match entry.extras.note {
        Some(_) => Mode::Note,
        None => Mode::Reply,
    };
    let of = entry.conversation.as_ref();
    state.composer.put_back_as(mode, of, entry.text, turn);
    turn.render(Slice::Roster);
}

/// The agents of these ids, by the names they have in a conversation.
pub(super) fn named(colleagues: &[AgentRef], ids: &[AgentId]) -> Vec<AgentRef> {
    let name = |id: &AgentId| {
        let known = colleagues.iter().find(|agent| agent.id == *id);
        known.cloned().unwrap_or_else(|| AgentRef {
            id: id.clone(),
            name: id.as_str().to_owned(),
        })
    };
    ids.iter().map(name).collect()
}

pub(super) fn note_posted(state: &mut State, entry: NotePosted, turn: &mut Turn) {
    let Some(live) = admit(state, &entry.feed, entry.seq, turn) else {
        return;
    };
    let note = entry.note;
    let of = (&note.conversation, &note.id, note.position, note.posted_at);
    super::information::files_of(state, of, &note.author, &note.attachments, true, turn);
    state.typing.ended(&note.conversation, &note.author, turn);
    let own = state.session.is_own(&note.author);
    let alert = (live && !own).then(|| Alert::NoteArrived {
        author: note.author.name.clone(),
        text: told(&note.text, &note.attachments),
        attachment: note.attachments.first().map(|file| file.kind),
    });
    let outbox = &mut state.outbox;
    let Some(timeline) = state.timelines.get_mut(&note.conversation) else {
        return;
    };
    let is_new = timeline.noted(note, &mut |message| key_for(outbox, message, turn));
    if let Some(alert) = alert
        && is_new
    {
        turn.alert(alert);
    }
    turn.render(Slice::Composer);
    turn.render(Slice::Timeline);
}

/// A note mentions the agent, or one that does was seen on another screen. They are alerted
/// unless the conversation is before their eyes.
pub(super) fn mention_changed(state: &mut State, entry: MentionChanged, turn: &mut Turn) {
    let Some(live) = admit(state, &entry.feed, entry.seq, turn) else {
        return;
    };
    let mention = entry.mention;
    let is_news = state.mentions.change(mention.clone()) && live;
    if state.timelines.shown_id() == Some(&mention.conversation) {
        // The note's row tells through which team it mentions the agent.
        turn.render(Slice::Timeline);
    }
    if is_news && !is_before_eyes(state, &mention) {
        turn.alert(Alert::Mentioned(Box::new(mention)));
    }
    turn.render(Slice::Roster);
}

/// A full copy came with the list.
pub(super) fn mentions_listed(state: &mut State, copy: Option<Vec<Mention>>) {
    if let Some(copy) = copy {
        state.mentions.list(copy);
    }
}

fn is_before_eyes(state: &State, mention: &Mention) -> bool {
    state.timelines.shown_id() == Some(&mention.conversation) && state.receipts.is_page_shown()
}

/// Mentions in the conversation before the agent's eyes are seen.
pub(super) fn look(state: &mut State, turn: &mut Turn) {
    let is_shown = state.receipts.is_page_shown();
    let Some(timeline) = state.timelines.shown().filter(|it| it.loaded && is_shown) else {
        return;
    };
    let conversation = timeline.id.clone();
    let Some(up_to) = state.mentions.look_at(&conversation) else {
        return;
    };
    let client_id = turn.client_id();
    let order = SeeMentions {
        client_id: client_id.clone(),
        conversation,
        up_to,
    };
    let frame = Outgoing::Agent(AgentCommand::SeeMentions(order));
    state.errands.add(client_id, Purpose::Mentions, frame);
    turn.render(Slice::Roster);
}

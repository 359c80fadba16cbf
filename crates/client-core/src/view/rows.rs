//! Rows of the message list: messages by position, then what is not posted yet, with lines where
//! a day begins and where the unread part begins.
//!
//! Invariant: every key is unique and belongs to one thing for as long as it is shown.

use protocol::author::Author;
use protocol::chatbot::Question;
use protocol::digits::digits;
use protocol::error::ErrorCode;
#[cfg(feature = "agent")]
use protocol::ids::AgentId;
use protocol::ids::MessageId;
use protocol::message::{MessageKind, Quote, SystemEvent, SystemEventKind};
use protocol::receipt::Reached;
use protocol::time::Timestamp;

use super::attachment::{AttachmentView, posted, queued};
use super::links;
use super::question::QuestionView;
#[cfg(feature = "agent")]
use super::row::NoteView;
use super::row::{
    Actions, DeliveryState, Grouping, MessageRow, QuoteView, Row, RowContent, Segment,
};
use crate::outbox::{Entry, EntryState};
use crate::receipts::state_of;
use crate::side::{FOR_VISITORS, Party};
use crate::state::State;
use crate::timeline::Timeline;
use crate::timeline::order::Held;
use crate::update::{changeable_until, is_quotable};

/// Longest pause within a run of messages of one writer.
const RUN_MS: i64 = 5 * 60_000;
const DAY_MS: i64 = 24 * 60 * 60_000;

pub(super) fn rows(state: &State) -> Vec<Row> {
    let party = state.party();
    let mut list = List {
        offset_ms: i64::from(state.session.utc_offset_minutes) * 60_000,
        day: None,
        rows: Vec::new(),
    };
    let shown = state.timelines.shown();
    greet(state, &mut list);
    if let Some(timeline) = shown.filter(|_| state.is_complete()) {
        messages(state, timeline, &mut list);
    }
    let shown_id = state.timelines.shown_id();
    let writes = party == Party::Visitor || shown_id.is_some();
    for entry in state.outbox.shown_in(party, shown_id).filter(|_| writes) {
        list.day(written_at(state, entry));
        list.push(entry.key.clone(), echo(state, entry));
    }
    group(&mut list.rows);
    list.rows
}

/// The messages of a conversation. Entered from outside.
#[inline(never)]
fn messages(state: &State, timeline: &Timeline, list: &mut List) {
    let mut divider = timeline.divider;
    for held in &timeline.held {
        if let Some(after) = divider
            && held.position() > after
            && state.party().counts_as_unread(&held.message)
        {
            divider = None;
            list.day(held.message.posted_at);
            list.push("unread".to_owned(), RowContent::UnreadDivider);
        }
        list.day(held.message.posted_at);
        list.push(held.key.clone(), content(state, held, timeline.receipts));
    }
}

struct List {
    offset_ms: i64,
    day: Option<i64>,
    rows: Vec<Row>,
}

impl List {
    fn push(&mut self, key: String, content: RowContent) {
        self.rows.push(Row { key, content });
    }

    /// Draws a line if a later day begins with this instant. Clocks of senders and servers
    /// differ a little; the line never goes back.
    fn day(&mut self, at: Timestamp) {
        let day = at.0.saturating_add(self.offset_ms).div_euclid(DAY_MS);
        if self.day.is_none_or(|last| last < day) {
            self.day = Some(day);
            let mut key = String::from("day-");
            if day < 0 {
                key.push('-');
            }
            key.push_str(&digits(day.unsigned_abs()));
            self.push(key, RowContent::Day { at });
        }
    }
}

fn content(state: &State, held: &Held, receipts: protocol::receipt::Receipts) -> RowContent {
    let message = &held.message;
    if message.kind == MessageKind::System {
        return RowContent::System {
            event: message.event.clone().unwrap_or(SystemEvent {
                kind: SystemEventKind::Unknown,
                agent: None,
            }),
            at: message.posted_at,
        };
    }
    let own = state.session.is_own(&message.author);
    #[cfg(feature = "agent")]
    let mentions = state
        .timelines
        .shown()
        .and_then(|it| it.notes.get(&message.id));
    let mut row = MessageRow {
        kind: message.kind,
        author: message.author.clone(),
        own,
        segments: segments(state, &message.text),
        at: message.posted_at,
        grouping: Grouping::Single,
        state: own.then(|| state_of(held.position(), other_side(state, receipts))),
        problem: None,
        attachments: posted(state, &message.attachments),
        can_cancel: false,
        quote: quote(state, message.reply_to.clone()),
        edited: message.revision.is_some(),
        deleted: message.is_deleted(),
        actions: actions(state, held),
        question: asked(state, &message.id, message.question.as_ref()),
        #[cfg(feature = "agent")]
        note: None,
    };
    if row.deleted {
        row.state = None;
    }
    if let Some(entry) = state.outbox.change_of(&message.id) {
        change(state, &mut row, entry);
    }
    #[cfg(feature = "agent")]
    if let Some(mentions) = mentions {
        if row.state.is_some_and(is_delivery) {
            row.state = Some(DeliveryState::Sent);
        }
        row.note = Some(note(
            state,
            Some(&message.id),
            mentions.iter().map(|agent| &agent.id),
        ));
    }
    RowContent::Message(Box::new(row))
}

/// What can be done about a message.
fn actions(state: &State, held: &Held) -> Actions {
    #[cfg(feature = "agent")]
    let earlier = state.timelines.shown().and_then(|timeline| {
        let mut shown = timeline.histories.iter();
        let (_, texts) = shown.find(|(of, _)| *of == held.message.id)?;
        Some(texts.clone())
    });
    Actions {
        reply: is_quotable(state, held),
        change_until: changeable_until(state, held),
        #[cfg(feature = "agent")]
        link: Some(held.message.id.clone()),
        #[cfg(feature = "agent")]
        history: held.message.revision.is_some(),
        #[cfg(feature = "agent")]
        earlier,
    }
}

/// Shows a change that the server has not taken yet. A deletion that failed has changed nothing.
fn change(state: &State, row: &mut MessageRow, entry: &Entry) {
    let deletes = matches!(&entry.extras.change, Some(change) if change.deletes);
    if row.deleted && !entry.has_failed() {
        return;
    }
    (row.state, row.problem) = progress(entry);
    if row.deleted {
        // It was deleted elsewhere; the text that came too late can be had back.
    } else if !deletes {
        row.segments = segments(state, &entry.text);
        row.edited = true;
    } else if !entry.has_failed() {
        row.segments = segments(state, "");
        row.deleted = true;
        row.attachments = Vec::new();
        row.question = None;
        row.quote = None;
        row.actions = Actions::default();
    }
}

fn quote(state: &State, quote: Option<Quote>) -> Option<Box<QuoteView>> {
    Some(Box::new(quoted(state, quote?)))
}

/// A quote as screens read it.
pub(super) fn quoted(state: &State, quote: Quote) -> QuoteView {
    QuoteView {
        own: state.session.is_own(&quote.author),
        message: quote.message,
        author: quote.author,
        text: quote.text,
        attachment: quote.attachment,
        deleted: quote.deleted,
    }
}

/// Whether it tells how far the other side is.
#[cfg(feature = "agent")]
fn is_delivery(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read
    )
}

/// A note that mentions these agents; it has an id once it is posted.
#[cfg(feature = "agent")]
fn note<'a>(
    state: &State,
    id: Option<&MessageId>,
    mut mentions: impl Iterator<Item = &'a AgentId>,
) -> NoteView {
    let me = state.session.me.as_ref().map(|me| &me.id);
    let mentions_me = mentions.any(|agent| Some(agent) == me);
    let through = id.filter(|_| mentions_me);
    let through = through.and_then(|id| state.mentions.through(id));
    NoteView {
        mentions_me,
        team: through.map(|team| team.name.clone()),
    }
}

fn asked(
    state: &State,
    message: &MessageId,
    question: Option<&Question>,
) -> Option<Box<QuestionView>> {
    QuestionView::of(state, message, question?).map(Box::new)
}

/// What the chatbot greets with, until the conversation that begins with it is there.
fn greet(state: &State, list: &mut List) {
    if !FOR_VISITORS {
        return;
    }
    let author = state.greeting.author();
    for (message, shown_at) in state.greeting.shown() {
        let at = shown_at.plus(state.session.server_ahead_ms);
        list.day(at);
        let row = MessageRow {
            kind: MessageKind::Automated,
            author: author.clone(),
            own: false,
            segments: segments(state, &message.text),
            at,
            grouping: Grouping::Single,
            state: None,
            problem: None,
            attachments: Vec::new(),
            can_cancel: false,
            quote: None,
            edited: false,
            deleted: false,
            actions: Actions::default(),
            question: asked(state, &message.id, message.question.as_ref()),
            #[cfg(feature = "agent")]
            note: None,
        };
        list.push(
            message.id.as_str().to_owned(),
            RowContent::Message(Box::new(row)),
        );
    }
}

fn other_side(state: &State, receipts: protocol::receipt::Receipts) -> Reached {
    match state.party() {
        Party::Visitor => receipts.agents,
        #[cfg(feature = "agent")]
        Party::Agent => receipts.visitor,
    }
}

fn echo(state: &State, entry: &Entry) -> RowContent {
    let (author, kind) = state.session.author();
    let (delivery, problem) = progress(entry);
    let mut row = MessageRow {
        kind,
        author,
        own: true,
        segments: segments(state, &entry.text),
        at: written_at(state, entry),
        grouping: Grouping::Single,
        state: delivery,
        problem,
        attachments: Vec::new(),
        can_cancel: false,
        quote: None,
        edited: false,
        deleted: false,
        actions: Actions::default(),
        question: None,
        #[cfg(feature = "agent")]
        note: None,
    };
    if state.is_complete() {
        enrich(&mut row, state, entry);
    }
    RowContent::Message(Box::new(row))
}

/// Shows what goes with the text of a message on its way. Entered from outside.
#[inline(never)]
fn enrich(row: &mut MessageRow, state: &State, entry: &Entry) {
    row.attachments = queued(state, entry);
    let is_moving = row.attachments.iter().any(AttachmentView::is_moving);
    if entry.state == EntryState::Queued && is_moving {
        row.state = Some(DeliveryState::Uploading);
    }
    row.can_cancel = entry.can_be_cancelled();
    let quoted = entry.extras.reply_to.as_ref();
    let quoted = quoted.and_then(|id| state.timelines.shown()?.quote(id));
    row.quote = quote(state, quoted);
    #[cfg(feature = "agent")]
    if let Some(mentioned) = &entry.extras.note {
        row.kind = MessageKind::Unknown;
        row.note = Some(note(state, None, mentioned.agents.iter()));
    }
}

/// A text with its addresses; they are found by the whole program.
fn segments(state: &State, text: &str) -> Vec<Segment> {
    if state.is_complete() {
        links::segments(text)
    } else {
        vec![Segment::Text(text.to_owned())]
    }
}

/// How far an entry is, and why it failed.
fn progress(entry: &Entry) -> (Option<DeliveryState>, Option<ErrorCode>) {
    let (state, problem) = match entry.state {
        EntryState::Queued | EntryState::Paused { .. } => (DeliveryState::Queued, None),
        EntryState::InFlight { .. } => (DeliveryState::Sending, None),
        EntryState::Failed(code) => (DeliveryState::Failed, Some(code)),
        EntryState::Taken => (DeliveryState::Sent, None),
    };
    (Some(state), problem)
}

/// When an entry was written by the server's clock, by which it will be posted.
fn written_at(state: &State, entry: &Entry) -> Timestamp {
    Timestamp(entry.at).plus(state.session.server_ahead_ms)
}

/// Marks runs of one writer; any other row between two messages ends a run.
fn group(rows: &mut [Row]) {
    let joined: Vec<bool> = (1..rows.len())
        .map(|at| is_run(&rows[at - 1], &rows[at]))
        .collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let with_before = at > 0 && joined[at - 1];
        let with_after = joined.get(at).copied().unwrap_or(false);
        if let RowContent::Message(message) = &mut row.content {
            message.grouping = match (with_before, with_after) {
                (false, false) => Grouping::Single,
                (false, true) => Grouping::First,
                (true, true) => Grouping::Middle,
                (true, false) => Grouping::Last,
            };
        }
    }
}

fn is_run(before: &Row, after: &Row) -> bool {
    match (&before.content, &after.content) {
        (RowContent::Message(before), RowContent::Message(after)) => {
            #[cfg(feature = "agent")]
            if before.note.is_some() != after.note.is_some() {
                return false;
            }
            before.kind == after.kind
                && is_same(&before.author, &after.author)
                && after.at.since(before.at) <= RUN_MS
        }
        _ => false,
    }
}

fn is_same(a: &Author, b: &Author) -> bool {
    a.role == b.role && a.agent == b.agent
}

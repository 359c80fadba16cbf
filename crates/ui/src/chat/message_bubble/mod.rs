//! A message: who, what, when, how far it got, and what to do when it failed.
//!
//! The text is shown character for character (mission W5): it goes into text nodes, its own
//! direction is found by the browser, and only addresses the core has vetted become links.

mod failure;
#[cfg(feature = "agent")]
mod history;
#[cfg(feature = "agent")]
mod note;

use client_core::Intent;
use client_core::view::{DeliveryState, Grouping, MessageRow, RowContent, Segment};
use protocol::ids::AgentId;
use protocol::message::MessageKind;

use super::delivery_mark::delivery_mark;
use super::{MeSide, answers, attachment_tile, quote};
use crate::bridge::{Handle, RowSlot, use_handle};
use crate::dom::{El, Rows, watch};
use crate::i18n::{Catalogue, Key, author_name, error_sentence, use_catalogue};
#[cfg(not(feature = "agent"))]
use crate::kit::icon;
use crate::kit::{Glyph, Size, Variant, avatar, button};
use crate::second::when_here;
use crate::shown::RcShown;

/// A message as a bubble. When the row or the language changes its attributes and texts do; the
/// nodes stay.
pub(super) fn message_bubble(slot: &RowSlot, me_side: MeSide) -> El {
    let (mut bubble, catalogue) = (Bubble::new(slot, me_side), use_catalogue());
    let (root, content) = (bubble.root.clone(), slot.content.clone());
    watch(move || {
        content.with(|content| {
            if let RowContent::Message(row) = content {
                catalogue.with(|texts| bubble.show(row, texts));
            }
        });
    });
    root
}

/// The nodes of a bubble.
struct Bubble {
    /// The row's key, for what can be done about it.
    key: String,
    content: RcShown<RowContent>,
    me_side: MeSide,
    handle: Handle,
    root: El,
    author: El,
    name: El,
    text: El,
    /// What is shown in `text`: it is left alone while a reader selects from it.
    segments: Vec<Segment>,
    meta: El,
    time: El,
    bubble: El,
    more: El,
    quote: Rows,
    edited: Rows,
    #[cfg(feature = "agent")]
    history: Rows,
    files: Rows,
    cancel: Rows,
    avatar: Rows,
    robot: Rows,
    tag: Rows,
    mark: Rows,
    answers: Rows,
    failure: Rows,
}

impl Bubble {
    fn new(slot: &RowSlot, me_side: MeSide) -> Self {
        let name = El::new("bdi");
        let author = El::new("div|class=message-author|part=message-author").child(&name);
        let text = El::new("div|class=message-text|part=message-text|dir=auto");
        let time = El::new("time|class=message-time|part=message-time");
        let files = El::new("div|class=message-files|part=message-files");
        let bubble = El::new("div|class=message-bubble|part=message-bubble")
            .child(&files)
            .child(&text);
        let meta = El::new("div|class=message-meta|part=message-meta").child(&time);
        let body = El::new("div|class=message-body")
            .child(&author)
            .child(&bubble)
            .child(&meta);
        let beside = El::new("span|class=message-avatar");
        let more = El::new("button|class=message-more|part=message-more|type=button");
        more.say("⋯");
        let root = El::new("div|class=message|role=article|tabindex=-1")
            .child(&beside)
            .child(&body)
            .child(&more);
        root.set("data-key", Some(&slot.key));
        Self {
            key: slot.key.clone(),
            content: slot.content.clone(),
            me_side,
            handle: use_handle(),
            root,
            more,
            quote: Rows::new(&bubble, Some(&files)),
            edited: Rows::new(&meta, None),
            #[cfg(feature = "agent")]
            history: Rows::new(&body, None),
            segments: Vec::new(),
            bubble,
            files: Rows::new(&files, None),
            avatar: Rows::new(&beside, None),
            robot: Rows::new(&author, Some(&name)),
            tag: Rows::new(&author, None),
            mark: Rows::new(&meta, None),
            cancel: Rows::new(&meta, None),
            answers: Rows::new(&body, Some(&meta)),
            failure: Rows::new(&body, None),
            author,
            name,
            text,
            meta,
            time,
        }
    }

    fn show(&mut self, row: &MessageRow, texts: &Catalogue) {
        let name = author_name(texts, &row.author);
        let at_end = match self.me_side {
            MeSide::Visitor => row.own || row.kind == MessageKind::Visitor,
            MeSide::Agent => row.kind != MessageKind::Visitor,
        };
        let starts = matches!(row.grouping, Grouping::Single | Grouping::First);
        let ends = matches!(row.grouping, Grouping::Single | Grouping::Last);
        let automated = row.kind == MessageKind::Automated;
        // Agents see every agent's name with pointer or focus; visitors see each name once a run.
        let named = match self.me_side {
            MeSide::Visitor => !at_end && starts,
            MeSide::Agent => row.kind == MessageKind::Agent || (starts && automated),
        };
        // Every note says for itself what it is.
        #[cfg(feature = "agent")]
        let named = named || row.note.is_some();
        let root = &self.root;
        root.set("part", Some(part(row.kind)));
        root.set("aria-label", Some(&label(texts, row, &name)));
        root.set("data-kind", Some(row.kind.as_str()));
        #[cfg(feature = "agent")]
        note::mark(root, row);
        root.set("data-state", row.state.map(DeliveryState::as_str));
        root.set("data-side", Some(if at_end { "end" } else { "start" }));
        root.set("data-group", Some(group(row.grouping)));

        let pictured = self.me_side == MeSide::Visitor && !at_end && ends;
        let key = pictured.then_some(name.as_str());
        let id = row.author.agent.as_ref().map_or("", AgentId::as_str);
        self.avatar.show_one(key, || avatar(&name, id, Size::Small));
        self.author.hide(!named);
        self.name.set_text(&name);
        let robot = automated.then_some("");
        #[cfg(not(feature = "agent"))]
        self.robot.show_one(robot, || icon(Glyph::BOT));
        #[cfg(feature = "agent")]
        note::show_sign(&mut self.robot, row, robot);
        let tag = automated.then(|| texts.text(Key::COMMON_KIND_AUTOMATED_SHORT));
        #[cfg(feature = "agent")]
        let tag = note::tag(texts, row).or(tag);
        self.tag.show_one(tag.as_deref(), || {
            let place = El::new("span|class=message-tag");
            place.say(tag.as_deref().unwrap_or_default());
            place
        });
        let handle = self.handle;
        let quoted = row.quote.as_deref();
        let quoted_key = quoted.map(|quoted| quote::key(texts, quoted));
        self.quote.show_one(quoted_key.as_deref(), || {
            let place = El::new("button|class=message-quote|part=message-quote|type=button");
            if let Some(quoted) = row.quote.clone() {
                let (place, texts) = (place.clone(), use_catalogue());
                when_here(move || texts.with(|texts| quote::fill(&place, texts, &quoted, handle)));
            }
            place
        });
        root.set("data-deleted", row.deleted.then_some(""));
        self.more
            .set("aria-label", Some(&texts.text(Key::COMMON_MESSAGE_ACTIONS)));
        let actions = &row.actions;
        self.more
            .hide(!actions.reply && actions.change_until.is_none());
        if row.deleted {
            self.segments.clear();
            self.text.set_text(&texts.text(Key::COMMON_MESSAGE_DELETED));
        } else if self.segments != row.segments {
            self.text.set_text("");
            row.segments
                .iter()
                .for_each(|segment| write(&self.text, segment));
            self.segments.clone_from(&row.segments);
        }
        let has_files = !row.attachments.is_empty();
        let is_wordless = has_files
            && !row.deleted
            && matches!(&row.segments[..], [Segment::Text(text)] if text.is_empty());
        self.text.hide(is_wordless);
        self.bubble.set("data-files", has_files.then_some(""));
        attachment_tile::show(&mut self.files, &self.content, &row.attachments);
        let mark = row.state.filter(|state| {
            ends || !matches!(
                state,
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read
            )
        });
        self.meta.hide(!ends && mark.is_none() && !row.edited);
        self.time.set("title", Some(&texts.moment(row.at)));
        self.time.set_text(&texts.time(row.at));
        self.mark.show_one(mark.map(DeliveryState::as_str), || {
            delivery_mark(mark.unwrap_or(DeliveryState::Sent))
        });
        let key = &self.key;
        let edited = row.edited.then(|| texts.text(Key::COMMON_MESSAGE_EDITED));
        #[cfg(not(feature = "agent"))]
        self.edited.show_one(edited.as_deref(), || {
            let mark = El::new("span|class=message-edited|part=message-edited");
            mark.say(edited.as_deref().unwrap_or_default());
            mark
        });
        #[cfg(feature = "agent")]
        history::show(&mut self.edited, &mut self.history, row, key, edited, texts);
        self.cancel
            .show_one(row.can_cancel.then_some(""), || cancel(key, handle));
        let (question, me_side) = (row.question.as_deref(), self.me_side);
        let asked = answers::name(question, me_side);
        let content = &self.content;
        self.answers
            .show_one(asked.as_deref(), || answers::answers(content, me_side));
        let reason = (row.state == Some(DeliveryState::Failed)).then(|| {
            row.problem
                .map_or(Key::COMMON_ERROR_UNKNOWN, error_sentence)
        });
        #[cfg(feature = "agent")]
        let reason = reason.map(|reason| note::reason(row).unwrap_or(reason));
        self.failure.show_one(reason.map(Key::name), || {
            let place = El::new("div|class=message-failure|part=message-failure");
            let (inside, key) = (place.clone(), key.clone());
            let reason = reason.unwrap_or(Key::COMMON_ERROR_UNKNOWN);
            when_here(move || failure::fill(&inside, key, handle, reason));
            place
        });
    }
}

/// What the message is, for those who hear it: kinds never differ by colour alone.
fn label(catalogue: &Catalogue, row: &MessageRow, name: &str) -> String {
    #[cfg(feature = "agent")]
    if let Some(label) = note::label(catalogue, row, name) {
        return label;
    }
    let key = match row.kind {
        _ if row.own => return catalogue.text(Key::COMMON_KIND_OWN),
        MessageKind::Automated => Key::COMMON_KIND_AUTOMATED_FROM,
        _ => Key::COMMON_KIND_FROM,
    };
    catalogue.text_with(key, &[("name", name)])
}

fn write(place: &El, segment: &Segment) {
    match segment {
        Segment::Text(text) => place.say(text),
        Segment::Link { text, href } => {
            let link = El::new(
                "a|class=message-link|part=message-link|target=_blank|\
                 rel=noopener noreferrer nofollow ugc",
            );
            link.set("href", Some(href));
            link.say(text);
            place.append(&link);
        }
    }
}

/// Takes back what waits for its files.
fn cancel(key: &str, handle: Handle) -> El {
    let key = key.to_owned();
    button(
        Key::COMMON_ACTION_CANCEL.into(),
        Variant::Quiet,
        Size::Small,
        Some(Glyph::CLOSE),
        "message-cancel",
    )
    .on("click", move |_| {
        handle.dispatch(Intent::DiscardMessage { key: key.clone() });
    })
}

fn part(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Visitor => "message message-visitor",
        MessageKind::Agent => "message message-agent",
        MessageKind::Automated => "message message-automated",
        MessageKind::System => "message message-system",
        MessageKind::Unknown => "message",
    }
}

fn group(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Single => "single",
        Grouping::First => "first",
        Grouping::Middle => "middle",
        Grouping::Last => "last",
    }
}

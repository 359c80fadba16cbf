//! The notes that mention the agent, newest first. One opens the conversation it is in; then it is
//! seen. The keys are those of the other list.
//!
//! Built from elements, not with `view!`: a list more would cost a tenth of the app's bytes.

use leptos::prelude::*;
use protocol::agent::Mention;
use protocol::ids::MessageId;
use ui::bridge::use_mirror;
use ui::dom::{El, Placed, Rows, watch};
use ui::i18n::{Current, Key, author_name, use_catalogue};
use ui::kit::{Glyph, Size, avatar, empty_state, icon};
use wasm_bindgen::JsCast as _;

use super::list::Cursor;
use super::place::{Place, use_place};
use crate::contacts::contact_name;
use crate::routes;

/// The attribute that names rows: several may lead to one conversation.
const NOTE: &str = "data-note";

/// The area.
pub(super) fn mention_list() -> Placed {
    let mentions = use_mirror().mentions;
    let names = Memo::new(move |_| {
        mentions.with(|view| {
            let notes = view.mentions.iter().map(|mention| mention.note.to_string());
            notes.collect::<Vec<_>>()
        })
    });
    let cursor = Cursor::new(names, NOTE);
    let (texts, place) = (use_catalogue(), use_place());
    let list = El::new("ul|class=list-rows|role=list");
    let panel = El::new("div|class=list-panel mention-list")
        .on("keydown", move |event| {
            cursor.take_key(event.unchecked_ref());
        })
        .child(&list);
    let mut rows = Rows::new(&list, None);
    let mut empty = Rows::new(&panel, Some(&list));
    watch(move || {
        let shown = mentions.get().mentions;
        let nothing = shown.is_empty().then_some("empty");
        empty.show_one(nothing, || {
            empty_state(
                Key::AGENT_MENTIONS_EMPTY_TITLE.into(),
                Key::AGENT_MENTIONS_EMPTY_TEXT.into(),
                Glyph::MENTION,
            )
        });
        list.hide(shown.is_empty());
        let notes = shown.iter().map(|mention| mention.note.to_string());
        rows.show(notes.collect(), &mut |at| {
            let mention = shown[at].clone();
            El::new("li").child(&row(&mention, texts, place, cursor))
        });
    });
    let title = El::new("h2|class=list-title|id=mentions-title")
        .live_text(Key::AGENT_VIEWS_MENTIONS.into());
    El::new("section|class=list|id=conversations|tabindex=-1|aria-labelledby=mentions-title")
        .child(&title)
        .child(&panel)
        .view()
}

/// A mention: who, when, where, and how the note begins.
fn row(mention: &Mention, texts: Current, place: Place, cursor: Cursor) -> El {
    let path = routes::href(&routes::mention_path(Some(&mention.conversation)));
    let note = mention.note.to_string();
    let link = El::new("a|class=list-row mention-row");
    link.set("href", Some(&path));
    link.set("data-conversation", Some(mention.conversation.as_str()));
    link.set(NOTE, Some(&note));

    let origin = El::new("bdi");
    let time = El::new("time|class=list-row-time");
    time.set("datetime", Some(&mention.posted_at.to_string()));
    let words = El::new("bdi|class=list-row-words");
    words.set_text(&mention.text);
    let new = El::new("span|class=list-row-new").live_text(Key::AGENT_MENTIONS_NEW.into());
    let author = texts.with_untracked(|texts| author_name(texts, &mention.author));
    let id = mention.author.agent.as_ref().map(ToString::to_string);

    let (about, said, at) = (mention.clone(), origin.clone(), time.clone());
    watch(move || {
        let now = place.time.get().max(about.posted_at);
        texts.with(|texts| {
            let author = author_name(texts, &about.author);
            let name = contact_name(texts, &about.contact);
            let places = [("author", author.as_str()), ("name", name.as_str())];
            said.set_text(&texts.text_with(Key::AGENT_MENTIONS_FROM, &places));
            at.set_text(&texts.relative(about.posted_at, now));
            at.set("title", Some(&texts.moment(about.posted_at)));
        });
    });
    let (mark, marked, about) = (new.clone(), link.clone(), mention.note.clone());
    watch(move || {
        let is_new = is_unseen(&about);
        mark.hide(!is_new);
        marked.set("data-unread", is_new.then_some(""));
    });
    let (at, about, stop) = (link.clone(), mention.conversation.clone(), note.clone());
    watch(move || {
        let is_open = place
            .selected
            .with(|selected| selected.as_ref() == Some(&about));
        at.set("aria-current", is_open.then_some("true"));
        at.set(
            "tabindex",
            Some(if cursor.is_at(&stop) { "0" } else { "-1" }),
        );
    });

    let first = El::new("span|class=list-row-line")
        .child(&El::new("span|class=list-row-name").child(&origin))
        .child(&time);
    let preview = El::new("span|class=list-row-preview")
        .child(&icon(Glyph::LOCK))
        .child(&words);
    let second = El::new("span|class=list-row-line")
        .child(&preview)
        .child(&new);
    let body = El::new("span|class=list-row-body")
        .child(&first)
        .child(&second);
    if let Some(team) = &mention.team {
        body.append(&through(&team.name, texts));
    }
    link.on("focus", move |_| cursor.touch(&note))
        .child(&avatar(&author, &id.unwrap_or_default(), Size::Medium))
        .child(&body)
}

/// That a note mentions the agent because they are in a team.
fn through(team: &str, texts: Current) -> El {
    let words = El::new("bdi");
    let (said, team) = (words.clone(), team.to_owned());
    watch(move || {
        let names = [("team", team.as_str())];
        texts.with(|texts| said.set_text(&texts.text_with(Key::AGENT_MENTIONS_TEAM, &names)));
    });
    El::new("span|class=mention-row-team")
        .child(&icon(Glyph::PEOPLE))
        .child(&words)
}

fn is_unseen(note: &MessageId) -> bool {
    use_mirror().mentions.with(|view| {
        let mut all = view.mentions.iter();
        all.any(|mention| mention.note == *note && !mention.seen)
    })
}

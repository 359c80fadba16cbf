//! That a message was changed, and what it said before, as agents see it: a word that opens a
//! small list, for a deleted message, too.

use client_core::Intent;
use client_core::view::MessageRow;
use protocol::agent::EarlierText;

use crate::bridge::use_handle;
use crate::dom::{El, Rows};
use crate::i18n::{Catalogue, Key};

/// Shows the word among the message's facts, and below it what was asked for.
pub(super) fn show(
    mark: &mut Rows,
    list: &mut Rows,
    row: &MessageRow,
    key: &str,
    edited: Option<String>,
    texts: &Catalogue,
) {
    let actions = &row.actions;
    let is_open = actions.earlier.is_some();
    let word = match (row.deleted, actions.history) {
        (true, true) => Some(texts.text(Key::AGENT_MESSAGE_HISTORY)),
        (true, false) => None,
        (false, _) => edited,
    };
    // The word comes anew when what it does changes.
    let mut name = word.clone();
    if let Some(name) = &mut name {
        name.push(if is_open { '-' } else { '+' });
        name.push(if actions.history { 'h' } else { ' ' });
    }
    let word = word.unwrap_or_default();
    mark.show_one(name.as_deref(), || match actions.history {
        true => opener(&word, texts, key, is_open),
        false => {
            let mark = El::new("span|class=message-edited|part=message-edited");
            mark.say(&word);
            mark
        }
    });
    let earlier = actions.earlier.as_deref();
    let name = earlier.map(|earlier| {
        let mut name = String::from(texts.tag());
        for text in earlier {
            name.push('\n');
            name.push_str(&text.text);
        }
        name
    });
    list.show_one(name.as_deref(), || {
        listed(earlier.unwrap_or_default(), texts)
    });
}

fn opener(word: &str, texts: &Catalogue, key: &str, is_open: bool) -> El {
    let opener = El::new("button|class=message-edited|part=message-edited|type=button");
    opener.set("title", Some(&texts.text(Key::AGENT_MESSAGE_HISTORY)));
    opener.set_state("aria-expanded", is_open);
    opener.say(word);
    let (handle, key) = (use_handle(), key.to_owned());
    opener.on("click", move |_| {
        handle.dispatch(Intent::ToggleHistory { key: key.clone() });
    })
}

fn listed(earlier: &[EarlierText], texts: &Catalogue) -> El {
    let list = El::new("ol|class=message-history|part=message-history");
    list.set("aria-label", Some(&texts.text(Key::AGENT_MESSAGE_HISTORY)));
    for text in earlier {
        let time = El::new("time|class=message-time");
        time.say(&texts.time(text.written_at));
        time.set("title", Some(&texts.moment(text.written_at)));
        let words = El::new("span|class=message-history-words|dir=auto");
        words.say(&text.text);
        list.append(&El::new("li").child(&time).child(&words));
    }
    list
}

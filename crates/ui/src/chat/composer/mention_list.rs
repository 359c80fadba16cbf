//! Whom a note may mention, agents and teams: a list that opens behind an `@`, steered from the field.
//!
//! Invariant: the focus stays in the field; what is chosen is typed into it as a person would.

use std::cell::RefCell;
use std::rc::Rc;

use client_core::Mode;
use client_core::view::ComposerView;
use protocol::agent::Team;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::sought::{Mentionable, matching, sought};
use crate::bridge::use_mirror;
use crate::dom::{El, Rows, listen, watch};
use crate::i18n::{Current, Key, Plural, use_catalogue};
use crate::kit::{Glyph, Size, avatar, fresh_id, icon};
use crate::shown::Shown;

/// What is open.
#[derive(Default)]
struct Open {
    found: Vec<Mentionable>,
    /// Which of them the keys are at.
    at: usize,
    /// The text in which the list was closed by hand: it stays closed until that changes.
    closed_in: Option<String>,
}

/// The list of a field. A clone is the same list.
#[derive(Clone)]
pub(super) struct MentionList {
    input: El,
    list: El,
    list_id: Rc<str>,
    told: El,
    options: Rc<RefCell<Rows>>,
    open: Rc<RefCell<Open>>,
    written: Shown<ComposerView>,
    texts: Current,
}

impl MentionList {
    /// The list, for a field in a composer.
    pub(super) fn new(composer: &El, input: &El) -> Self {
        let list_id = fresh_id("mentions");
        let list = El::new("ul|class=mentions|part=mentions|role=listbox|hidden=")
            .live("aria-label", Key::AGENT_MENTION_LIST.into());
        list.set("id", Some(&list_id));
        let told = El::new("p|class=visually-hidden|role=status|aria-live=polite");
        composer.append(&list);
        composer.append(&told);
        let mentions = Self {
            options: Rc::new(RefCell::new(Rows::new(&list, None))),
            input: input.clone(),
            list,
            list_id: list_id.into(),
            told,
            open: Rc::default(),
            written: use_mirror().composer,
            texts: use_catalogue(),
        };
        for event in ["input", "click", "keyup"] {
            let here = mentions.clone();
            listen(input.element(), event, Box::new(move |_| here.look()));
        }
        let here = mentions.clone();
        listen(input.element(), "blur", Box::new(move |_| here.close()));
        let (here, mut before) = (mentions.clone(), None);
        watch(move || {
            let is_note = here.written.with(|view| view.notes.mode == Mode::Note);
            if before.replace(is_note) == Some(is_note) {
                return;
            }
            let state = is_note.then_some("list");
            here.input.set("aria-autocomplete", state);
            here.input
                .set("aria-haspopup", is_note.then_some("listbox"));
            here.close();
        });
        mentions
    }

    /// Opens, renews or closes the list after the text or the caret changed.
    fn look(&self) {
        let text = self.input.value();
        let found = self.written.with_untracked(|view| {
            let notes = &view.notes;
            if notes.mode != Mode::Note {
                return Vec::new();
            }
            let before = before_caret(&text, self.input.selected().end);
            sought(&before).map_or_else(Vec::new, |(_, part)| matching(notes, part))
        });
        let mut open = self.open.borrow_mut();
        if open.closed_in.as_ref() == Some(&text) || found == open.found {
            return;
        }
        open.closed_in = None;
        open.at = 0;
        open.found = found;
        drop(open);
        self.show();
    }

    /// A key in the field; whether the list took it.
    pub(super) fn takes(&self, event: &KeyboardEvent) -> bool {
        let count = self.open.borrow().found.len();
        if count == 0 || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(1, count),
            "ArrowUp" => self.step(count - 1, count),
            "Enter" | "Tab" if !event.shift_key() => self.choose(),
            "Escape" => {
                self.open.borrow_mut().closed_in = Some(self.input.value());
                self.close();
            }
            _ => return false,
        }
        event.prevent_default();
        true
    }

    fn step(&self, steps: usize, count: usize) {
        {
            let mut open = self.open.borrow_mut();
            open.at = (open.at + steps) % count;
        }
        self.mark();
    }

    /// Types the whole name where its beginning stands.
    fn choose(&self) {
        let chosen = {
            let open = self.open.borrow();
            open.found.get(open.at).cloned()
        };
        self.close();
        let Some(chosen) = chosen else {
            return;
        };
        let text = self.input.value();
        let before = before_caret(&text, self.input.selected().end);
        let behind = text[before.len()..].to_owned();
        let Some((kept, _)) = sought(&before) else {
            return;
        };
        let mut written = String::from(kept);
        written.push('@');
        written.push_str(chosen.name());
        // The list must not open again for the name it has just written.
        if !behind.starts_with(char::is_whitespace) {
            written.push(' ');
        }
        let caret = u32::try_from(written.encode_utf16().count()).unwrap_or(u32::MAX);
        written.push_str(&behind);
        self.open.borrow_mut().closed_in = Some(written.clone());
        self.input.type_in(&written, caret..caret);
    }

    fn close(&self) {
        let was_open = !std::mem::take(&mut self.open.borrow_mut().found).is_empty();
        if was_open {
            self.show();
        }
    }

    fn option_id(&self, at: usize) -> String {
        format!("{}-{at}", self.list_id)
    }

    fn show(&self) {
        let found = self.open.borrow().found.clone();
        let keys = found.iter().map(Mentionable::key);
        self.options.borrow_mut().show(keys.collect(), &mut |at| {
            let here = self.clone();
            let key = found[at].key();
            // Before the field would lose the focus.
            self.option(&found[at]).on("mousedown", move |event| {
                event.prevent_default();
                {
                    let mut open = here.open.borrow_mut();
                    let at = open.found.iter().position(|one| one.key() == key);
                    open.at = at.unwrap_or_default();
                }
                here.choose();
            })
        });
        self.list.hide(found.is_empty());
        self.told.set_text(&if found.is_empty() {
            String::new()
        } else {
            let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
            self.texts
                .with_untracked(|texts| texts.count(Plural::AGENT_MENTION_FOUND, count))
        });
        self.mark();
    }

    /// An option; a team has a sign of its own, and says what it is.
    fn option(&self, one: &Mentionable) -> El {
        let option = El::new("li|class=mentions-option|role=option");
        let name = El::new("bdi|class=mentions-name");
        name.set_text(one.name());
        match one {
            Mentionable::Agent(agent) => option
                .child(&avatar(&agent.name, agent.id.as_str(), Size::Small))
                .child(&name),
            Mentionable::Team(Team { people, .. }) => {
                option.set("data-kind", Some("team"));
                let about = El::new("span|class=mentions-about");
                about.set_text(
                    &self
                        .texts
                        .with_untracked(|texts| texts.count(Plural::AGENT_MENTION_TEAM, *people)),
                );
                let words = El::new("span|class=mentions-words");
                option
                    .child(&El::new("span|class=mentions-sign").child(&icon(Glyph::PEOPLE)))
                    .child(&words.child(&name).child(&about))
            }
        }
    }

    /// Shows which option the keys are at.
    fn mark(&self) {
        let (at, is_open) = {
            let open = self.open.borrow();
            (open.at, !open.found.is_empty())
        };
        let options = self.list.element().children();
        for place in 0..options.length() {
            if let Some(option) = options.item(place) {
                let option = El::from_element(option);
                let is_at = place as usize == at;
                option.set("id", Some(&self.option_id(place as usize)));
                option.set_state("aria-selected", is_at);
                if is_at {
                    option.element().scroll_into_view_with_bool(false);
                }
            }
        }
        let id = self.option_id(at);
        let input = &self.input;
        input.set("aria-controls", is_open.then_some(&*self.list_id));
        input.set("aria-activedescendant", is_open.then_some(id.as_str()));
    }
}

/// The text before a place that is counted in UTF-16, as browsers do.
fn before_caret(text: &str, caret: u32) -> String {
    let units: Vec<u16> = text.encode_utf16().take(caret as usize).collect();
    String::from_utf16_lossy(&units)
}

/// A key in the field, as an event of any kind.
pub(super) fn takes(list: &MentionList, event: &web_sys::Event) -> bool {
    list.takes(event.unchecked_ref())
}

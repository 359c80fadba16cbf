//! Earlier versions of the shared notes: who, when, what, and the way back to one.

use client_core::Intent;
use client_core::view::{HistoryView, SharedNotesState};
use protocol::agent::SharedNotes;
use ui::bridge::{use_handle, use_mirror};
use ui::dom::{El, Rows, watch};
use ui::i18n::{Key, use_catalogue};
use ui::kit::{Size, Variant, button};

/// A button, and the versions below it while it is pressed.
#[inline(never)]
pub(super) fn history() -> El {
    let (information, handle) = (use_mirror().information, use_handle());
    let toggle = small(Key::AGENT_INFO_NOTES_HISTORY);
    let list = El::new("ol|class=shared-notes-history|role=list");
    let more = small(Key::AGENT_INFO_MORE).on("click", move |_| {
        handle.dispatch(Intent::LoadMoreNotesHistory);
    });
    let mut rows = Rows::new(&list, None);
    let (pressed, earlier) = (toggle.clone(), more.clone());
    let place = El::new("div|class=shared-notes-versions")
        .child(&toggle.on("click", move |_| {
            handle.dispatch(Intent::ShowNotesHistory(!is_shown()));
        }))
        .child(&list)
        .child(&more);
    let whole = place.clone();
    watch(move || {
        information.with(|view| {
            let shown = view.shared_notes.as_ref();
            // Where nothing was ever written there is nothing to look back at.
            whole.hide(shown.is_none_or(|notes| notes.version.version == 0));
            let shown = shown.and_then(|notes| notes.history.as_ref());
            pressed.set_state("aria-expanded", shown.is_some());
            list.hide(shown.is_none());
            let nothing = HistoryView::default();
            let history = shown.unwrap_or(&nothing);
            earlier.hide(!history.has_more);
            list.set_state("aria-busy", history.loading);
            let keys = history.versions.iter().map(|it| it.version.to_string());
            rows.show(keys.collect(), &mut |at| version(&history.versions[at]));
        });
    });
    place
}

fn small(label: Key) -> El {
    button(
        label.into(),
        Variant::Secondary,
        Size::Small,
        None,
        "button",
    )
}

fn is_shown() -> bool {
    use_mirror().information.with_untracked(|view| {
        let notes = view.shared_notes.as_ref();
        notes.is_some_and(|notes| notes.history.is_some())
    })
}

/// A version that opens.
fn version(notes: &SharedNotes) -> El {
    let (information, texts, handle) = (use_mirror().information, use_catalogue(), use_handle());
    let number = notes.version;
    let head = El::new("summary");
    let words = El::new("p|class=shared-notes-version|dir=auto");
    words.say(&notes.text);
    let back = small(Key::AGENT_INFO_NOTES_RESTORE).on("click", move |_| {
        handle.dispatch(Intent::RestoreVersion(number));
    });
    let (said, offered, about) = (head.clone(), back.clone(), notes.clone());
    watch(move || {
        let name = about.author.as_ref().map_or("", |author| &author.name);
        said.set_text(&texts.with(|texts| {
            let time = about.saved_at.map(|at| texts.stamp(at)).unwrap_or_default();
            let key = match about.restores {
                Some(_) => Key::AGENT_INFO_NOTES_RESTORED_BY,
                None => Key::AGENT_INFO_NOTES_VERSION_BY,
            };
            texts.text_with(key, &[("name", name), ("time", &time)])
        }));
        // What is not saved yet would be lost by it.
        offered.hide(information.with(|view| {
            !view.shared_notes.as_ref().is_some_and(|notes| {
                notes.state == SharedNotesState::Saved && notes.text != about.text
            })
        }));
    });
    let fold = El::new("details").child(&head).child(&words).child(&back);
    El::new("li").child(&fold)
}

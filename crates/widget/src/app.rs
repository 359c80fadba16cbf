//! The panel's whole content, and what the app tells the loader while it runs.

use std::rc::Rc;

use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::chat::drop_target;
use ui::dom::{El, watch};
use ui::i18n::{Catalogue, Current, Key, Plural};
use ui::shown::Shown;

use crate::host::Host;
use crate::panel::panel;

/// What the view is made of. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) mirror: Mirror,
    pub(crate) handle: Handle,
    pub(crate) catalogue: Current,
    /// Whether the panel is open.
    pub(crate) open: Shown<bool>,
}

/// Draws the panel's content into the loader's place for it, under the owner that is set. It stays for as
/// long as the page does. Says where messages are written.
pub(crate) fn draw(stage: Stage, host: Host) -> El {
    provide_bridge(stage.mirror, stage.handle);
    let (place, host) = (El::from_element(host.place()), Rc::new(host));
    tell_unread(stage, Rc::clone(&host));
    let (content, input) = panel(&host);
    for element in content {
        place.append(&element);
    }
    drop_target(&place);
    input
}

/// Keeps the launcher's number and name up to date; an open panel has nothing to announce.
fn tell_unread(stage: Stage, host: Rc<Host>) {
    let mut told = None;
    watch(move || {
        let unread = stage.mirror.head.with(|head| head.unread);
        let count = if stage.open.get() { 0 } else { unread };
        let label = stage.catalogue.with(|catalogue| label(catalogue, count));
        let news = Some((count, label));
        if told != news {
            if let Some((count, label)) = &news {
                host.unread(*count, label);
            }
            told = news;
        }
    });
}

fn label(catalogue: &Catalogue, unread: u32) -> String {
    match unread {
        0 => catalogue.text(Key::WIDGET_LAUNCHER_OPEN),
        _ => catalogue.count(Plural::WIDGET_LAUNCHER_OPEN_UNREAD, unread),
    }
}

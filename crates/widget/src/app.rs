//! The panel's whole content, and what the app tells the loader while it runs.

use leptos::mount::mount_to;
use leptos::prelude::{
    Effect, Get, LocalStorage, RwSignal, StoredValue, With, WithValue, provide_context, view,
};
use ui::bridge::{Handle, Mirror, provide_bridge};
use ui::i18n::{Catalogue, Current, Key, Plural};

use crate::host::Host;
use crate::panel::Panel;

/// What the view is made of. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) mirror: Mirror,
    pub(crate) handle: Handle,
    pub(crate) catalogue: Current,
    /// Whether the panel is open.
    pub(crate) open: RwSignal<bool>,
}

/// Draws the panel's content into the loader's box. It stays for as long as the page does.
pub(crate) fn draw(stage: Stage, host: Host) {
    let panel = host.panel();
    mount_to(panel, move || {
        provide_bridge(stage.mirror, stage.handle);
        provide_context(stage.catalogue);
        let host = StoredHost::new_local(host);
        tell_unread(stage, host);
        view! { <Panel host /> }
    })
    .forget();
}

/// The loader, kept by the view.
pub(crate) type StoredHost = StoredValue<Host, LocalStorage>;

/// Keeps the launcher's number and name up to date; an open panel has nothing to announce.
fn tell_unread(stage: Stage, host: StoredHost) {
    Effect::new(move |told: Option<(u32, String)>| {
        let unread = stage.mirror.head.with(|head| head.unread);
        let count = if stage.open.get() { 0 } else { unread };
        let label = stage.catalogue.with(|catalogue| label(catalogue, count));
        let news = (count, label);
        if told.as_ref() != Some(&news) {
            host.with_value(|host| host.unread(news.0, &news.1));
        }
        news
    });
}

fn label(catalogue: &Catalogue, unread: u32) -> String {
    match unread {
        0 => catalogue.text(Key::WIDGET_LAUNCHER_OPEN),
        _ => catalogue.count(Plural::WIDGET_LAUNCHER_OPEN_UNREAD, unread),
    }
}

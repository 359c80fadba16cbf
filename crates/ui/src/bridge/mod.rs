//! Where the core meets signals: intents go out through the handle, views come in through the
//! mirror. Components know these two and never the core itself.

mod files;
mod handle;
#[cfg(feature = "agent")]
mod links;
mod mirror;
mod voice;

pub use files::address;
#[cfg(feature = "agent")]
pub(crate) use files::attach_to;
pub use files::provide_files;
pub(crate) use files::{attach, keep};
pub use handle::Handle;
#[cfg(feature = "agent")]
pub(crate) use links::copy_link;
#[cfg(feature = "agent")]
pub use links::provide_message_links;
pub use mirror::{Heard, Mirror, RowSlot, TimelineHead};
pub use voice::{RecorderStand, Sound, Voice, provide_voice};
pub(crate) use voice::{can_record, has_recorded, put_player, put_recorder};

use std::cell::Cell;

thread_local! {
    /// The bridge of the page's app. A page has one app, so this needs no search through owners,
    /// which would bring a hash map and its growth along.
    static BRIDGE: Cell<Option<(Mirror, Handle)>> = const { Cell::new(None) };
}

/// Gives mirror and handle to every component of the page from now on.
pub fn provide_bridge(mirror: Mirror, handle: Handle) {
    BRIDGE.set(Some((mirror, handle)));
}

/// The mirror of the page's app. Where there is none it is empty and stays so.
pub fn use_mirror() -> Mirror {
    BRIDGE.get().map_or_else(Mirror::new, |bridge| bridge.0)
}

/// The handle of the page's app. Where there is none nobody listens.
pub fn use_handle() -> Handle {
    BRIDGE
        .get()
        .map_or_else(|| Handle::new(|_| {}), |bridge| bridge.1)
}

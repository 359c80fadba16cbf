//! Where the core meets signals: intents go out through the handle, views come in through the
//! mirror. Components know these two and never the core itself.

mod handle;
mod mirror;

pub use handle::Handle;
pub use mirror::{Heard, Mirror, RowSlot, TimelineHead};

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Bridge {
    mirror: Mirror,
    handle: Handle,
}

/// Gives mirror and handle to every component below.
pub fn provide_bridge(mirror: Mirror, handle: Handle) {
    provide_context(Bridge { mirror, handle });
}

/// The mirror of the app around this component. Outside of an app it is empty and stays so.
pub fn use_mirror() -> Mirror {
    use_context::<Bridge>().map_or_else(Mirror::new, |bridge| bridge.mirror)
}

/// The handle of the app around this component. Outside of an app nobody listens.
pub fn use_handle() -> Handle {
    use_context::<Bridge>().map_or_else(|| Handle::new(|_| {}), |bridge| bridge.handle)
}

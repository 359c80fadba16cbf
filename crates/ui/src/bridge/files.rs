//! Files between the browser and the core: who keeps what was chosen, and where the backend is.

use std::cell::Cell;

use client_core::{Intent, LocalFile};
use web_sys::FileList;

use super::use_handle;
use crate::second::when_here;

/// Keeps chosen files and names them.
type Keep = fn(&FileList) -> Vec<LocalFile>;

thread_local! {
    static HANDS: Cell<Option<(Keep, &'static str)>> = const { Cell::new(None) };
}

/// Says how chosen files are kept, and where the backend is, without a slash at the end. A page
/// has one app, which says it once for each of its clients.
pub fn provide_files(keep: Keep, base: String) {
    HANDS.set(Some((keep, base.leak())));
}

/// Names what was chosen.
pub(crate) fn keep(chosen: &FileList) -> Vec<LocalFile> {
    match HANDS.get() {
        Some((keep, _)) => keep(chosen),
        None => Vec::new(),
    }
}

/// Lets chosen files go with what is being written.
pub(crate) fn attach(chosen: &FileList) {
    let files = keep(chosen);
    if !files.is_empty() {
        let handle = use_handle();
        when_here(move || handle.dispatch(Intent::AttachFiles(files)));
    }
}

/// Lets chosen files go with what is written in this place, which may not be on screen any more:
/// a window of the system stood before the page meanwhile.
#[cfg(feature = "agent")]
pub(crate) fn attach_to(place: client_core::Place, chosen: &FileList) {
    let files = keep(chosen);
    if !files.is_empty() {
        use_handle().dispatch(Intent::AttachFilesTo(place, files));
    }
}

/// The address of something at the backend, which may be named by its path alone.
pub(crate) fn address(url: &str) -> String {
    let mut address = String::new();
    if let Some((_, base)) = HANDS.get().filter(|_| url.starts_with('/')) {
        address.push_str(base);
    }
    address.push_str(url);
    address
}

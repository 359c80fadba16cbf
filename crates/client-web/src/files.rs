//! The files that the person chose, as the browser gave them. The core knows them by name only.
//!
//! Invariant: a file is kept until the core lets go of it, or the page ends.

use std::cell::{Cell, RefCell};

use client_core::LocalFile;
use protocol::digits::digits;
use web_sys::{File, FileList};

thread_local! {
    static KEPT: RefCell<Vec<(String, File)>> = const { RefCell::new(Vec::new()) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Keeps chosen files and gives each a name for as long as this page lives.
pub fn keep(chosen: &FileList) -> Vec<LocalFile> {
    let mut files = Vec::new();
    for at in 0..chosen.length() {
        let Some(file) = chosen.item(at) else {
            continue;
        };
        files.push(keep_one(file));
    }
    files
}

/// Keeps a file and names it.
pub(crate) fn keep_one(file: File) -> LocalFile {
    let count = COUNT.get();
    COUNT.set(count + 1);
    let id = digits(count.into());
    let named = LocalFile {
        id: id.clone(),
        name: file.name(),
        size: file.size() as u64,
        media_type: file.type_(),
        voice: None,
    };
    KEPT.with_borrow_mut(|kept| kept.push((id, file)));
    named
}

/// The file of this name.
pub(crate) fn get(id: &str) -> Option<File> {
    KEPT.with_borrow(|kept| {
        let found = kept.iter().find(|(known, _)| known == id)?;
        Some(found.1.clone())
    })
}

/// Lets go of a file.
pub(crate) fn forget(id: &str) {
    KEPT.with_borrow_mut(|kept| kept.retain(|(known, _)| known != id));
}

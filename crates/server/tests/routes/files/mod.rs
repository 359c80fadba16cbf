//! `/v1/uploads` and `/v1/files`.

mod downloading;
mod full_disk;
mod kinds;
mod pages;
mod uploading;

use std::path::Path;

/// How many files lie in the store, half written ones included.
fn stored(data: &Path) -> usize {
    let folder = data.join("blobs");
    let Ok(shelves) = std::fs::read_dir(folder) else {
        return 0;
    };
    shelves
        .map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap().count())
        .sum()
}

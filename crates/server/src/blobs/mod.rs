//! Where the bytes of files lie: behind `object_store`, on the local disk unless told otherwise.
//!
//! Keys are drawn by the server, never chosen by anybody. Invariant: a file is never in memory
//! as a whole; what is there under a key is complete, because parts are put together at the end.

mod fault;
mod incoming;
mod outgoing;

use std::fs::File;
use std::io;
use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetResultPayload, ObjectStore, ObjectStoreExt};
use server_core::domain::BlobKey;

pub use fault::BlobFault;
pub use incoming::Incoming;
pub use outgoing::Outgoing;

use fault::fault;

/// Folder of the blobs below the data folder.
const FOLDER: &str = "blobs";

/// Which of the objects that belong to one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The file.
    Original,
    /// The small picture of it.
    Thumbnail,
}

/// The bytes of all files.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    /// In any store.
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    /// On the local disk, below the data folder. What a killed server left half written goes.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(data: &FilePath) -> io::Result<Self> {
        let folder = data.join(FOLDER);
        std::fs::create_dir_all(&folder)?;
        sweep_halves(&folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(io::Error::other)?;
        // What was answered is on the disk, as it is with the database.
        Ok(Self::new(Arc::new(store.with_fsync(true))))
    }

    /// Begins to take bytes. Unless they are finished, nothing is left of them.
    ///
    /// # Errors
    /// When the store does not take any.
    pub async fn create(&self, key: &BlobKey) -> Result<Incoming, BlobFault> {
        let upload = self.store.put_multipart(&path(key, Part::Original)).await;
        Ok(Incoming::new(upload.map_err(|error| fault(&error))?))
    }

    /// Keeps a small picture.
    ///
    /// # Errors
    /// When the store does not take it.
    pub async fn put_thumbnail(&self, key: &BlobKey, bytes: Vec<u8>) -> Result<(), BlobFault> {
        let place = path(key, Part::Thumbnail);
        let put = self.store.put(&place, Bytes::from(bytes).into()).await;
        put.map(|_| ()).map_err(|error| fault(&error))
    }

    /// How many bytes there are.
    ///
    /// # Errors
    /// When there are none, or the store does not answer.
    pub async fn size(&self, key: &BlobKey, part: Part) -> Result<u64, BlobFault> {
        let head = self.store.head(&path(key, part)).await;
        head.map(|meta| meta.size).map_err(|error| fault(&error))
    }

    /// Begins to give bytes out, those of a range.
    ///
    /// # Errors
    /// When there are none, or the store does not answer.
    pub async fn read(
        &self,
        key: &BlobKey,
        part: Part,
        range: std::ops::Range<u64>,
    ) -> Result<Outgoing, BlobFault> {
        outgoing::open(&*self.store, &path(key, part), range).await
    }

    /// The bytes as a file that can be read at any place. What lies elsewhere is copied to the
    /// disk first.
    ///
    /// # Errors
    /// When there are none, or they cannot be read.
    pub async fn file(&self, key: &BlobKey) -> Result<File, BlobFault> {
        let place = path(key, Part::Original);
        let found = self
            .store
            .get(&place)
            .await
            .map_err(|error| fault(&error))?;
        match found.payload {
            GetResultPayload::File(file, _) => Ok(file),
            GetResultPayload::Stream(stream) => outgoing::to_disk(stream).await,
        }
    }

    /// Deletes everything under a key; nothing when there is nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remove(&self, key: &BlobKey) -> Result<(), BlobFault> {
        for part in [Part::Thumbnail, Part::Original] {
            match self.store.delete(&path(key, part)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(fault(&error)),
            }
        }
        Ok(())
    }
}

/// In folders by the first two digits, so that none grows too large.
fn path(key: &BlobKey, part: Part) -> Path {
    let folder = key.0.get(..2).unwrap_or("00");
    match part {
        Part::Original => Path::from_iter([folder, &key.0]),
        Part::Thumbnail => Path::from_iter([folder, &format!("{}-thumbnail", key.0)]),
    }
}

/// Deletes what the store had begun and not put together: its names end in `#` and a number.
fn sweep_halves(folder: &FilePath) -> io::Result<()> {
    for shelf in std::fs::read_dir(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(shelf.path())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().contains('#') {
                std::fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> BlobKey {
        BlobKey(text.to_owned())
    }

    #[tokio::test]
    async fn what_was_finished_is_there_and_nothing_else() {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        let mut kept = blobs.create(&key("abc")).await.unwrap();
        for part in ["one ", "two"] {
            kept.write(Bytes::from_static(part.as_bytes()))
                .await
                .unwrap();
        }
        kept.finish().await.unwrap();
        let mut dropped = blobs.create(&key("abd")).await.unwrap();
        dropped.write(Bytes::from_static(b"half")).await.unwrap();
        dropped.give_up().await;

        assert_eq!(blobs.size(&key("abc"), Part::Original).await, Ok(7));
        let part = blobs.read(&key("abc"), Part::Original, 4..7).await.unwrap();
        assert_eq!(part.collect().await.unwrap(), "two");
        let missing = blobs.size(&key("abd"), Part::Original).await;
        assert_eq!(missing, Err(BlobFault::Missing));
        let shelf = std::fs::read_dir(data.path().join("blobs/ab")).unwrap();
        assert_eq!(shelf.count(), 1);

        blobs.remove(&key("abc")).await.unwrap();
        blobs.remove(&key("abc")).await.unwrap();
        let missing = blobs.read(&key("abc"), Part::Original, 0..1).await;
        assert_eq!(missing.err(), Some(BlobFault::Missing));
    }

    #[test]
    fn a_start_sweeps_what_a_killed_server_left_half_written() {
        let data = tempfile::tempdir().unwrap();
        let shelf = data.path().join("blobs/ab");
        std::fs::create_dir_all(&shelf).unwrap();
        std::fs::write(shelf.join("abc#1"), "half").unwrap();
        std::fs::write(shelf.join("abd"), "whole").unwrap();
        Blobs::open(data.path()).unwrap();
        let left: Vec<_> = std::fs::read_dir(&shelf).unwrap().collect();
        assert_eq!(left.len(), 1);
    }
}

//! Bytes on their way out of the store.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, GetResultPayload, ObjectStore};
use tokio::task::spawn_blocking;

use super::fault::{BlobFault, fault};

/// How much is read at once: what one download takes of memory.
const CHUNK_BYTES: usize = 256 * 1024;

/// A blob that is being read.
pub struct Outgoing {
    bytes: BoxStream<'static, Result<Bytes, BlobFault>>,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

impl Outgoing {
    /// The bytes as they come.
    pub fn into_stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        self.bytes.map_err(|fault| match fault {
            BlobFault::Full => io::Error::from(io::ErrorKind::StorageFull),
            BlobFault::Missing => io::Error::from(io::ErrorKind::NotFound),
            BlobFault::Other(why) => io::Error::other(why),
        })
    }

    /// All of them; for what is known to be small.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn collect(self) -> Result<Bytes, BlobFault> {
        let all = self.bytes.try_fold(BytesMut::new(), |mut all, bytes| {
            all.extend_from_slice(&bytes);
            std::future::ready(Ok(all))
        });
        all.await.map(BytesMut::freeze)
    }
}

pub(super) async fn open(
    store: &dyn ObjectStore,
    place: &Path,
    range: Range<u64>,
) -> Result<Outgoing, BlobFault> {
    let options = GetOptions {
        range: Some(GetRange::Bounded(range)),
        ..GetOptions::default()
    };
    let found = store.get_opts(place, options).await;
    let found = found.map_err(|error| fault(&error))?;
    let bytes = match found.payload {
        // The store's own way of reading files takes a thread's turn for every 8 KiB.
        GetResultPayload::File(file, _) => read(file, found.range).boxed(),
        GetResultPayload::Stream(stream) => stream.map_err(|error| fault(&error)).boxed(),
    };
    Ok(Outgoing { bytes })
}

fn read(file: File, range: Range<u64>) -> impl Stream<Item = Result<Bytes, BlobFault>> {
    stream::try_unfold((file, range), |(mut file, range)| async move {
        if range.is_empty() {
            return Ok(None);
        }
        let chunk = move || {
            let left = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
            let mut bytes = vec![0; left.min(CHUNK_BYTES)];
            file.seek(SeekFrom::Start(range.start))?;
            file.read_exact(&mut bytes)?;
            Ok::<_, io::Error>((bytes, file, range))
        };
        let (bytes, file, range) = joined(spawn_blocking(chunk).await)?;
        let rest = range.start + bytes.len() as u64..range.end;
        Ok(Some((Bytes::from(bytes), (file, rest))))
    })
}

/// Copies a stream into a file without a name.
pub(super) async fn to_disk(
    mut stream: BoxStream<'static, object_store::Result<Bytes>>,
) -> Result<File, BlobFault> {
    let mut file = joined(spawn_blocking(tempfile::tempfile).await)?;
    while let Some(bytes) = stream.next().await {
        let bytes = bytes.map_err(|error| fault(&error))?;
        let write = move || file.write_all(&bytes).map(|()| file);
        file = joined(spawn_blocking(write).await)?;
    }
    let rewind = move || file.rewind().map(|()| file);
    joined(spawn_blocking(rewind).await)
}

fn joined<T>(done: Result<io::Result<T>, tokio::task::JoinError>) -> Result<T, BlobFault> {
    match done {
        Ok(outcome) => Ok(outcome?),
        Err(error) => Err(BlobFault::Other(error.to_string())),
    }
}

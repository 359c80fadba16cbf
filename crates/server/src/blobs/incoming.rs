//! Bytes on their way into the store.

use bytes::Bytes;
use object_store::{MultipartUpload, PutPayload, UploadPart};
use tokio::task::JoinHandle;

use super::fault::{BlobFault, fault};

/// How much is handed to the store at once. One part is written while the next one comes, so
/// this twice is what an upload takes of memory.
const PART_BYTES: usize = 256 * 1024;

/// A blob that is being written.
pub struct Incoming {
    upload: Box<dyn MultipartUpload>,
    gathered: Vec<Bytes>,
    length: usize,
    writing: Option<JoinHandle<object_store::Result<()>>>,
}

impl Incoming {
    pub(super) fn new(upload: Box<dyn MultipartUpload>) -> Self {
        Self {
            upload,
            gathered: Vec::new(),
            length: 0,
            writing: None,
        }
    }

    /// Takes more bytes.
    ///
    /// # Errors
    /// When the store did not take earlier ones.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), BlobFault> {
        self.length += bytes.len();
        self.gathered.push(bytes);
        if self.length < PART_BYTES {
            return Ok(());
        }
        self.written().await?;
        let part = self.part();
        self.writing = Some(tokio::spawn(part));
        Ok(())
    }

    /// Puts everything together.
    ///
    /// # Errors
    /// When the store did not take it; then nothing is left.
    pub async fn finish(mut self) -> Result<(), BlobFault> {
        let outcome = self.finish_parts().await;
        if outcome.is_err() {
            self.give_up().await;
        }
        outcome
    }

    async fn finish_parts(&mut self) -> Result<(), BlobFault> {
        self.written().await?;
        if self.length > 0 {
            self.part().await.map_err(|error| fault(&error))?;
        }
        let done = self.upload.complete().await;
        done.map(|_| ()).map_err(|error| fault(&error))
    }

    /// Leaves nothing of it. Dropping does the same, a little later.
    pub async fn give_up(mut self) {
        // Nothing is written behind the store's back.
        let _ = self.written().await;
        if let Err(error) = self.upload.abort().await {
            tracing::warn!(%error, "a broken upload left something behind");
        }
    }

    /// Waits until the part that is being written is.
    async fn written(&mut self) -> Result<(), BlobFault> {
        match self.writing.take() {
            None => Ok(()),
            Some(writing) => match writing.await {
                Ok(written) => written.map_err(|error| fault(&error)),
                Err(error) => Err(BlobFault::Other(error.to_string())),
            },
        }
    }

    fn part(&mut self) -> UploadPart {
        self.length = 0;
        let gathered = std::mem::take(&mut self.gathered);
        self.upload.put_part(PutPayload::from_iter(gathered))
    }
}

//! Which uploads run: of one attachment only the latest does.
//!
//! Whoever starts over must not wait for a connection that is dead without knowing it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::ids::AttachmentId;
use tokio::sync::Notify;

/// The uploads that run.
#[derive(Default)]
pub struct Uploads {
    running: Mutex<HashMap<AttachmentId, Arc<Notify>>>,
}

/// An upload that runs until it ends or is overtaken.
pub struct Turn<'u> {
    uploads: &'u Uploads,
    id: AttachmentId,
    bell: Arc<Notify>,
}

impl Uploads {
    /// Begins one, and ends the one before.
    pub fn begin(&self, id: &AttachmentId) -> Turn<'_> {
        let bell = Arc::new(Notify::new());
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = running.insert(id.clone(), bell.clone()) {
            before.notify_one();
        }
        Turn {
            uploads: self,
            id: id.clone(),
            bell,
        }
    }
}

impl Turn<'_> {
    /// Returns when another one of the same attachment has begun.
    pub async fn overtaken(&self) {
        self.bell.notified().await;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let running = self.uploads.running.lock();
        let mut running = running.unwrap_or_else(PoisonError::into_inner);
        if running
            .get(&self.id)
            .is_some_and(|bell| Arc::ptr_eq(bell, &self.bell))
        {
            running.remove(&self.id);
        }
    }
}

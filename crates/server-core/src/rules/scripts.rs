//! Scripts by version, so that a run goes on with the one it began with.
//!
//! The site's file may be another by now. A version is kept in storage with the first run that
//! began with it, and here for as long as it is asked for often.

use std::sync::{Arc, Mutex, PoisonError};

use crate::ports::ScriptFile;
use crate::ports::storage::{Reading, Stored};
use crate::script;

/// How many versions are kept at hand. Those asked for least lately give way.
const KEPT: usize = 32;

/// The versions at hand, the one asked for last first.
#[derive(Default)]
pub(crate) struct Scripts {
    recent: Mutex<Vec<Arc<ScriptFile>>>,
}

impl Scripts {
    /// Keeps a version at hand.
    pub(crate) fn keep(&self, file: &Arc<ScriptFile>) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|known| known.script.hash != file.script.hash);
        recent.insert(0, file.clone());
        recent.truncate(KEPT);
    }

    /// The version with this hash; nothing when no run began with it, or when its text is none
    /// by the rules of today.
    pub(crate) fn find(
        &self,
        reading: &dyn Reading,
        hash: &str,
    ) -> Stored<Option<Arc<ScriptFile>>> {
        if let Some(known) = self.at_hand(hash) {
            return Ok(Some(known));
        }
        let Some(source) = reading.script_source(hash)? else {
            return Ok(None);
        };
        let Ok(script) = script::check(source.as_bytes()) else {
            return Ok(None);
        };
        let file = Arc::new(ScriptFile { script, source });
        self.keep(&file);
        Ok(Some(file))
    }

    /// The version with this hash, if it was asked for lately.
    pub(crate) fn at_hand(&self, hash: &str) -> Option<Arc<ScriptFile>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let place = recent.iter().position(|file| file.script.hash == hash)?;
        let file = recent.remove(place);
        recent.insert(0, file.clone());
        Some(file)
    }
}

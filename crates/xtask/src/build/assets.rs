//! Files under names that tell their contents, so that browsers may keep them for ever.
//!
//! All files of an app share one hash over all of them: the loader has to name each, and a hash
//! that repeats costs it next to nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::stamp::short_hash;

/// The files of one app in the folder `assets/` of a dist that is being made.
pub(super) struct Assets {
    folder: PathBuf,
    hash: String,
}

impl Assets {
    /// The parts are everything that goes into the app's files.
    pub(super) fn new<'a>(dist: &Path, parts: impl Iterator<Item = &'a [u8]>) -> Result<Self> {
        let folder = dist.join("assets");
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            hash: short_hash(parts),
        })
    }

    /// The name of one of the files.
    pub(super) fn name(&self, stem: &str, extension: &str) -> String {
        format!("{stem}-{}.{extension}", self.hash)
    }

    /// Writes a file and returns its name.
    pub(super) fn add(&self, stem: &str, extension: &str, content: &[u8]) -> Result<String> {
        let name = self.name(stem, extension);
        std::fs::write(self.folder.join(&name), content)
            .with_context(|| format!("cannot write {name}"))?;
        Ok(name)
    }
}

//! Files under names that tell their contents, so that browsers may keep them for ever.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::stamp::short_hash;

/// The folder `assets/` of a dist that is being made.
pub(super) struct Assets {
    folder: PathBuf,
}

impl Assets {
    pub(super) fn new(dist: &Path) -> Result<Self> {
        let folder = dist.join("assets");
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Writes a file and returns the name it got.
    pub(super) fn add(&self, stem: &str, extension: &str, content: &[u8]) -> Result<String> {
        let name = format!("{stem}-{}.{extension}", short_hash(content));
        std::fs::write(self.folder.join(&name), content)
            .with_context(|| format!("cannot write {name}"))?;
        Ok(name)
    }
}

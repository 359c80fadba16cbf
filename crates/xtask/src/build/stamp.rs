//! Hashes over inputs, kept beside outputs, tell whether work is needed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// A hash over files: their names and contents, in sorted order, folders with all they hold.
pub(super) fn hash_files(root: &Path, places: &[PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for place in places {
        collect(place, &mut files)?;
    }
    files.sort();
    files.dedup();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        let content =
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(name.to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()))
}

/// A short name for contents; equal contents share it, others do not.
pub(super) fn short_hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..4])
}

pub(super) fn matches(path: &Path, stamp: &str) -> bool {
    std::fs::read_to_string(path).is_ok_and(|old| old == stamp)
}

pub(super) fn write(path: &Path, stamp: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, stamp).with_context(|| format!("cannot write {}", path.display()))
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if place.is_file() {
        files.push(place.to_path_buf());
    } else if place.is_dir() {
        for entry in std::fs::read_dir(place)? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! What the disk does by itself, so that a figure that depends on it can be judged.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// As much as a commit writes, more or less.
const BYTES: usize = 16 * 1024;
/// Syncs that are measured.
const SYNCS: u32 = 600;
/// Time from one to the next: as often as the load commits.
const EVERY: Duration = Duration::from_millis(5);

/// How long writing over a part of a file and syncing it takes, sorted.
pub(crate) fn syncs(folder: &Path) -> Result<Vec<Duration>> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("syncs");
    let measured = measure(&path).with_context(|| path.display().to_string());
    let _ = std::fs::remove_file(&path);
    measured
}

fn measure(path: &Path) -> Result<Vec<Duration>> {
    let mut file = File::create(path)?;
    let bytes = vec![1; BYTES];
    // Blocks that are there already, as those of a log that began anew.
    for _ in 0..SYNCS {
        file.write_all(&bytes)?;
    }
    file.sync_all()?;
    file.seek(SeekFrom::Start(0))?;
    let mut taken = Vec::new();
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.write_all(&bytes)?;
        file.sync_data()?;
        taken.push(begun.elapsed());
        std::thread::sleep(EVERY.saturating_sub(begun.elapsed()));
    }
    taken.sort_unstable();
    Ok(taken)
}

//! Memory of a process, as Linux tells it.

use anyhow::{Context, Result};

/// Bytes of anonymous memory that are really there (`RssAnon`): what the program itself uses,
/// without its own file and without the kernel's socket buffers.
pub(crate) fn private_bytes(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().next())
        .context("no RssAnon")?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}

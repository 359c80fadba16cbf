//! `parlour channel check`: whether a channel's file can be used, without a running server.

use std::path::Path;

use crate::sites::channel::{check, summary};
use crate::sites::file::{FileFault, load};

/// Reads a channel's file and says in one line what it sets.
///
/// # Errors
/// Everything that is wrong with it, each in a line of the form `FILE:LINE: sentence`.
pub fn run(path: &Path) -> Result<String, FileFault> {
    let rules = load(path, check)?;
    let what = summary(&rules);
    Ok(format!("{}: {what}, no problems", path.display()))
}

//! The script that `--demo` puts into the data folder, for people to play with.

use std::fs;
use std::io;
use std::path::Path;

use server_core::service::DEMO_CHANNELS;

/// The demo channel that has a chatbot.
const CHANNEL: &str = "support";

/// As it lies in the repository.
const SCRIPT: &str = include_str!("../../scripts/demo.json");

/// Puts the script there, unless there is one: what people have changed is theirs.
///
/// # Errors
/// When the folder cannot be written.
pub fn install(data: &Path) -> io::Result<()> {
    let Some((_, _, site)) = DEMO_CHANNELS.iter().find(|(id, _, _)| *id == CHANNEL) else {
        return Ok(());
    };
    let folder = data.join("scripts");
    let file = folder.join(format!("{site}.json"));
    if fs::symlink_metadata(&file).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    // Half a script would look as if somebody had changed it.
    let draft = folder.join(format!(".{site}.json"));
    fs::write(&draft, without_schema(SCRIPT))?;
    fs::rename(draft, file)
}

/// The schema's address holds in the repository alone.
fn without_schema(script: &str) -> String {
    let lines = script.split_inclusive('\n');
    lines
        .filter(|line| !line.trim_start().starts_with("\"$schema\""))
        .collect()
}

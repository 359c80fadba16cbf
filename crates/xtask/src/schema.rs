//! `cargo xtask schema`: writes the JSON Schemas of the protocol from its types.
//!
//! A test in the protocol crate fails when the written files are not those of the types.

use std::path::Path;

use anyhow::{Context, Result};

/// Writes every schema below `crates/protocol/schema` and removes those of frames that are gone.
pub(crate) fn run(root: &Path) -> Result<()> {
    let folder = root.join("crates/protocol/schema");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("remove the old schemas")?;
    }
    let documents = protocol::schema::documents();
    for (path, schema) in &documents {
        let file = folder.join(format!("{path}.json"));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let text = serde_json::to_string_pretty(schema)?;
        std::fs::write(&file, format!("{text}\n")).with_context(|| file.display().to_string())?;
    }
    println!("schema: {} files in {}", documents.len(), folder.display());
    Ok(())
}

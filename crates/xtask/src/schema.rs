//! `cargo xtask schema`: writes the JSON Schemas and the tables of `docs/protocol.md`.
//!
//! Both come from the types of the protocol crate; a test there fails when they are stale.

use std::path::Path;

use anyhow::{Context, Result};

/// Writes every schema below `crates/protocol/schema`, removes those of frames that are gone, and
/// renews the generated parts of the documentation.
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
    let page = root.join("docs/protocol.md");
    let text = std::fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    std::fs::write(&page, protocol::schema::renew_tables(&text))?;
    println!("schema: {} files in {}", documents.len(), folder.display());
    Ok(())
}

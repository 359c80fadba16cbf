//! `cargo xtask schema`: writes the JSON Schemas and the tables of the documentation.
//!
//! Those of the protocol come from the types of its crate, those of chatbot scripts from the
//! table of their format, those of sessions from the machine the server decides by; tests there
//! fail when they are stale.

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
    renew(
        &root.join("docs/protocol.md"),
        protocol::schema::renew_tables,
    )?;
    renew(
        &root.join("docs/sessions.md"),
        server_core::session::renew_tables,
    )?;
    println!("schema: {} files in {}", documents.len(), folder.display());
    scripts(&root.join("docs"))
}

/// The same for chatbot scripts.
fn scripts(docs: &Path) -> Result<()> {
    let file = docs.join("schema/script.schema.json");
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = serde_json::to_string_pretty(&server_core::script::schema())?;
    std::fs::write(&file, format!("{text}\n")).with_context(|| file.display().to_string())?;
    println!("schema: {}", file.display());
    renew(&docs.join("chatbot.md"), server_core::script::renew_tables)
}

fn renew(page: &Path, with: fn(&str) -> String) -> Result<()> {
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    std::fs::write(page, with(&text)).with_context(|| page.display().to_string())
}

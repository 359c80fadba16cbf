//! The loader: hashed names filled in, made small.

use anyhow::{Result, ensure};

use crate::process;
use crate::tools::NodePackages;

/// Names of the files the loader brings.
pub(super) struct WidgetFiles {
    pub(super) glue: String,
    pub(super) wasm: String,
    pub(super) css: String,
    /// Language tag and file name of each catalogue.
    pub(super) locales: Vec<(String, String)>,
}

/// Makes the served loader from the source.
pub(super) fn loader(source: &str, files: &WidgetFiles, packages: &NodePackages) -> Result<String> {
    const ASSETS: &str = "__PARLOUR_ASSETS__";
    ensure!(source.contains(ASSETS), "public/parlour.js has no {ASSETS}");
    let locales: serde_json::Map<String, serde_json::Value> = files
        .locales
        .iter()
        .map(|(tag, file)| (tag.clone(), format!("assets/{file}").into()))
        .collect();
    let assets = serde_json::json!({
        "js": format!("assets/{}", files.glue),
        "wasm": format!("assets/{}", files.wasm),
        "css": format!("assets/{}", files.css),
        "locales": locales,
    });
    process::filter(
        packages
            .program("terser")
            .args([
                "--compress",
                "passes=3,unsafe_arrows",
                "--mangle",
                "--toplevel",
            ])
            .args(["--ecma", "2022", "--format", "ascii_only=false"]),
        &source.replace(ASSETS, &assets.to_string()),
    )
}

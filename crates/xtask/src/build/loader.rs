//! The loader: hashed names filled in, made small.

use anyhow::{Result, ensure};

use super::assemble::AppFiles;
use crate::process;
use crate::styles;
use crate::tools::NodePackages;

/// Makes the served loader from the source.
pub(super) fn loader(source: &str, files: &AppFiles, packages: &NodePackages) -> Result<String> {
    const ASSETS: &str = "__PARLOUR_ASSETS__";
    ensure!(source.contains(ASSETS), "public/parlour.js has no {ASSETS}");
    let locales: serde_json::Map<String, serde_json::Value> = files
        .locales
        .iter()
        .map(|(tag, file)| (tag.clone(), format!("assets/{file}").into()))
        .collect();
    let assets = serde_json::json!({
        "glue": format!("assets/{}", files.glue),
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
        &with_small_sheets(&source.replace(ASSETS, &assets.to_string())),
    )
}

/// Style sheets stand in template strings, where the minifier of scripts leaves them alone.
fn with_small_sheets(script: &str) -> String {
    const OPENING: &str = "replaceSync(`";
    let mut small = String::with_capacity(script.len());
    let mut rest = script;
    while let Some((before, sheet)) = rest.split_once(OPENING) {
        small.push_str(before);
        small.push_str(OPENING);
        let (sheet, after) = sheet.split_once('`').unwrap_or((sheet, ""));
        small.push_str(&styles::minify(sheet));
        small.push('`');
        rest = after;
    }
    small.push_str(rest);
    small
}

#[cfg(test)]
mod tests {
    use super::with_small_sheets;

    #[test]
    fn only_sheets_are_touched() {
        assert_eq!(
            with_small_sheets("a = `b  c`;\nd.replaceSync(`p {\n  x: y;\n}`);\n"),
            "a = `b  c`;\nd.replaceSync(`p{x:y}`);\n"
        );
    }
}

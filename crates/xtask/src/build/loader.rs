//! The loader: hashed names filled in, made small.

use anyhow::{Context, Result, ensure};

use super::assemble::AppFiles;
use crate::process;
use crate::styles;
use crate::tools::NodePackages;

/// Makes the served loader from the source.
pub(super) fn loader(source: &str, files: &AppFiles, packages: &NodePackages) -> Result<String> {
    const VERSION: &str = "__PARLOUR_VERSION__";
    ensure!(
        source.contains(VERSION),
        "public/parlour.js has no {VERSION}"
    );
    let version = version(files)?;
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
        &with_small_sheets(&source.replace(VERSION, version)),
    )
}

/// What the names of the widget's files have in common; the loader makes all of them from it.
fn version(files: &AppFiles) -> Result<&str> {
    let version = files
        .glue
        .strip_prefix("widget-")
        .and_then(|name| name.strip_suffix(".js"))
        .context("the widget's glue has another name than the loader asks for")?;
    let by_rule = files.wasm == format!("widget-{version}.wasm")
        && files.css == format!("widget-{version}.css")
        && files
            .locales
            .iter()
            .all(|(tag, name)| *name == format!("widget-{tag}-{version}.json"));
    ensure!(
        by_rule,
        "the widget's files have other names than the loader asks for"
    );
    Ok(version)
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

//! Programs that cargo builds: wasm-bindgen of exactly the version in Cargo.lock, and trunk.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;
use crate::progress::step;
use crate::project::Project;

/// The trunk version that the pinned Rust can build.
const TRUNK: &str = "0.21.14";

/// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`.
///
/// Both refuse to work with a library of any other version.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    let version = locked_version(project, "wasm-bindgen")?;
    let folder = project.cache.join(format!("wasm-bindgen-{version}"));
    let bin = folder.join("bin");
    if bin.join("wasm-bindgen").is_file() && bin.join("wasm-bindgen-test-runner").is_file() {
        return Ok(bin);
    }
    step(
        &format!("building wasm-bindgen {version} (once, about seven minutes)"),
        || {
            // Without --locked: the published lock file names versions that no longer build.
            process::run(
                process::cargo(project)
                    .args([
                        "install",
                        "wasm-bindgen-cli",
                        "--version",
                        &version,
                        "--root",
                    ])
                    .arg(&folder)
                    .env_remove("RUSTFLAGS"),
            )
        },
    )?;
    Ok(bin)
}

/// The folder of `trunk`; only development needs it.
pub(crate) fn trunk(project: &Project) -> Result<PathBuf> {
    let folder = project.cache.join(format!("trunk-{TRUNK}"));
    let bin = folder.join("bin");
    if bin.join("trunk").is_file() {
        return Ok(bin);
    }
    step(
        &format!("building trunk {TRUNK} (once, about five minutes)"),
        || {
            process::run(
                process::cargo(project)
                    .args(["install", "trunk", "--locked", "--version", TRUNK, "--root"])
                    .arg(&folder)
                    .env_remove("RUSTFLAGS"),
            )
        },
    )?;
    Ok(bin)
}

/// The version of a package in Cargo.lock.
fn locked_version(project: &Project, package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock"))
        .context("cannot read Cargo.lock")?;
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|line| line.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no {package}"))
}

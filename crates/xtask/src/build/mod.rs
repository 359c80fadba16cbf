//! `build`: optimised assets in dist/, then the server with the assets inside.
//!
//! Cargo, wasm-bindgen and wasm-opt are called directly instead of through trunk. trunk writes
//! an inline start script, which the pages' Content-Security-Policy forbids; it knows no loader
//! that has to be told hashed names, no catalogue per app, no flags that differ by app. trunk
//! serves development (`cargo xtask serve`), where none of that matters.
//!
//! What has not changed is not made again: cargo decides for the apps, a hash over the inputs
//! for the rest. dist/ changes in one rename.

mod assemble;
mod assets;
mod catalogues;
mod compress;
mod glue;
mod loader;
mod order;
mod pages;
mod split;
mod stamp;
mod wasm;

use std::path::Path;

use anyhow::{Context, Result};

use crate::progress::{note, step};
use crate::project::Project;
use crate::{process, styles, tools};

/// The apps, by crate name.
pub(crate) const APPS: [&str; 2] = ["widget", "agent"];

pub(crate) fn run(project: &Project) -> Result<()> {
    assets(project)?;
    server(project)
}

/// Everything browsers download.
pub(crate) fn assets(project: &Project) -> Result<()> {
    let source = tools::rust(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let packages = tools::node_packages(project)?;
    styles::run(project)?;
    for app in APPS {
        wasm::build(project, app, source, &bindgen, &packages)?;
    }
    let inputs = assemble::inputs(project)?;
    let stamp = project.target.join("apps/dist.stamp");
    let dist = project.dist();
    if dist.join("parlour.js").is_file() && stamp::matches(&stamp, &inputs) {
        note("dist/ is up to date");
        return Ok(());
    }
    step("putting dist/ together", || {
        let fresh = project.root.join("dist.new");
        remove(&fresh)?;
        assemble::assemble(project, &packages, &fresh)?;
        remove(&dist)?;
        std::fs::rename(&fresh, &dist).context("cannot move dist.new to dist")
    })?;
    stamp::write(&stamp, &inputs)
}

/// The shipped binary.
fn server(project: &Project) -> Result<()> {
    step("building the server", || {
        process::run(process::cargo(project).args([
            "build",
            "--release",
            "--package",
            "server",
            "--bin",
            "parlour",
        ]))
    })
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

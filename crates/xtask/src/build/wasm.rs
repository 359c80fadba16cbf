//! One app from Rust to WebAssembly and its JavaScript glue, as small as they go.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{catalogues, glue, order, stamp};
use crate::process;
use crate::progress::step;
use crate::project::Project;
use crate::tools::{NodePackages, RustSource};

/// What .cargo/config.toml says for wasm32; a RUSTFLAGS variable replaces it, so it is repeated.
const NEEDED_FLAGS: &str = "--cfg getrandom_backend=\"wasm_js\"";

/// Without messages for panics, places and `{:?}`: nobody reads them in a visitor's browser.
const TUNED_FLAGS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Where an app's glue and wasm are after the build.
pub(super) fn output(project: &Project, app: &str) -> PathBuf {
    project.target.join("apps/out").join(app)
}

pub(super) fn build(
    project: &Project,
    app: &str,
    source: RustSource,
    bindgen: &Path,
    packages: &NodePackages,
) -> Result<()> {
    step(&format!("building the {app} app"), || {
        compile(project, app, source)
    })?;
    let compiled = project
        .target
        .join("apps/wasm32-unknown-unknown/wasm")
        .join(format!("{app}.wasm"));
    let folder = output(project, app);
    let mut inputs = recipe(project).to_vec();
    inputs.push(compiled.clone());
    let made = stamp::hash_files(&project.root, &inputs)?;
    let stamp_file = folder.join("stamp");
    if stamp::matches(&stamp_file, &made) {
        return Ok(());
    }
    step(&format!("optimising the {app} app"), || {
        shrink(app, &compiled, &folder, bindgen, packages)
    })?;
    stamp::write(&stamp_file, &made)
}

/// This file and its helpers: another way of building is another output.
fn recipe(project: &Project) -> [PathBuf; 3] {
    ["wasm.rs", "glue.rs", "order.rs"]
        .map(|name| project.root.join("crates/xtask/src/build").join(name))
}

/// Each app by itself: built together they would get each other's features.
fn compile(project: &Project, app: &str, source: RustSource) -> Result<()> {
    let mut cargo = process::cargo(project);
    cargo
        .env(catalogues::VARIABLE, "1")
        .args(["build", "--package", app, "--bin", app])
        .args(["--profile", "wasm", "--target", "wasm32-unknown-unknown"])
        // Beside the rest, because these flags would make cargo rebuild it back and forth.
        .arg("--target-dir")
        .arg(project.target.join("apps"));
    if source == RustSource::Present {
        cargo
            .args([
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", format!("{NEEDED_FLAGS} {TUNED_FLAGS}"));
    } else {
        cargo.env("RUSTFLAGS", NEEDED_FLAGS);
    }
    process::run(&mut cargo)
}

/// wasm-bindgen writes the glue, wasm-opt and terser make both small.
fn shrink(
    app: &str,
    compiled: &Path,
    folder: &Path,
    bindgen: &Path,
    packages: &NodePackages,
) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    process::run(
        Command::new(bindgen.join("wasm-bindgen"))
            .arg(compiled)
            .args(["--target", "web", "--no-typescript"])
            .args(["--remove-name-section", "--remove-producers-section"])
            .args(["--out-name", app, "--out-dir"])
            .arg(folder),
    )?;
    let bound = folder.join(format!("{app}_bg.wasm"));
    let lean = folder.join(format!("{app}_lean.wasm"));
    let glue = std::fs::read_to_string(folder.join(format!("{app}.js")))
        .context("wasm-bindgen wrote no glue")?;
    let glue = glue::without_unused(&glue)?;
    let graph = folder.join("reachable.json");
    std::fs::write(&graph, glue::reachable(&glue))?;
    process::output(
        packages
            .program("wasm-metadce")
            .arg(&bound)
            .arg("--graph-file")
            .arg(&graph)
            .arg("--output")
            .arg(&lean),
    )?;
    let small = folder.join(format!("{app}_small.wasm"));
    process::output(
        packages
            .program("wasm-opt")
            // Larger before compression than one -Oz, but half a kilobyte smaller after it.
            .args(["--flatten", "--rereloop", "-Os", "-Os"])
            .arg("--one-caller-inline-max-function-size=40")
            // Not --traps-never-happen, which is smaller still: it would drop bounds checks.
            .arg("--low-memory-unused")
            .arg(&lean)
            .arg("--output")
            .arg(&small),
    )?;
    let named = order::named_by_likeness(&std::fs::read(&small)?)?;
    std::fs::write(&small, named)?;
    let ordered = folder.join(format!("{app}_ordered.wasm"));
    process::output(
        packages
            .program("wasm-opt")
            .args(["-g", "--reorder-functions-by-name"])
            .arg(&small)
            .arg("--output")
            .arg(&ordered),
    )?;
    let names = process::output(
        packages
            .program("wasm-opt")
            .args([
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
            ])
            .arg("--minify-imports-and-exports-and-modules")
            .arg(&ordered)
            .arg("--output")
            .arg(folder.join(format!("{app}.wasm"))),
    )?;
    let names = serde_json::from_str(&names).context("wasm-opt told no names")?;
    let minified = process::filter(
        packages
            .program("terser")
            .args([
                "--module",
                "--compress",
                "passes=3,unsafe_arrows,keep_fargs=false",
            ])
            .args(["--mangle", "--ecma", "2022"]),
        &glue::renamed(&glue, app, &names)?,
    )?;
    std::fs::write(folder.join(format!("{app}.min.js")), minified)?;
    Ok(())
}

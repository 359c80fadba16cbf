//! The pinned Rust with what a plain installation lacks: the wasm32 library, lints, formatting,
//! and the library's source for the smaller build.
//!
//! rustup is asked explicitly because its automatic installation may be switched off.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::find_program;
use crate::process;
use crate::progress::{note, step};
use crate::project::Project;

/// Whether the standard library can be rebuilt for size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RustSource {
    /// Its source is there.
    Present,
    /// It could not be had; the plain library is used.
    Missing,
}

/// Makes sure of the target and the components.
pub(crate) fn rust(project: &Project) -> Result<RustSource> {
    let sysroot = sysroot(project)?;
    let wasm = sysroot.join("lib/rustlib/wasm32-unknown-unknown/lib");
    let source = sysroot.join("lib/rustlib/src/rust/library/Cargo.lock");
    let mut components = Vec::new();
    if !program_exists(&sysroot, "cargo-clippy") {
        components.push("clippy");
    }
    if !program_exists(&sysroot, "rustfmt") {
        components.push("rustfmt");
    }
    if !wasm.is_dir() {
        step("adding the Rust target wasm32-unknown-unknown", || {
            rustup(project, &["target", "add", "wasm32-unknown-unknown"])
        })?;
    }
    for component in components {
        step(&format!("adding the Rust component {component}"), || {
            rustup(project, &["component", "add", component])
        })?;
    }
    if source.is_file() {
        return Ok(RustSource::Present);
    }
    let added = step("adding the Rust component rust-src", || {
        rustup(project, &["component", "add", "rust-src"])
    });
    if added.is_ok() && source.is_file() {
        return Ok(RustSource::Present);
    }
    note(
        "without rust-src the apps are built with the plain standard library, about a tenth larger",
    );
    Ok(RustSource::Missing)
}

fn sysroot(project: &Project) -> Result<PathBuf> {
    let text = process::output(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(&project.root),
    )
    .context("Rust is not installed as the project needs it; see https://rustup.rs, then run `rustup toolchain install 1.95.0`")?;
    Ok(PathBuf::from(text.trim()))
}

/// Distributions keep these programs on the search path instead of in the sysroot.
fn program_exists(sysroot: &Path, name: &str) -> bool {
    sysroot.join("bin").join(name).is_file()
        || (find_program("rustup").is_none() && find_program(name).is_some())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    if find_program("rustup").is_none() {
        bail!(
            "rustup is not installed, so `rustup {}` cannot be run; install rustup from https://rustup.rs, \
             or install the same by other means",
            arguments.join(" ")
        );
    }
    process::run(
        Command::new("rustup")
            .args(arguments)
            .current_dir(&project.root),
    )
}

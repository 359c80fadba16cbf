//! What the project needs from outside, made sure of in one place.
//!
//! Each function returns at once when its tool is there: a second run asks no network. Tools
//! go into the user's cache, each under its version, so that two clones can differ.

mod browser;
mod cargo_tools;
mod node;
mod rust;

use std::ffi::OsString;
use std::path::Path;

pub(crate) use browser::browser;
pub(crate) use cargo_tools::{trunk, wasm_bindgen};
pub(crate) use node::{NodePackages, node_packages};
pub(crate) use rust::{RustSource, rust};

/// The search path with a folder in front.
pub(crate) fn path_with(folder: &Path) -> OsString {
    let mut path = folder.as_os_str().to_owned();
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    path
}

/// Finds a program on the search path.
fn find_program(name: &str) -> Option<std::path::PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

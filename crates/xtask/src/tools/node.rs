//! Packages from npm: the optimiser and minifier of the build, the runner of the browser tests.
//!
//! They lie in the cache under a hash of the lock file; the clone only holds a link to them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::find_program;
use crate::process;
use crate::progress::step;
use crate::project::Project;

/// Where the packages are.
pub(crate) struct NodePackages {
    bin: PathBuf,
}

impl NodePackages {
    /// A program that a package brought.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.bin.join(name))
    }
}

/// Makes sure of the packages and of the link to them.
pub(crate) fn node_packages(project: &Project) -> Result<NodePackages> {
    if find_program("node").is_none() || find_program("npm").is_none() {
        bail!(
            "Node.js and npm are needed (Node 20 or later); on Debian: apt-get install nodejs npm"
        );
    }
    let folder = project.end_to_end();
    let mut hash = Sha256::new();
    for name in ["package.json", "package-lock.json"] {
        hash.update(
            std::fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))?,
        );
    }
    let digest: String = hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let home = project.cache.join(format!("node-{digest}"));
    let modules = home.join("node_modules");
    if !modules.is_dir() {
        step("installing the npm packages", || install(project, &home))?;
    }
    link(&modules, &folder.join("node_modules"))?;
    Ok(NodePackages {
        bin: modules.join(".bin"),
    })
}

/// Installs beside the final folder and moves, so that a broken download leaves nothing behind.
fn install(project: &Project, home: &Path) -> Result<()> {
    let fresh = home.with_extension(format!("new-{}", std::process::id()));
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    std::fs::create_dir_all(&fresh)?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        std::fs::copy(project.end_to_end().join(name), fresh.join(name))?;
    }
    process::run(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-progress"])
            .current_dir(&fresh)
            // The browser is the distribution's.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    if home.exists() {
        std::fs::remove_dir_all(home)?;
    }
    std::fs::rename(&fresh, home)?;
    Ok(())
}

fn link(modules: &Path, place: &Path) -> Result<()> {
    if std::fs::read_link(place).is_ok_and(|target| target == modules) {
        return Ok(());
    }
    if place.is_symlink() {
        std::fs::remove_file(place)?;
    } else if place.exists() {
        // A folder that npm made here by hand.
        std::fs::remove_dir_all(place)?;
    }
    std::os::unix::fs::symlink(modules, place)
        .with_context(|| format!("cannot link {}", place.display()))
}

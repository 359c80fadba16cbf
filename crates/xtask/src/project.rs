//! Where things are: the clone, its build output, the user's cache.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The places every command works with.
pub(crate) struct Project {
    /// The clone's top folder.
    pub(crate) root: PathBuf,
    /// Cargo's output.
    pub(crate) target: PathBuf,
    /// Tools that outlive the clone, so that a second clone starts fast.
    pub(crate) cache: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("xtask lies two folders below the project's root")?
            .to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self {
            target,
            cache: cache_folder()?,
            root,
        })
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub(crate) fn end_to_end(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The shipped server.
    pub(crate) fn server(&self) -> PathBuf {
        self.target.join("release/parlour")
    }

    /// A path as people read it: relative to the clone where it lies inside.
    pub(crate) fn show<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// `$PARLOUR_CACHE`, or a folder where the user's other caches are.
fn cache_folder() -> Result<PathBuf> {
    let set = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = set("PARLOUR_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|base| base.join("parlour")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/parlour")))
        .context("neither PARLOUR_CACHE nor XDG_CACHE_HOME nor HOME is set; set PARLOUR_CACHE to a folder for tools")?;
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create the tool folder {}", folder.display()))?;
    folder
        .canonicalize()
        .with_context(|| format!("cannot open the tool folder {}", folder.display()))
}

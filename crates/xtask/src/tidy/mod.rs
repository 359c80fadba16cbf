//! `tidy`: the rules of the house that no compiler checks.
//!
//! Each rule says where it holds and what it finds in a line or a file; all findings are shown
//! before the command fails.

mod rules;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// One thing that is not as it should be.
struct Finding {
    file: PathBuf,
    line: usize,
    text: String,
}

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut findings = Vec::new();
    for file in sources(project)? {
        let path = project.root.join(&file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        rules::check(&file, &text, &mut |line, what| {
            findings.push(Finding {
                file: file.clone(),
                line,
                text: what.to_owned(),
            });
        });
    }
    for finding in &findings {
        println!(
            "{}:{}: {}",
            finding.file.display(),
            finding.line,
            finding.text
        );
    }
    if findings.is_empty() {
        Ok(())
    } else {
        bail!("{} findings", findings.len())
    }
}

/// The folders that hold what people wrote.
const FOLDERS: [&str; 5] = ["crates", "public", "style", "tests", "docs"];

/// Every source file, relative to the root. Walks folders instead of asking git, so that a
/// tarball can be checked, too.
fn sources(project: &Project) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        walk(&project.root.join(folder), &mut found)?;
    }
    found.sort();
    Ok(found
        .into_iter()
        .filter_map(|path| path.strip_prefix(&project.root).map(Path::to_path_buf).ok())
        .collect())
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Links lead to npm's packages; hidden folders hold generated files.
        let generated =
            name.starts_with('.') || name == "node_modules" || name == "results" || name == "dist";
        if generated || entry.file_type()?.is_symlink() {
            continue;
        }
        if entry.path().is_dir() {
            walk(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

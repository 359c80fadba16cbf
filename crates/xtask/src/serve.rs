//! `serve`: development. trunk rebuilds an app on every change and reloads the page.
//!
//! The protocol comes from a running `parlour serve --listen 127.0.0.1:8080 --demo`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::{process, styles, tools};

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let folder = match arguments.first().map(String::as_str) {
        None | Some("agent") => project.root.clone(),
        Some("widget") => project.root.join("crates/widget"),
        Some(other) => bail!("serve knows agent and widget, not {other}"),
    };
    tools::rust(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let trunk = tools::trunk(project)?;
    styles::run(project)?;
    process::run(
        Command::new(trunk.join("trunk"))
            .arg("serve")
            .current_dir(folder)
            .env("PATH", tools::path_with(&bindgen))
            // trunk would read a bare `1` as a value of its own option.
            .env_remove("NO_COLOR"),
    )
}

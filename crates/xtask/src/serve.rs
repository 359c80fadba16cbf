//! `serve`: development. trunk rebuilds the agents' app on every change and reloads the page.
//!
//! The widget needs the loader around it, which only a whole build puts together.
//!
//! The protocol comes from a running `parlour serve --listen 127.0.0.1:8080 --demo`.

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{process, styles, tools};

pub(crate) fn run(project: &Project) -> Result<()> {
    tools::rust(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let trunk = tools::trunk(project)?;
    styles::run(project)?;
    process::run(
        Command::new(trunk.join("trunk"))
            .arg("serve")
            .current_dir(&project.root)
            .env("PATH", tools::path_with(&bindgen))
            // trunk would read a bare `1` as a value of its own option.
            .env_remove("NO_COLOR"),
    )
}

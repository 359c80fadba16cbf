//! `bench`: measurements, medians of several runs, printed as tables.

use anyhow::{Result, bail};

use crate::progress::step;
use crate::project::Project;
use crate::{build, process, tools};

/// What can be measured, and the script below tests/e2e that does it.
const BENCHES: [(&str, &str); 3] = [
    ("widget", "bench/widget.config.ts"),
    ("agent", "bench/agent.config.ts"),
    ("server", "bench/server.config.ts"),
];

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let wanted = arguments.first().map(String::as_str);
    let chosen: Vec<_> = BENCHES
        .iter()
        .filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name))
        .collect();
    if chosen.is_empty() {
        bail!("bench knows widget, agent and server");
    }
    build::run(project)?;
    let browser = tools::browser()?;
    let packages = tools::node_packages(project)?;
    for (name, config) in chosen {
        step(&format!("measuring: {name}"), || {
            process::run(
                packages
                    .program("playwright")
                    .args(["test", "--config", config])
                    .current_dir(project.end_to_end())
                    .env("CHROMIUM", &browser.chromium)
                    .env("PARLOUR_SERVER", project.server()),
            )
        })?;
    }
    Ok(())
}

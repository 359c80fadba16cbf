//! `bench`: measurements, medians of several runs, printed as tables.
//!
//! What people wait for is measured in Chromium (tests/e2e/bench), what the server bears by the
//! tools of `journeys`; both use the shipped server. How long assignment takes is
//! measured without one, on the board and on the database.

use anyhow::{Result, bail};

use crate::progress::step;
use crate::project::Project;
use crate::{build, process, tools};

const ALL: [&str; 5] = ["widget", "agent", "lists", "files", "server"];

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let wanted = arguments.first().map(String::as_str);
    if wanted.is_some_and(|wanted| !ALL.contains(&wanted)) {
        bail!("bench knows {}", ALL.join(", "));
    }
    build::run(project)?;
    let mut failed = Vec::new();
    for name in ALL {
        if wanted.is_none_or(|wanted| wanted == name) {
            let measured = step(&format!("measuring: {name}"), || match name {
                "server" => server(project),
                page => in_browser(project, page),
            });
            // One figure that is not met says nothing of the others.
            if let Err(error) = measured {
                eprintln!("    {error:#}");
                failed.push(name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("not as wanted: {}", failed.join(", "));
    }
    Ok(())
}

fn in_browser(project: &Project, page: &str) -> Result<()> {
    let browser = tools::browser()?;
    let packages = tools::node_packages(project)?;
    process::run(
        packages
            .program("playwright")
            .args(["test", "--config", "bench/playwright.config.ts", page])
            .current_dir(project.end_to_end())
            .env("CHROMIUM", &browser.chromium)
            .env("PARLOUR_SERVER", project.server()),
    )
}

fn server(project: &Project) -> Result<()> {
    let mut load = journeys(project, "load");
    load.arg("--server").arg(project.server());
    process::run(&mut load)?;
    let mut files = journeys(project, "files");
    files.arg("--server").arg(project.server());
    process::run(&mut files)?;
    process::run(journeys(project, "assignment").arg("bench"))
}

/// A tool of `journeys`, with as many open files as the system lets it have: each socket is one.
pub(crate) fn journeys(project: &Project, tool: &str) -> std::process::Command {
    let cargo = process::cargo(project);
    let mut shell = std::process::Command::new("sh");
    shell
        .current_dir(&project.root)
        .args(["-c", "ulimit -n $(ulimit -Hn); exec \"$@\"", "sh"])
        .arg(cargo.get_program())
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "journeys",
            "--bin",
            tool,
            "--",
        ]);
    shell
}

//! `files --server PATH [--runs N]`: the largest file up and down, in time and memory.
//! `cargo xtask bench server` runs it.

use std::path::PathBuf;

use anyhow::{Context, bail};
use journeys::files::{Plan, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut plan = Plan {
        server: PathBuf::new(),
        runs: 5,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--server" => plan.server = PathBuf::from(value),
            "--runs" => plan.runs = value.parse().context("--runs")?,
            _ => bail!("unknown argument {name}"),
        }
    }
    if plan.server.as_os_str().is_empty() {
        bail!("--server PATH of the parlour program is missing");
    }
    println!("{}", run(&plan).await?);
    Ok(())
}

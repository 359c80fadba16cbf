//! `load --server PATH [--sockets N] [--writers N] [--seconds N]`: memory of idle sockets and
//! time from one side to the other. `cargo xtask bench server` runs it.

use std::path::PathBuf;

use anyhow::{Context, bail};
use journeys::load::{Plan, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut plan = Plan {
        server: PathBuf::new(),
        sockets: 10_000,
        writers: 2_000,
        seconds: 60,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--server" => plan.server = PathBuf::from(value),
            "--sockets" => plan.sockets = value.parse().context("--sockets")?,
            "--writers" => plan.writers = value.parse().context("--writers")?,
            "--seconds" => plan.seconds = value.parse().context("--seconds")?,
            _ => bail!("unknown argument {name}"),
        }
    }
    if plan.server.as_os_str().is_empty() {
        bail!("--server PATH of the parlour program is missing");
    }
    println!("{}", run(&plan).await?);
    Ok(())
}

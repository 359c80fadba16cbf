//! `soak --server PATH [--sends N] [--seed N]`: many clients on a bad network, and the count of
//! what got lost, doubled or out of order. `cargo xtask full` runs it.

use std::path::PathBuf;

use anyhow::{Context, bail};
use journeys::soak::{Plan, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut plan = Plan {
        server: PathBuf::new(),
        sends: 20_000,
        visitors: 40,
        agents: 3,
        restarts: 6,
        seed: rand::random(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--server" => plan.server = PathBuf::from(value),
            "--sends" => plan.sends = value.parse().context("--sends")?,
            "--visitors" => plan.visitors = value.parse().context("--visitors")?,
            "--restarts" => plan.restarts = value.parse().context("--restarts")?,
            "--seed" => plan.seed = value.parse().context("--seed")?,
            _ => bail!("unknown argument {name}"),
        }
    }
    if plan.server.as_os_str().is_empty() {
        bail!("--server PATH of the parlour program is missing");
    }
    println!("soak: seed {}", plan.seed);
    let verdict = run(&plan).await?;
    println!("{verdict}");
    if verdict.is_clean() {
        Ok(())
    } else {
        bail!("the soak is not clean; repeat it with --seed {}", plan.seed)
    }
}

//! `assignment bench|simulate|write`: the time decisions take, the simulation's table, and that
//! table written into `docs/assignment.md`. `cargo xtask bench server` runs the first.

use std::path::Path;

use anyhow::{Context, bail};
use journeys::assignment::{bench, renew, storage, tables};

fn main() -> anyhow::Result<()> {
    let order = std::env::args().nth(1).unwrap_or_default();
    match order.as_str() {
        "bench" => {
            let (table, is_decided) = bench::run()?;
            println!("{table}");
            let (table, is_offered) = storage::run()?;
            println!("{table}");
            if !is_decided {
                bail!("a decision took more than 10 ms");
            }
            if !is_offered {
                bail!("an assignment took more than 10 ms of work");
            }
        }
        "simulate" => println!("{}", tables()?.2),
        "write" => {
            let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/assignment.md");
            let text = std::fs::read_to_string(&page).context("docs/assignment.md")?;
            std::fs::write(&page, renew(&text, &tables()?.2)?)?;
        }
        _ => bail!("assignment bench, simulate or write"),
    }
    Ok(())
}

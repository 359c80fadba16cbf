//! `test`: every check and every test, to the end, with one summary line.
//!
//! A failing step does not stop the ones after it: one run shows everything that is wrong. Tests
//! are counted from the runners' own summaries; a step without a runner counts as one.

mod counts;
mod steps;

use anyhow::{Result, bail};
pub(crate) use counts::Counts;
pub(crate) use steps::test_server;

use crate::progress::step;
use crate::project::Project;

pub(crate) fn run(project: &Project) -> Result<()> {
    let counts = all(project);
    finish(&counts)
}

/// Runs every step.
pub(crate) fn all(project: &Project) -> Counts {
    let mut total = Counts::default();
    for check in steps::ALL {
        let outcome = step(check.name, || (check.run)(project));
        total.add(match outcome {
            Ok(counts) => counts,
            Err(error) => {
                eprintln!("    {error:#}");
                Counts::one_failed(check.name)
            }
        });
    }
    total
}

/// Says the sum on the very last line and turns it into an outcome.
pub(crate) fn finish(counts: &Counts) -> Result<()> {
    for name in &counts.failed_steps {
        eprintln!("failed: {name}");
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    if counts.failed > 0 || counts.passed == 0 {
        // The summary line is the last word; main would print an error after it.
        std::process::exit(1);
    }
    Ok(())
}

/// A step whose verdict is an exit status alone.
fn verdict(success: bool, what: &str) -> Result<Counts> {
    if success {
        Ok(Counts::one_passed())
    } else {
        bail!("{what} found something; see above")
    }
}

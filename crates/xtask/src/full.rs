//! `full`: `test`, and beside it what takes too long for every change.

use anyhow::Result;

use crate::progress::step;
use crate::project::Project;
use crate::test::Counts;
use crate::{bench, build, process, test};

/// Cases of each property test instead of the quick default.
const PROPERTY_CASES: &str = "2000";

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut counts = test::all(project);
    counts.add(property_tests(project));
    counts.add(verdict("soak on a bad network", || {
        // Nothing of `test` needs the shipped server; the soak starts and kills it.
        build::run(project)?;
        let mut soak = bench::journeys(project, "soak");
        soak.arg("--server").arg(project.server());
        process::run(&mut soak)
    }));
    counts.add(verdict("measurements", || bench::run(project, &[])));
    test::finish(&counts)
}

/// The property tests again, with many more cases.
fn property_tests(project: &Project) -> Counts {
    let name = "property tests with more cases";
    let said = step(name, || {
        process::tee(
            process::cargo(project)
                .args(["test", "--release", "--no-fail-fast"])
                .args(["--package", "client-core", "--package", "server-core"])
                .args(["--package", "journeys"])
                .env("PROPTEST_CASES", PROPERTY_CASES),
        )
    });
    match said {
        Ok(said) => Counts::of_runner(name, &said.text, said.success),
        Err(error) => {
            eprintln!("    {error:#}");
            Counts::one_failed(name)
        }
    }
}

/// A run that is one test.
fn verdict(name: &str, work: impl FnOnce() -> Result<()>) -> Counts {
    match step(name, work) {
        Ok(()) => Counts::one_passed(),
        Err(error) => {
            eprintln!("    {error:#}");
            Counts::one_failed(name)
        }
    }
}

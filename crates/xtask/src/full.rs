//! `full`: `test`, and beside it what takes too long for every change.

use anyhow::Result;

use crate::progress::step;
use crate::project::Project;
use crate::test::Counts;
use crate::{bench, process, test};

/// Cases of each property test instead of the quick default.
const PROPERTY_CASES: &str = "2000";

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut counts = test::all(project);
    counts.add(long_native_tests(project));
    let measured = step("measurements", || bench::run(project, &[]));
    if let Err(error) = measured {
        eprintln!("    {error:#}");
        counts.add(Counts::one_failed("measurements"));
    }
    test::finish(&counts)
}

/// Property tests with many cases, and tests marked as too long for `test` (the soak).
fn long_native_tests(project: &Project) -> Counts {
    let name = "property tests and soak";
    let said = step(name, || {
        process::tee(
            process::cargo(project)
                .args(["test", "--release", "--no-fail-fast"])
                .args(["--package", "client-core", "--package", "journeys"])
                .args(["--", "--include-ignored", "--nocapture"])
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

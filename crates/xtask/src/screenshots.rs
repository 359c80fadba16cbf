//! `screenshots`: pictures of the real apps, for the README and for looking at.

use anyhow::Result;

use crate::progress::step;
use crate::project::Project;
use crate::{build, process, test, tools};

pub(crate) fn run(project: &Project) -> Result<()> {
    build::assets(project)?;
    let browser = tools::browser()?;
    let packages = tools::node_packages(project)?;
    let server = test::test_server(project)?;
    step("taking pictures", || {
        process::run(
            packages
                .program("playwright")
                .args(["test", "--config", "screenshots.config.ts"])
                .current_dir(project.end_to_end())
                .env("CHROMIUM", &browser.chromium)
                .env("PARLOUR_SERVER", &server),
        )
    })
}

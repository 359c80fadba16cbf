//! Chromium and its driver for the tests, from the distribution.
//!
//! `CHROMIUM` and `CHROMEDRIVER` name others.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::find_program;
use crate::process;
use crate::progress::step;

/// The programs.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Makes sure of both.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = present() {
        return Ok(browser);
    }
    let apt = find_program("apt-get");
    let sudo = find_program("sudo");
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let (Some(apt), true) = (apt, root || sudo.is_some()) else {
        bail!(
            "Chromium and chromedriver are needed for the browser tests; install both \
             (on Debian: apt-get install chromium chromium-driver), or name them in CHROMIUM and CHROMEDRIVER"
        );
    };
    step("installing Chromium and its driver with apt-get", || {
        let apt_get = |arguments: &[&str]| {
            let mut command = if root {
                Command::new(&apt)
            } else {
                // -n: without a terminal nobody could type a password.
                let mut command = Command::new("sudo");
                command.args(["-n", "apt-get"]);
                command
            };
            command
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive");
            process::run(&mut command)
        };
        apt_get(&["update", "-qq"])?;
        apt_get(&["install", "-qq", "-y", "chromium", "chromium-driver"])?;
        // Letters of Chinese and Arabic and emoji; without them the pictures show boxes, no
        // test depends on them.
        let _ = apt_get(&[
            "install",
            "-qq",
            "-y",
            "fonts-noto-core",
            "fonts-noto-cjk",
            "fonts-noto-color-emoji",
        ]);
        Ok(())
    })?;
    match present() {
        Some(browser) => Ok(browser),
        None => bail!(
            "apt-get installed chromium and chromium-driver, but neither is on the search path; name them in CHROMIUM and CHROMEDRIVER"
        ),
    }
}

fn present() -> Option<Browser> {
    let named = |name| std::env::var_os(name).map(PathBuf::from);
    Some(Browser {
        chromium: named("CHROMIUM")
            .or_else(|| find_program("chromium"))
            .or_else(|| find_program("google-chrome"))
            .filter(|path| path.is_file())?,
        driver: named("CHROMEDRIVER")
            .or_else(|| find_program("chromedriver"))
            .filter(|path| path.is_file())?,
    })
}

//! The steps of `test`, cheapest first.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Counts, verdict};
use crate::process::{self, Transcript};
use crate::project::Project;
use crate::{build, size, tidy, tools};

/// A step: its name for people, and what it does.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) run: fn(&Project) -> Result<Counts>,
}

pub(super) const ALL: [Step; 10] = [
    Step {
        name: "formatting",
        run: formatting,
    },
    Step {
        name: "house rules",
        run: house_rules,
    },
    Step {
        name: "lints",
        run: lints,
    },
    Step {
        name: "lints of the browser crates",
        run: browser_lints,
    },
    Step {
        name: "types of the end-to-end tests",
        run: story_types,
    },
    Step {
        name: "native tests",
        run: native_tests,
    },
    Step {
        name: "DOM tests",
        run: dom_tests,
    },
    Step {
        name: "optimised build",
        run: optimised_build,
    },
    Step {
        name: "size budgets",
        run: size_budgets,
    },
    Step {
        name: "end-to-end tests",
        run: end_to_end_tests,
    },
];

/// The crates that only make sense in a browser.
const BROWSER_CRATES: [&str; 4] = ["client-web", "ui", "widget", "agent"];

fn formatting(project: &Project) -> Result<Counts> {
    tools::rust(project)?;
    let said = process::tee(process::cargo(project).args(["fmt", "--all", "--check"]))?;
    verdict(said.success, "cargo fmt")
}

fn house_rules(project: &Project) -> Result<Counts> {
    tidy::run(project)?;
    Ok(Counts::one_passed())
}

fn lints(project: &Project) -> Result<Counts> {
    let mut cargo = process::cargo(project);
    cargo.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-features",
        "--all-targets",
    ]);
    for name in BROWSER_CRATES {
        cargo.args(["--exclude", name]);
    }
    let said = process::tee(cargo.args(["--", "-D", "warnings"]))?;
    verdict(said.success, "clippy")
}

fn browser_lints(project: &Project) -> Result<Counts> {
    let mut cargo = browser_cargo(project, "clippy", &BROWSER_CRATES);
    let said = process::tee(cargo.args(["--quiet", "--all-targets", "--", "-D", "warnings"]))?;
    verdict(said.success, "clippy")
}

fn story_types(project: &Project) -> Result<Counts> {
    let packages = tools::node_packages(project)?;
    let said = process::tee(packages.program("tsc").current_dir(project.end_to_end()))?;
    verdict(said.success, "tsc")
}

fn native_tests(project: &Project) -> Result<Counts> {
    let mut cargo = process::cargo(project);
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    for name in BROWSER_CRATES {
        cargo.args(["--exclude", name]);
    }
    count("native tests", process::tee(&mut cargo)?)
}

/// In headless Chromium, through the driver.
fn dom_tests(project: &Project) -> Result<Counts> {
    let bindgen = tools::wasm_bindgen(project)?;
    let browser = tools::browser()?;
    let capabilities = webdriver_capabilities(project, &browser.chromium)?;
    let mut cargo = browser_cargo(project, "test", &BROWSER_CRATES);
    cargo
        .arg("--no-fail-fast")
        .env("PATH", tools::path_with(&bindgen))
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    count("DOM tests", process::tee(&mut cargo)?)
}

/// wasm-bindgen-test-runner reads `webdriver.json` in the folder of the package under test.
fn webdriver_capabilities(project: &Project, chromium: &std::path::Path) -> Result<PathBuf> {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
    ];
    let capabilities = serde_json::json!({
        "goog:chromeOptions": { "binary": chromium, "args": arguments }
    });
    let path = project.target.join("webdriver.json");
    std::fs::create_dir_all(&project.target)?;
    std::fs::write(&path, capabilities.to_string())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn browser_cargo(project: &Project, command: &str, packages: &[&str]) -> Command {
    let mut cargo = process::cargo(project);
    cargo.args([command, "--target", "wasm32-unknown-unknown"]);
    for name in packages {
        cargo.args(["--package", name]);
    }
    cargo
}

/// What browsers download. The server's own optimised build is left to `full`: it takes minutes
/// and tells nothing that the same sources unoptimised do not.
fn optimised_build(project: &Project) -> Result<Counts> {
    build::assets(project)?;
    Ok(Counts::one_passed())
}

fn size_budgets(project: &Project) -> Result<Counts> {
    size::run(project)?;
    Ok(Counts::one_passed())
}

fn end_to_end_tests(project: &Project) -> Result<Counts> {
    let browser = tools::browser()?;
    let packages = tools::node_packages(project)?;
    let server = test_server(project)?;
    let plain = built_server(project, "plain", &[])?;
    let mut playwright = packages.program("playwright");
    playwright
        .arg("test")
        .current_dir(project.end_to_end())
        .env("CHROMIUM", &browser.chromium)
        .env("PARLOUR_SERVER", &server)
        .env("PARLOUR_PLAIN_SERVER", &plain);
    count("end-to-end tests", process::tee(&mut playwright)?)
}

/// The server whose clock tests may move.
pub(crate) fn test_server(project: &Project) -> Result<PathBuf> {
    built_server(project, "parlour", &["--features", "test-clock"])
}

/// An unoptimised server with these features, kept apart under a name of its own: cargo has one
/// file name for all of them.
fn built_server(project: &Project, name: &str, features: &[&str]) -> Result<PathBuf> {
    let mut cargo = process::cargo(project);
    cargo.args(["build", "--package", "server", "--bin", "parlour"]);
    process::run(cargo.args(features))?;
    let place = project.target.join("end-to-end").join(name);
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // Moved into place: a server of another run may still execute the old file.
    let fresh = place.with_extension("new");
    std::fs::copy(project.target.join("debug/parlour"), &fresh)
        .context("cargo built no target/debug/parlour")?;
    std::fs::rename(&fresh, &place)?;
    Ok(place)
}

fn count(step: &str, said: Transcript) -> Result<Counts> {
    Ok(Counts::of_runner(step, &said.text, said.success))
}

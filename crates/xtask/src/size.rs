//! `size`: bytes of each asset, raw, gzip and brotli, against the budgets.
//!
//! The budgets are what browsers fetch until the first message went out, and until the agents'
//! list shows. Each counts the largest language. What is fetched when it is first wanted is told,
//! but counts in neither.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::project::Project;

const LOADER: u64 = 3_000;
const WIDGET: u64 = 80_000;
const AGENT: u64 = 250_000;

/// A file's length three times.
struct Asset {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

pub(crate) fn run(project: &Project) -> Result<()> {
    // What is measured is what these sources make.
    build::assets(project)?;
    let dist = project.dist();
    let loader = measure(&dist, "parlour.js")?;
    let widget = parts(&dist, "widget")?;
    let mut agent = parts(&dist, "agent")?;
    agent.push(measure(&dist, "agent/index.html")?);

    println!("{:<44} {:>9} {:>9} {:>9}", "asset", "raw", "gzip", "brotli");
    for asset in std::iter::once(&loader).chain(&widget).chain(&agent) {
        println!(
            "{:<44} {:>9} {:>9} {:>9}",
            asset.name, asset.raw, asset.gzip, asset.brotli
        );
    }
    println!();
    let sums = [
        ("loader", loader.brotli, LOADER),
        (
            "widget until the first message",
            loader.brotli + needed(&widget),
            WIDGET,
        ),
        ("agent app until the list", needed(&agent), AGENT),
    ];
    let mut above = Vec::new();
    for (name, bytes, budget) in sums {
        let verdict = if bytes > budget { "ABOVE" } else { "within" };
        println!("{name:<44} {bytes:>9} brotli, {verdict} {budget}");
        if bytes > budget {
            above.push(name);
        }
    }
    if above.is_empty() {
        Ok(())
    } else {
        bail!("above budget: {}", above.join(", "))
    }
}

/// Everything of one app in assets/.
fn parts(dist: &Path, app: &str) -> Result<Vec<Asset>> {
    let mut names: Vec<String> = std::fs::read_dir(dist.join("assets"))
        .context("cannot read dist/assets")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(&format!("{app}-")))
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| measure(dist, &format!("assets/{name}")))
        .collect()
}

/// The sum of all files, with only the largest catalogue, and without what is fetched when it is
/// first wanted.
fn needed(assets: &[Asset]) -> u64 {
    let is_catalogue = |asset: &&Asset| asset.name.ends_with(".json");
    let is_later = |asset: &&Asset| asset.name.contains("-second-");
    let others: u64 = assets
        .iter()
        .filter(|asset| !is_catalogue(asset) && !is_later(asset))
        .map(|asset| asset.brotli)
        .sum();
    let largest = assets
        .iter()
        .filter(is_catalogue)
        .map(|asset| asset.brotli)
        .max();
    others + largest.unwrap_or_default()
}

fn measure(dist: &Path, name: &str) -> Result<Asset> {
    let length = |suffix: &str| {
        let path: PathBuf = dist.join(format!("{name}{suffix}"));
        std::fs::metadata(&path)
            .map(|metadata| metadata.len())
            .with_context(|| format!("{} is missing", path.display()))
    };
    Ok(Asset {
        raw: length("")?,
        gzip: length(".gz")?,
        brotli: length(".br")?,
        name: name.to_owned(),
    })
}

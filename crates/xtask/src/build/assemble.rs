//! dist/ from its parts: hashed assets, the loader and pages that name them, copies.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::assets::Assets;
use super::{APPS, catalogues, compress, loader, pages, stamp, wasm};
use crate::project::Project;
use crate::styles;
use crate::tools::NodePackages;

/// A hash over everything dist/ is made from, the way of making it included.
pub(super) fn inputs(project: &Project) -> Result<String> {
    let mut places = vec![
        project.root.join("index.html"),
        project.root.join("public"),
        project.root.join("crates/xtask/src/build"),
        project.end_to_end().join("package-lock.json"),
    ];
    for app in APPS {
        let folder = wasm::output(project, app);
        places.push(folder.join(format!("{app}.wasm")));
        places.push(folder.join(format!("{app}.min.js")));
        places.push(styles::output(project, app));
    }
    stamp::hash_files(&project.root, &places)
}

/// Makes a whole dist in an empty place.
pub(super) fn assemble(project: &Project, packages: &NodePackages, dist: &Path) -> Result<()> {
    let assets = Assets::new(dist)?;
    let public = project.root.join("public");

    let widget = add_app(project, &assets, "widget")?;
    let source = read(&public.join("parlour.js"))?;
    let files = loader::WidgetFiles {
        glue: assets.add(
            "widget",
            "js",
            pages::named(&widget.glue, "widget", &widget.wasm)?.as_bytes(),
        )?,
        wasm: widget.wasm,
        css: widget.css,
        locales: widget.locales,
    };
    std::fs::write(
        dist.join("parlour.js"),
        loader::loader(&source, &files, packages)?,
    )?;

    let agent = add_app(project, &assets, "agent")?;
    let files = pages::AgentFiles {
        glue: assets.add(
            "agent",
            "js",
            pages::self_starting(&agent.glue, "agent", &agent.wasm)?.as_bytes(),
        )?,
        wasm: agent.wasm,
        css: agent.css,
        locales: agent.locales,
    };
    let page = pages::agent_page(&read(&project.root.join("index.html"))?, &files)?;
    std::fs::create_dir_all(dist.join("agent"))?;
    std::fs::write(dist.join("agent/index.html"), page)?;

    copy_below(
        &public,
        dist,
        &[public.join("parlour.js"), public.join("locales")],
    )?;
    compress::below(dist)
}

/// What an app consists of, with the names its files got.
struct App {
    glue: String,
    wasm: String,
    css: String,
    locales: Vec<(String, String)>,
}

fn add_app(project: &Project, assets: &Assets, app: &str) -> Result<App> {
    let folder = wasm::output(project, app);
    let module = folder.join(format!("{app}.wasm"));
    let module =
        std::fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut locales = Vec::new();
    for catalogue in catalogues::all(&project.root.join("public/locales"))? {
        let stem = format!("{app}-{}", catalogue.tag);
        let name = assets.add(&stem, "json", catalogue.for_app(app)?.as_bytes())?;
        locales.push((catalogue.tag, name));
    }
    Ok(App {
        glue: read(&folder.join(format!("{app}.min.js")))?,
        wasm: assets.add(app, "wasm", &module)?,
        css: assets.add(app, "css", read(&styles::output(project, app))?.as_bytes())?,
        locales,
    })
}

fn copy_below(from: &Path, to: &Path, leave_out: &[PathBuf]) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let path = entry.path();
        if leave_out.contains(&path) {
            continue;
        }
        let place = to.join(entry.file_name());
        if path.is_dir() {
            copy_below(&path, &place, leave_out)?;
        } else {
            std::fs::copy(&path, &place)
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

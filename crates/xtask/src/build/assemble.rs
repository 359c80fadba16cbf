//! dist/ from its parts: hashed assets, the loader and pages that name them, copies.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::assets::Assets;
use super::catalogues::Codes;
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
        places.extend(Some(wasm::second_module(&folder, app)).filter(|file| file.is_file()));
        places.push(styles::output(project, app));
        places.extend(Some(styles::second_output(project, app)).filter(|file| file.is_file()));
    }
    stamp::hash_files(&project.root, &places)
}

/// Makes a whole dist in an empty place.
pub(super) fn assemble(project: &Project, packages: &NodePackages, dist: &Path) -> Result<()> {
    let public = project.root.join("public");
    std::fs::create_dir_all(dist.join("agent"))?;

    let widget = add_app(project, dist, "widget", pages::named)?;
    let source = read(&public.join("parlour.js"))?;
    let text = loader::loader(&source, &widget, packages)?;
    std::fs::write(dist.join("parlour.js"), text)?;

    let agent = add_app(project, dist, "agent", pages::self_starting)?;
    let source = read(&project.root.join("index.html"))?;
    let text = pages::agent_page(&source, &agent)?;
    std::fs::write(dist.join("agent/index.html"), text)?;

    copy_below(
        &public,
        dist,
        &[public.join("parlour.js"), public.join("locales")],
    )?;
    compress::below(dist)
}

/// Names of the files that an app consists of.
pub(super) struct AppFiles {
    pub(super) glue: String,
    pub(super) wasm: String,
    pub(super) css: String,
    /// Language tag and file name of each catalogue.
    pub(super) locales: Vec<(String, String)>,
}

/// Writes an app's files. `finish` tells its glue the name of its wasm.
fn add_app(
    project: &Project,
    dist: &Path,
    app: &str,
    finish: fn(&str, &str, &str) -> Result<String>,
) -> Result<AppFiles> {
    let folder = wasm::output(project, app);
    let module = folder.join(format!("{app}.wasm"));
    let module =
        std::fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let glue = read(&folder.join(format!("{app}.min.js")))?;
    let css = read(&styles::output(project, app))?;
    let mut texts = Vec::new();
    let catalogues = catalogues::all(&project.root.join("public/locales"))?;
    let codes = Codes::of(&catalogues)?;
    for catalogue in catalogues {
        let text = catalogue.for_app(app, &codes)?;
        texts.push((catalogue.tag, text));
    }
    let second = second(project, &folder, app)?;
    let parts = [&module[..], glue.as_bytes(), css.as_bytes()];
    let parts = parts
        .into_iter()
        .chain(second.iter().map(|(_, content)| &content[..]))
        .chain(texts.iter().map(|(_, text)| text.as_bytes()));
    let assets = Assets::new(dist, parts)?;
    let mut glue = finish(&glue, app, &assets.name(app, "wasm"))?;
    for (extension, content) in &second {
        let name = assets.add(&format!("{app}-second"), extension, content)?;
        let plain = format!("{app}_second.{extension}");
        ensure!(glue.contains(&plain), "the glue of {app} names no {plain}");
        glue = glue.replace(&plain, &name);
    }
    Ok(AppFiles {
        glue: assets.add(app, "js", glue.as_bytes())?,
        wasm: assets.add(app, "wasm", &module)?,
        css: assets.add(app, "css", css.as_bytes())?,
        locales: texts
            .into_iter()
            .map(|(tag, text)| {
                let name = assets.add(&format!("{app}-{tag}"), "json", text.as_bytes())?;
                Ok((tag, name))
            })
            .collect::<Result<_>>()?,
    })
}

/// What an app fetches when it is first wanted, by extension; nothing when it is not split.
fn second(project: &Project, folder: &Path, app: &str) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let module = wasm::second_module(folder, app);
    if !module.is_file() {
        return Ok(Vec::new());
    }
    let read = |file: &Path| {
        std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
    };
    let css = styles::second_output(project, app);
    Ok(vec![("wasm", read(&module)?), ("css", read(&css)?)])
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

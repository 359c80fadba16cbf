//! One app from Rust to WebAssembly and its JavaScript glue, as small as they go.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::glue::Renamed;
use super::split::{Later, Linked, Split};
use super::{catalogues, glue, order, stamp};
use crate::process;
use crate::progress::step;
use crate::project::Project;
use crate::tools::{NodePackages, RustSource};

/// What .cargo/config.toml says for wasm32; a RUSTFLAGS variable replaces it, so it is repeated.
const NEEDED_FLAGS: &str = "--cfg getrandom_backend=\"wasm_js\"";

/// Without messages for panics, places and `{:?}`: nobody reads them in a visitor's browser.
const TUNED_FLAGS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Names that tell where a function comes from, and no two functions under one name: the module
/// is split by names before like functions become one.
const SPLIT_FLAGS: &str =
    "--cfg parlour_split -Csymbol-mangling-version=v0 -Zmerge-functions=disabled";

/// What of an app is fetched when it is first wanted.
fn later(app: &str) -> Option<Later> {
    match app {
        "widget" => Some(WIDGET),
        "agent" => Some(AGENT),
        _ => None,
    }
}

/// Fetched when it is first wanted, when the visitor sends, and once there is a conversation.
const WIDGET: Later = Later {
    modules: &[
        "<client_core::incoming::Incoming>::decode_for_visitor",
        "client_core::playback",
        "client_core::recording",
        "client_core::update::links",
        "client_core::update::rest",
        "client_web::player",
        "client_web::recorder",
        "client_web::upload::transfer",
        "ui::chat::attachment_tile::inside",
        "ui::chat::attachment_tile::missing",
        "ui::chat::composer::chips",
        "ui::chat::editing_bar",
        "ui::chat::file_name",
        "ui::chat::first_form::fields",
        "ui::chat::message_bubble::failure",
        "ui::chat::message_list::found",
        "ui::chat::message_list::restart",
        "ui::chat::message_list::steps",
        "ui::chat::message_list::talking",
        "ui::chat::message_list::window",
        "ui::chat::row_actions",
        "ui::chat::system_line",
        "ui::chat::unread_divider",
        "ui::chat::viewer",
        "ui::chat::voice_player",
        "ui::chat::voice_recorder",
        "ui::chat::waiting_line::told",
    ],
    gates: &[
        "client_web::upload::transfer::abort",
        "client_web::upload::transfer::read",
        "client_web::upload::transfer::start",
        "ui::chat::attachment_tile::inside::inside",
        "ui::chat::composer::chips::refused",
        "ui::chat::composer::chips::show",
        "ui::chat::editing_bar::show",
        "ui::chat::first_form::fields::fields",
        "ui::chat::message_bubble::failure::fill",
        "ui::chat::message_list::found::lead_to",
        "ui::chat::message_list::steps::step",
        "ui::chat::message_list::talking::start",
        "ui::chat::message_list::window::follow_order",
        "ui::chat::message_list::window::follow_view",
        "ui::chat::quote::fill",
        "ui::chat::system_line::system_line",
        "ui::chat::unread_divider::unread_divider",
        "ui::chat::voice_player::show",
        "ui::chat::voice_recorder::arrive",
        "ui::chat::voice_recorder::leave",
        "ui::chat::voice_recorder::show",
        "ui::chat::waiting_line::told::fill",
        // The core is told when it is complete.
        "client_core::update::frames::go_on",
        "client_core::update::intents::looked_away",
        "client_core::update::intents::send_all",
        "client_core::update::intents::typed",
        "client_core::update::rest::complete",
        "client_core::update::rest::disconnected",
        "client_core::update::rest::heed",
        "client_core::update::rest::restore",
        "client_core::update::settle::next_due",
        "client_core::update::settle::settle_all",
        "client_core::update::visit::prepare_form",
        "<client_core::view::form::FormView>::of",
        "<client_core::view::timeline::TimelineView>::tell",
        "client_core::view::composer::aim",
        "client_core::view::links::segments",
        "client_core::view::rows::enrich",
        "client_core::view::rows::messages",
        // The shell keeps such frames until the second module is here.
        "client_core::update::frames::received_later",
        "protocol::json::read::present::<protocol::conversation::VisitorConversation>",
        "protocol::json::read::present::<protocol::form::Form>",
        // A core that is not complete says only what is first.
        "<protocol::visitor::commands::VisitorCommand>::encode_any",
    ],
};

/// Fetched when the list stands: all that is beside it.
const AGENT: Later = Later {
    modules: &[
        "agent::pages::inbox::conversation",
        "agent::pages::inbox::desk",
        "agent::pages::inbox::information",
        "agent::voice::listen",
        "agent::voice::record",
        "client_core::playback",
        "client_core::recording",
        "client_web::player",
        "client_web::recorder",
        "client_web::upload::transfer",
        "ui::chat::answers",
        "ui::chat::attachment_tile",
        "ui::chat::composer",
        "ui::chat::drop_target",
        "ui::chat::editing_bar",
        "ui::chat::file_name",
        "ui::chat::message_bubble",
        "ui::chat::message_list",
        "ui::chat::quote",
        "ui::chat::row_actions",
        "ui::chat::typing_line",
        "ui::chat::viewer",
        "ui::chat::voice_player",
        "ui::chat::voice_recorder",
    ],
    gates: &[
        "agent::pages::inbox::conversation::conversation",
        "agent::pages::inbox::desk::desk",
        "agent::pages::inbox::information::information",
        "client_web::upload::transfer::abort",
        "client_web::upload::transfer::read",
        "client_web::upload::transfer::start",
        "client_web::upload::transfer::stop",
        "ui::chat::voice_player::silence",
        "ui::chat::voice_recorder::forget",
    ],
};

/// Where an app's glue and wasm are after the build.
pub(super) fn output(project: &Project, app: &str) -> PathBuf {
    project.target.join("apps/out").join(app)
}

pub(super) fn build(
    project: &Project,
    app: &str,
    source: RustSource,
    bindgen: &Path,
    packages: &NodePackages,
) -> Result<()> {
    step(&format!("building the {app} app"), || {
        compile(project, app, source)
    })?;
    let compiled = project
        .target
        .join("apps/wasm32-unknown-unknown/wasm")
        .join(format!("{app}.wasm"));
    let folder = output(project, app);
    let mut inputs = recipe(project).to_vec();
    inputs.push(compiled.clone());
    let made = stamp::hash_files(&project.root, &inputs)?;
    let stamp_file = folder.join("stamp");
    if stamp::matches(&stamp_file, &made) {
        return Ok(());
    }
    step(&format!("optimising the {app} app"), || {
        let later = later(app).filter(|_| source == RustSource::Present);
        shrink(app, later.as_ref(), &compiled, &folder, bindgen, packages)
    })?;
    stamp::write(&stamp_file, &made)
}

/// This file and its helpers: another way of building is another output.
fn recipe(project: &Project) -> [PathBuf; 8] {
    [
        "wasm.rs",
        "glue.rs",
        "order.rs",
        "split/data.rs",
        "split/mod.rs",
        "split/notes.rs",
        "split/parts.rs",
        "split/write.rs",
    ]
    .map(|name| project.root.join("crates/xtask/src/build").join(name))
}

/// Each app by itself: built together they would get each other's features.
fn compile(project: &Project, app: &str, source: RustSource) -> Result<()> {
    let mut cargo = process::cargo(project);
    cargo
        .env(catalogues::VARIABLE, "1")
        .args(["rustc", "--package", app, "--bin", app])
        .args(["--profile", "wasm", "--target", "wasm32-unknown-unknown"])
        // Beside the rest, because these flags would make cargo rebuild it back and forth.
        .arg("--target-dir")
        .arg(project.target.join("apps"));
    if source == RustSource::Present {
        cargo
            .args([
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", flags(app));
        if later(app).is_some() {
            // The linker's notes, by which constants are told apart.
            cargo.args(["--", "-Clink-arg=--emit-relocs"]);
        }
    } else {
        cargo.env("RUSTFLAGS", NEEDED_FLAGS);
    }
    process::run(&mut cargo)
}

fn flags(app: &str) -> String {
    match later(app) {
        Some(_) => format!("{NEEDED_FLAGS} {TUNED_FLAGS} {SPLIT_FLAGS}"),
        None => format!("{NEEDED_FLAGS} {TUNED_FLAGS}"),
    }
}

/// wasm-bindgen writes the glue, wasm-opt and terser make both small; what is wanted later becomes
/// a module of its own.
fn shrink(
    app: &str,
    later: Option<&Later>,
    compiled: &Path,
    folder: &Path,
    bindgen: &Path,
    packages: &NodePackages,
) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let linked = match later {
        Some(_) => Some(Linked::read(&std::fs::read(compiled)?)?),
        None => None,
    };
    let unbound = folder.join(format!("{app}_linked.wasm"));
    if let Some(linked) = &linked {
        std::fs::write(&unbound, &linked.module)?;
    }
    process::run(
        Command::new(bindgen.join("wasm-bindgen"))
            .arg(if linked.is_some() { &unbound } else { compiled })
            .args(["--target", "web", "--no-typescript"])
            .args(["--no-demangle", "--remove-producers-section"])
            .args(["--out-name", app, "--out-dir"])
            .arg(folder),
    )?;
    let bound = folder.join(format!("{app}_bg.wasm"));
    let lean = folder.join(format!("{app}_lean.wasm"));
    let glue = std::fs::read_to_string(folder.join(format!("{app}.js")))
        .context("wasm-bindgen wrote no glue")?;
    let mut glue = glue::without_unused(&glue)?;
    let graph = folder.join("reachable.json");
    std::fs::write(&graph, glue::reachable(&glue))?;
    process::output(
        packages
            .program("wasm-metadce")
            .arg("-g")
            .arg(&bound)
            .arg("--graph-file")
            .arg(&graph)
            .arg("--output")
            .arg(&lean),
    )?;
    let module = std::fs::read(&lean)?;
    let split = match later.zip(linked.as_ref()) {
        Some((later, linked)) => Some(Split::new(&module, later, linked)?),
        None => None,
    };
    let first = match &split {
        Some(split) => split.first()?,
        None => module.clone(),
    };
    let names = process::output(
        ordered(&first, &folder.join(format!("{app}_first")), packages)?
            .arg("--minify-imports-and-exports-and-modules")
            .arg("--output")
            .arg(folder.join(format!("{app}.wasm"))),
    )?;
    let names: Renamed = serde_json::from_str(&names).context("wasm-opt told no names")?;
    if let Some(split) = &split {
        let second = split.second(&names.exports())?;
        process::output(
            ordered(&second, &folder.join(format!("{app}_second")), packages)?
                .arg("--output")
                .arg(second_module(folder, app)),
        )?;
        glue.push_str(&glue::bringing_second(app));
    } else {
        // Perhaps the last build had one.
        let _ = std::fs::remove_file(second_module(folder, app));
    }
    let minified = process::filter(
        packages
            .program("terser")
            .args([
                "--module",
                "--compress",
                "passes=3,unsafe_arrows,keep_fargs=false",
            ])
            .args(["--mangle", "--ecma", "2022"]),
        &glue::renamed(&glue, app, &names)?,
    )?;
    std::fs::write(folder.join(format!("{app}.min.js")), minified)?;
    Ok(())
}

/// Where a second module is, if the app is split.
pub(super) fn second_module(folder: &Path, app: &str) -> PathBuf {
    folder.join(format!("{app}-second.wasm"))
}

/// A module made small, with like functions side by side: a call of wasm-opt that takes away
/// what only tools read, and still lacks the place to write to. Files on the way begin with `stem`.
fn ordered(module: &[u8], stem: &Path, packages: &NodePackages) -> Result<Command> {
    let file = |ending: &str| {
        let mut name = stem.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (whole, small, sorted) = (file(".wasm"), file("_small.wasm"), file("_ordered.wasm"));
    std::fs::write(&whole, module)?;
    process::output(
        packages
            .program("wasm-opt")
            // Larger before compression than one -Oz, but half a kilobyte smaller after it.
            .args(["--flatten", "--rereloop", "-Os", "-Os"])
            .arg("--one-caller-inline-max-function-size=40")
            // Not --traps-never-happen, which is smaller still: it would drop bounds checks.
            .arg("--low-memory-unused")
            .arg(&whole)
            .arg("--output")
            .arg(&small),
    )?;
    let named = order::named_by_likeness(&std::fs::read(&small)?)?;
    std::fs::write(&small, named)?;
    process::output(
        packages
            .program("wasm-opt")
            .args(["-g", "--reorder-functions-by-name"])
            .arg(&small)
            .arg("--output")
            .arg(&sorted),
    )?;
    let mut last = packages.program("wasm-opt");
    last.args([
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ])
    .arg(&sorted);
    Ok(last)
}

//! Turns the English catalogue into typed names, and refuses to build when the languages
//! disagree. The rules live in `build/catalogues.rs`, where tests can reach them.

#[path = "build/catalogues.rs"]
mod catalogues;
#[path = "build/codes.rs"]
mod codes;

use std::path::Path;
use std::process::ExitCode;

use catalogues::Naming;

fn main() -> ExitCode {
    let folder = Path::new("../../public/locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-env-changed={}", codes::VARIABLE);
    let naming = match std::env::var_os(codes::VARIABLE) {
        Some(_) => Naming::Codes,
        None => Naming::Keys,
    };
    match catalogues::read_folder(folder).and_then(|all| catalogues::generate(&all, naming)) {
        Ok(source) => {
            let out = std::env::var_os("OUT_DIR").unwrap_or_default();
            match std::fs::write(Path::new(&out).join("keys.rs"), source) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&[format!("cannot write keys.rs: {error}")]),
            }
        }
        Err(problems) => fail(&problems),
    }
}

fn fail(problems: &[String]) -> ExitCode {
    for problem in problems {
        println!("cargo::error={problem}");
    }
    ExitCode::FAILURE
}

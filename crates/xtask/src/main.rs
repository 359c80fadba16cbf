//! Everything the project does to itself: build, demo, test, size, bench.
//!
//! One file or folder per command. Each command works on a fresh machine: it checks what it
//! needs, installs what is missing, says so, and does nothing that is already done.

mod bench;
mod build;
mod demo;
mod full;
mod process;
mod progress;
mod project;
mod schema;
mod screenshots;
mod serve;
mod size;
mod styles;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use project::Project;

const USAGE: &str = "\
Usage: cargo xtask <command>

  demo [--listen ADDR] [--data DIR]   build everything, start the server with demo data
  test                                every check and every test, one summary line at the end
  full                                test, and the long runs beside it
  bench [widget|agent|lists|files|server]
                                      measurements, medians of several runs
  build                               optimised assets in dist/, the server in target/release
  size                                bytes of each asset against the budgets
  serve                               development: trunk rebuilds the agents' app on every change
  styles                              join the style sheets into style/.out/
  tidy                                the rules no compiler checks
  schema                              JSON Schemas and tables of the protocol, from its types
  screenshots                         pictures of both apps";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[] as &[String]),
    };
    match run(command, rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, rest: &[String]) -> anyhow::Result<()> {
    let project = Project::find()?;
    match command {
        "demo" => demo::run(&project, rest),
        "test" => test::run(&project),
        "full" => full::run(&project),
        "bench" => bench::run(&project, rest),
        "build" => build::run(&project),
        "size" => size::run(&project),
        "serve" => serve::run(&project),
        "styles" => styles::run(&project),
        "tidy" => tidy::run(&project),
        "schema" => schema::run(&project.root),
        "screenshots" => screenshots::run(&project),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => anyhow::bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}

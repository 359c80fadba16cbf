//! `demo`: everything built, then the server with demo data, until it is told to stop.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::build;
use crate::project::Project;

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let options = Options::read(project, arguments)?;
    build::run(project)?;
    serve(project, &options)
}

struct Options {
    listen: String,
    data: String,
}

impl Options {
    fn read(project: &Project, arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            listen: "127.0.0.1:8080".to_owned(),
            data: project
                .root
                .join("parlour-data")
                .to_string_lossy()
                .into_owned(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), arguments.next().cloned()),
            };
            let value = value.with_context(|| format!("{name} needs a value"))?;
            match name {
                "--listen" => options.listen = value,
                "--data" => options.data = value,
                _ => bail!("demo knows --listen ADDR and --data DIR, not {name}"),
            }
        }
        Ok(options)
    }
}

/// Runs the server to its end, which a signal for this process brings about.
fn serve(project: &Project, options: &Options) -> Result<()> {
    let mut server = Command::new(project.server());
    server
        .args([
            "serve",
            "--listen",
            &options.listen,
            "--data",
            &options.data,
            "--demo",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = server.spawn().context("cannot start the server")?;
    forward_signals(child.id())?;
    let output = child.stdout.take().context("a pipe was asked for")?;
    let mut announced = false;
    for line in BufReader::new(output).lines() {
        let line = line?;
        match line.strip_prefix("listening on ") {
            Some(address) if !announced => {
                announced = true;
                announce(address, &options.data);
            }
            _ => println!("{line}"),
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the server ended with {status}");
    }
    Ok(())
}

/// Passes SIGINT and SIGTERM on as SIGTERM: the server then says goodbye to its sockets, and this
/// process waits for it instead of leaving it behind.
fn forward_signals(server: u32) -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("cannot listen for signals")?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            // It may be gone already; then there is nothing to stop.
            let _ = Command::new("kill")
                .args(["-TERM", &server.to_string()])
                .stderr(Stdio::null())
                .status();
        }
    });
    Ok(())
}

fn announce(address: &str, data: &str) {
    println!(
        "
Parlour is running. Open both pages side by side:

  a shop with the chat    {address}/demo/
  the agents' app         {address}/agent/

Sign in with the password parlour-demo as
  ana@example.com   agent
  ben@example.com   agent
  sol@example.com   administrator

Conversations are kept in {data}. Ctrl-C stops the server.
"
    );
}

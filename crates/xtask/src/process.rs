//! Running other programs, with errors that name the program and what it said.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// Cargo, at the project's root, with the tool chain the root pins.
pub(crate) fn cargo(project: &Project) -> Command {
    // Cargo hands its own path to what it runs; that path already is the pinned one.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&project.root);
    // Variables that cargo sets for xtask itself would confuse the next cargo.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_")
            || name.to_string_lossy().starts_with("CARGO_MANIFEST_")
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end; the program writes where we write.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", name(command));
    }
    Ok(())
}

/// Runs to the end and returns what the program wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        bail!(
            "{} ended with {}: {}",
            name(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Feeds a text to the program and returns what it wrote to standard output.
pub(crate) fn filter(command: &mut Command, input: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let mut stdin = child.stdin.take().context("a pipe was asked for")?;
    let input = input.to_owned();
    // Written beside the reading, so that neither pipe can fill up and stop both.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let mut text = String::new();
    child
        .stdout
        .take()
        .context("a pipe was asked for")?
        .read_to_string(&mut text)?;
    let status = child.wait()?;
    // A program that stops early breaks the pipe; its status tells more than that.
    let _ = writer.join();
    if !status.success() {
        bail!("{} ended with {status}", name(command));
    }
    Ok(text)
}

/// What a program said, and whether it was content.
pub(crate) struct Transcript {
    pub(crate) text: String,
    pub(crate) success: bool,
}

/// Runs to the end, shows both outputs as they come and keeps them.
pub(crate) fn tee(command: &mut Command) -> Result<Transcript> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let errors = child.stderr.take().context("a pipe was asked for")?;
    let errors = std::thread::spawn(move || relay(errors, |line| eprintln!("{line}")));
    let output = child.stdout.take().context("a pipe was asked for")?;
    let mut text = relay(output, |line| println!("{line}"));
    let status = child.wait()?;
    text.push_str(&errors.join().unwrap_or_default());
    Ok(Transcript {
        text,
        success: status.success(),
    })
}

fn relay(source: impl Read, show: impl Fn(&str)) -> String {
    let mut kept = String::new();
    let mut source = BufReader::new(source);
    let mut line = Vec::new();
    while matches!(source.read_until(b'\n', &mut line), Ok(1..)) {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        show(text);
        kept.push_str(text);
        kept.push('\n');
        line.clear();
    }
    kept
}

/// The program's name for messages.
fn name(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_else(|| command.get_program())
        .to_string_lossy()
        .into_owned()
}

//! The `parlour` command.
//!
//! Standard output carries the address and nothing else; the log and errors go to standard
//! error, an error being one sentence.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use server::admin;
use server::cli::{
    AdminCommand, ChannelCommand, Cli, Command, FillOptions, ScriptCommand, ServeOptions,
};
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve(options),
        Command::Admin(order) => manage(order),
        Command::Fill(order) => fill(order),
        Command::Script(ScriptCommand::Check { file }) => tell(server::script_check::run(&file)),
        Command::Channel(ChannelCommand::Check { file }) => tell(server::channel_check::run(&file)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The sentence is the whole answer; where even that cannot be written, the code is.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn manage(order: AdminCommand) -> anyhow::Result<()> {
    let answer = match order {
        AdminCommand::Add(order) => admin::add(order, &mut std::io::stdin().lock())?,
        AdminCommand::AddChannel(order) => admin::add_channel(order)?,
        AdminCommand::ListChannels(order) => admin::list_channels(order)?,
        AdminCommand::AddTeam(order) => admin::add_team(order)?,
        AdminCommand::ListTeams(order) => admin::list_teams(order)?,
    };
    writeln!(std::io::stdout(), "{answer}")?;
    Ok(())
}

fn fill(order: FillOptions) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{}", server::fill::run(order)?)?;
    Ok(())
}

/// Says on standard output what a check has found in order.
fn tell(checked: Result<String, server::sites::file::FileFault>) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{}", checked?)?;
    Ok(())
}

fn serve(options: ServeOptions) -> anyhow::Result<()> {
    server::telemetry::begin();
    let config = options.into_config()?;
    server::handles::take_all();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(config))
}

async fn run(config: server::config::Config) -> anyhow::Result<()> {
    // Before the address is told: who starts us may stop us as soon as they read it.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = server::start(config).await?;
    announce(server.address())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(())
}

/// The first line of standard output. A reader that has gone away does not stop the server.
fn announce(address: std::net::SocketAddr) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "listening on http://{address}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

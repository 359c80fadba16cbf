//! How much an idle visitor costs the server, how long a message takes across it, and how soon a
//! chatbot goes on.
//!
//! Every socket is a real visitor's; an agent's socket sees each message arrive in the list,
//! which is the way a person would. All on one machine, the clients included.

mod chatbot;
pub(crate) mod disk;
pub(crate) mod memory;
mod visitor;

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use protocol::agent::{AgentCommand, AgentFrame, ListConversations};
use protocol::hello::{ConnectAgent, Pong};
use protocol::version::PROTOCOL;
use testkit::server_process::ServerProcess;
use testkit::sign_in::sign_in;
use tokio_tungstenite::tungstenite::Message as Frame;

use visitor::{Socket, Visitor, dial, say};

/// How much.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server program.
    pub server: PathBuf,
    /// Sockets held at once.
    pub sockets: usize,
    /// How many of them write, every ten seconds each.
    pub writers: usize,
    /// For how long.
    pub seconds: u64,
}

/// What was measured.
#[derive(Debug)]
pub struct Report {
    sockets: usize,
    bytes_per_socket: u64,
    sent: usize,
    /// Sorted, as are the delays.
    syncs: Vec<Duration>,
    delays: Vec<Duration>,
    steps: Vec<Duration>,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "sockets held                 {}", self.sockets)?;
        writeln!(
            out,
            "user memory per idle socket  {} bytes",
            self.bytes_per_socket
        )?;
        writeln!(
            out,
            "messages sent / seen         {} / {}",
            self.sent,
            self.delays.len()
        )?;
        writeln!(out, "one sync of the disk alone   {}", shares(&self.syncs))?;
        writeln!(out, "visitor to agent             {}", shares(&self.delays))?;
        write!(out, "chatbot, press to bubble     {}", shares(&self.steps))
    }
}

/// What half, nine tenths and so on stay below.
fn shares(sorted: &[Duration]) -> String {
    let millis = |share: f64| -> f64 {
        let last = sorted.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        sorted
            .get(at)
            .map_or(f64::NAN, |taken| taken.as_secs_f64() * 1000.0)
    };
    format!(
        "p50 {:.1} ms · p90 {:.1} ms · p99 {:.1} ms · most {:.1} ms",
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(1.0)
    )
}

/// When each text was sent.
type Sent = Arc<Mutex<HashMap<String, Instant>>>;

/// Runs the plan.
///
/// # Errors
/// When the server cannot be run or a socket is refused.
pub async fn run(plan: &Plan) -> Result<Report> {
    let data = std::env::temp_dir().join(format!("parlour-load-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    let syncs = tokio::task::block_in_place(|| disk::syncs(&data))?;
    let server = ServerProcess::start(&plan.server, &data, &[]).context("start the server")?;
    let cookie = sign_in(server.address, "ana@example.com", "parlour-demo").await?;
    let agent = connect_agent(&server, &cookie).await?;

    let before = memory::private_bytes(server.id())?;
    let mut visitors = Vec::with_capacity(plan.sockets);
    for number in 0..plan.sockets {
        visitors.push(Visitor::connect(server.address, number).await?);
    }
    let held = memory::private_bytes(server.id())?;
    let bytes_per_socket = held.saturating_sub(before) / plan.sockets.max(1) as u64;

    let sent = Sent::default();
    let delays = Arc::new(Mutex::new(Vec::new()));
    let watch = tokio::spawn(watch(agent, Arc::clone(&sent), Arc::clone(&delays)));
    let end = Instant::now() + Duration::from_secs(plan.seconds);
    let mut tasks = Vec::new();
    for (number, visitor) in visitors.into_iter().enumerate() {
        let writes = number < plan.writers;
        tasks.push(tokio::spawn(visitor.live(writes, end, Arc::clone(&sent))));
    }
    let mut held = 0;
    for task in tasks {
        held += usize::from(task.await.unwrap_or(false));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    watch.abort();
    let mut delays = delays
        .lock()
        .map(|delays| delays.clone())
        .unwrap_or_default();
    delays.sort_unstable();
    let sent = sent.lock().map(|sent| sent.len()).unwrap_or_default();
    drop(server);
    let _ = std::fs::remove_dir_all(&data);
    let steps = chatbot::steps(&plan.server).await?;
    Ok(Report {
        sockets: held,
        bytes_per_socket,
        sent,
        syncs,
        delays,
        steps,
    })
}

/// An agent's socket that follows the list.
async fn connect_agent(server: &ServerProcess, cookie: &str) -> Result<Socket> {
    let mut socket = dial(server.address, Some(cookie)).await?;
    let connect = ConnectAgent {
        protocol: PROTOCOL,
        token: None,
        feeds: Vec::new(),
    };
    say(&mut socket, &AgentCommand::from(connect).encode()).await?;
    let list = ListConversations {
        reference: 1,
        after: None,
        limit: 1,
    };
    say(&mut socket, &AgentCommand::from(list).encode()).await?;
    while let Some(Ok(frame)) = socket.next().await {
        if let Frame::Text(text) = frame {
            match AgentFrame::decode(&text) {
                Ok(AgentFrame::ConversationsListed(_)) => return Ok(socket),
                Ok(AgentFrame::Refused(refused)) => bail!("the agent was refused: {refused:?}"),
                _ => {}
            }
        }
    }
    bail!("the agent's socket was closed")
}

async fn watch(mut socket: Socket, sent: Sent, delays: Arc<Mutex<Vec<Duration>>>) {
    while let Some(Ok(frame)) = socket.next().await {
        let Frame::Text(text) = frame else { continue };
        match AgentFrame::decode(&text) {
            Ok(AgentFrame::SummaryChanged(body)) => {
                let now = Instant::now();
                let Some(preview) = body.summary.preview else {
                    continue;
                };
                let at = sent
                    .lock()
                    .ok()
                    .and_then(|sent| sent.get(&preview.text).copied());
                if let (Some(at), Ok(mut delays)) = (at, delays.lock()) {
                    delays.push(now - at);
                }
            }
            Ok(AgentFrame::Ping(_)) => {
                let _ = say(&mut socket, &AgentCommand::from(Pong {}).encode()).await;
            }
            _ => {}
        }
    }
}

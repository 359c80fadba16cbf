//! What the largest file costs the server on its way up and down: time, beside a bare server that
//! does nothing but take the bytes, and memory.
//!
//! Everything over loopback on one machine, the client included. Nothing is asserted here: the
//! figures are for people.

mod bare;
mod wire;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use protocol::attachment::{AttachmentsLinked, LinkAttachments};
use protocol::hello::{ConnectVisitor, VisitorReady};
use protocol::http::{UploadRequest, UploadTicket};
use protocol::ids::{AttachmentId, ClientId, SiteKey};
use protocol::limits::UPLOAD_BYTES;
use protocol::version::PROTOCOL;
use protocol::visitor::{VisitorCommand, VisitorFrame};
use testkit::server_process::ServerProcess;
use testkit::socket::{Dial, Socket};

use crate::load::memory;

/// How much.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server program.
    pub server: PathBuf,
    /// How often each thing is done.
    pub runs: usize,
}

/// What was measured: times sorted, memory in bytes.
#[derive(Debug, Default)]
pub struct Report {
    to_nowhere: Vec<Duration>,
    to_a_file: Vec<Duration>,
    up: Vec<Duration>,
    down: Vec<Duration>,
    before: u64,
    peak: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = UPLOAD_BYTES as f64 / 1024.0 / 1024.0;
        let rate = |sorted: &[Duration]| {
            let taken = sorted.get(sorted.len() / 2);
            taken.map_or(f64::NAN, |taken| mib / taken.as_secs_f64())
        };
        let (nowhere, file) = (rate(&self.to_nowhere), rate(&self.to_a_file));
        let up = rate(&self.up);
        let share = |of: f64| 100.0 * up / of;
        writeln!(out, "bare axum, bytes dropped     {nowhere:.0} MiB/s")?;
        writeln!(out, "bare axum, to a synced file  {file:.0} MiB/s")?;
        writeln!(
            out,
            "50 MiB up                    {up:.0} MiB/s · {:.0} % of dropped · {:.0} % of a file",
            share(nowhere),
            share(file)
        )?;
        writeln!(
            out,
            "50 MiB down                  {:.0} MiB/s",
            rate(&self.down)
        )?;
        let grown = self.peak.saturating_sub(self.before) as f64 / 1024.0 / 1024.0;
        write!(out, "server's memory grows by     {grown:.1} MiB at most")
    }
}

/// Runs the plan.
///
/// # Errors
/// When a server cannot be run or refuses.
pub async fn run(plan: &Plan) -> Result<Report> {
    let data = std::env::temp_dir().join(format!("parlour-files-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data)?;
    let report = measure(plan, &data).await;
    let _ = std::fs::remove_dir_all(&data);
    report
}

async fn measure(plan: &Plan, data: &Path) -> Result<Report> {
    // Neither holds the other back: what is measured is the server, not the measure of a day.
    let room = (
        "PARLOUR_UPLOADS_PER_VISITOR_DAY_MIB".to_owned(),
        "100000".to_owned(),
    );
    let server = ServerProcess::start(&plan.server, &data.join("data"), &[room])
        .context("start the server")?;
    let bare = bare::start(data.join("bare")).await?;
    let (mut socket, ready) = connect(server.address).await?;
    let mut report = Report {
        before: memory::private_bytes(server.id())?,
        ..Report::default()
    };
    let watch = Watch::begin(server.id());
    for number in 0..plan.runs {
        report
            .to_nowhere
            .push(wire::put(bare, "/nowhere", UPLOAD_BYTES).await?);
        report
            .to_a_file
            .push(wire::put(bare, "/file", UPLOAD_BYTES).await?);
        let ticket = ticket(server.address, &ready.token, number).await?;
        report
            .up
            .push(wire::put(server.address, &ticket.url, UPLOAD_BYTES).await?);
        let url = link(&mut socket, ticket.attachment).await?;
        report
            .down
            .push(wire::get(server.address, &url, UPLOAD_BYTES).await?);
    }
    report.peak = watch.end();
    for times in [
        &mut report.to_nowhere,
        &mut report.to_a_file,
        &mut report.up,
        &mut report.down,
    ] {
        times.sort_unstable();
    }
    Ok(report)
}

async fn connect(address: SocketAddr) -> Result<(Socket, VisitorReady)> {
    let mut socket = Dial::to(address).open().await.map_err(anyhow::Error::msg)?;
    let connect = ConnectVisitor {
        protocol: PROTOCOL,
        site: SiteKey::parse("demo-sales").context("a site key")?,
        token: None,
        languages: Vec::new(),
        language: "en".to_owned(),
        page: None,
        time_zone: None,
        reduced_motion: None,
        feeds: Vec::new(),
    };
    let connect = VisitorCommand::Connect(connect);
    socket.send(&connect).await.map_err(anyhow::Error::msg)?;
    let ready = socket.wait_for(|frame| match frame {
        VisitorFrame::Ready(ready) => Some(ready),
        _ => None,
    });
    let ready = ready.await.map_err(anyhow::Error::msg)?;
    Ok((socket, ready))
}

async fn ticket(address: SocketAddr, token: &str, number: usize) -> Result<UploadTicket> {
    let request = UploadRequest {
        client_id: ClientId::from_bits(number as u128),
        name: "large.bin".to_owned(),
        media_type: String::new(),
        size: UPLOAD_BYTES,
        conversation: None,
        purpose: None,
        voice: None,
    };
    let answer = wire::post(address, "/v1/uploads", token, &request.to_json()).await?;
    UploadTicket::from_json(&answer).with_context(|| format!("no ticket: {answer}"))
}

async fn link(socket: &mut Socket, attachment: AttachmentId) -> Result<String> {
    let query = VisitorCommand::LinkAttachments(LinkAttachments {
        reference: 1,
        attachments: vec![attachment],
    });
    socket.send(&query).await.map_err(anyhow::Error::msg)?;
    let linked = socket.wait_for(|frame| match frame {
        VisitorFrame::AttachmentsLinked(linked) => Some(linked),
        _ => None,
    });
    let AttachmentsLinked { links, .. } = linked.await.map_err(anyhow::Error::msg)?;
    let link = links.into_iter().next().context("no link")?;
    Ok(link.url)
}

/// Looks at a process's memory again and again.
struct Watch {
    peak: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
}

impl Watch {
    fn begin(process: u32) -> Self {
        let (peak, over) = (
            Arc::new(AtomicU64::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let watch = Self {
            peak: peak.clone(),
            over: over.clone(),
        };
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                if let Ok(bytes) = memory::private_bytes(process) {
                    peak.fetch_max(bytes, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        watch
    }

    fn end(self) -> u64 {
        self.over.store(true, Ordering::Relaxed);
        self.peak.load(Ordering::Relaxed)
    }
}

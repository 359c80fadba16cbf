//! Many clients, a bad network, a server that is killed: nothing lost, doubled or disordered.
//!
//! Everything is real: the server program, its database, the client core, TCP. Only the network
//! between them is bad on purpose (mission V11, X5).

mod cast;
mod verdict;

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use testkit::fault_proxy::{FaultProxy, Faults};
use testkit::server_process::ServerProcess;

use cast::Cast;

/// How big and how bad.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server program.
    pub server: PathBuf,
    /// Messages sent altogether.
    pub sends: usize,
    /// Visitors who write.
    pub visitors: usize,
    /// Agents who answer.
    pub agents: usize,
    /// How often the server is killed and started again.
    pub restarts: usize,
    /// The seed of everything drawn.
    pub seed: u64,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Messages sent.
    pub sent: usize,
    /// Messages that are on the server in no copy.
    pub lost: usize,
    /// Copies beyond the first.
    pub doubled: usize,
    /// Messages of one author that stand before an earlier one.
    pub out_of_order: usize,
    /// Screens that do not show what a fresh fetch shows.
    pub diverged: usize,
    /// What the network did: connections, cuts, silences.
    pub network: [u64; 3],
    /// Pages that were closed in the middle and opened again.
    pub reloads: usize,
    /// Times the server was killed.
    pub kills: usize,
    /// How long it took.
    pub took: Duration,
}

impl Verdict {
    /// Whether everything arrived exactly once, in order, everywhere.
    pub fn is_clean(&self) -> bool {
        self.lost + self.doubled + self.out_of_order + self.diverged == 0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [connections, cuts, silences] = self.network;
        writeln!(
            out,
            "soak: {} sent · {} lost · {} doubled · {} out of order · {} screens diverged",
            self.sent, self.lost, self.doubled, self.out_of_order, self.diverged
        )?;
        write!(
            out,
            "soak: {connections} connections · {cuts} cut in the middle · {silences} gone silent · {} pages reloaded · \
             {} kills of the server · {:.0} s",
            self.reloads,
            self.kills,
            self.took.as_secs_f64()
        )
    }
}

/// Longest time without any progress before the run is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the plan.
///
/// # Errors
/// When the server cannot be run, or nothing moves any more.
pub async fn run(plan: &Plan) -> Result<Verdict> {
    let begun = Instant::now();
    let mut dice = StdRng::seed_from_u64(plan.seed);
    let data = std::env::temp_dir().join(format!("parlour-soak-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    // Visitors write much faster here than people do.
    let environment = [(
        "PARLOUR_VISITOR_SENDS_PER_MINUTE".to_owned(),
        "1000000".to_owned(),
    )];
    let mut server =
        ServerProcess::start(&plan.server, &data, &environment).context("start the server")?;
    let faults = Faults {
        cut_within_bytes: 60_000,
        silent_one_in: 20,
        delay_up_to: Duration::from_millis(20),
    };
    let proxy = FaultProxy::start(server.address, faults, dice.random()).await?;
    let mut cast = Cast::assemble(plan, server.address, proxy.address).await?;
    let mut verdict = Verdict::default();

    let mut kill_at: Vec<usize> = (0..plan.restarts)
        .map(|_| dice.random_range(0..plan.sends))
        .collect();
    kill_at.sort_unstable();
    let mut moved = Instant::now();
    let mut last = usize::MAX;
    while verdict.sent < plan.sends || cast.unsettled().await > 0 {
        let progress = verdict.sent.wrapping_sub(cast.unsettled().await);
        if progress != last {
            (last, moved) = (progress, Instant::now());
        }
        if moved.elapsed() > PATIENCE {
            cast.tell_unsettled().await;
            anyhow::bail!("nothing moved for {PATIENCE:?}; seed {}", plan.seed);
        }
        if verdict.sent < plan.sends {
            verdict.sent += cast.write_some(plan.sends - verdict.sent, &mut dice).await;
            verdict.reloads += cast.reload_some(&mut dice).await;
        }
        while kill_at.first().is_some_and(|at| *at <= verdict.sent) {
            kill_at.remove(0);
            server.kill_and_restart().context("restart the server")?;
            verdict.kills += 1;
            println!(
                "soak: {} sent, server killed and started again",
                verdict.sent
            );
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    verdict::judge(&mut cast, &mut verdict).await?;
    let count =
        |counter: &std::sync::atomic::AtomicU64| counter.load(std::sync::atomic::Ordering::Relaxed);
    verdict.network = [
        &proxy.counts.connections,
        &proxy.counts.cuts,
        &proxy.counts.silences,
    ]
    .map(count);
    verdict.took = begun.elapsed();
    drop(server);
    let _ = std::fs::remove_dir_all(&data);
    Ok(verdict)
}

//! A TCP proxy that treats connections as bad networks do.
//!
//! It cuts in the middle of a frame, falls silent without closing (half-open), and holds bytes
//! back. What it does to a connection is drawn from a seed, so a run can be repeated. It never
//! alters bytes: TCP does not either.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How bad the network is.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// A connection is cut after at most this many bytes; zero cuts none.
    pub cut_within_bytes: u64,
    /// One in this many faults is silence instead of a cut.
    pub silent_one_in: u32,
    /// Longest time a piece is held back.
    pub delay_up_to: Duration,
}

/// What the proxy did, for the report.
#[derive(Debug, Default)]
pub struct Counts {
    /// Connections accepted.
    pub connections: AtomicU64,
    /// Connections cut.
    pub cuts: AtomicU64,
    /// Connections that fell silent.
    pub silences: AtomicU64,
}

/// A running proxy. It ends with the process.
pub struct FaultProxy {
    /// Where clients connect.
    pub address: SocketAddr,
    /// What it did so far.
    pub counts: Arc<Counts>,
}

impl FaultProxy {
    /// Listens on a free port and passes connections on to `target`.
    pub async fn start(target: SocketAddr, faults: Faults, seed: u64) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let counts = Arc::new(Counts::default());
        let seen = Arc::clone(&counts);
        tokio::spawn(async move {
            let mut dice = StdRng::seed_from_u64(seed);
            while let Ok((client, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::Relaxed);
                let fate = Fate::draw(faults, &mut dice);
                tokio::spawn(carry(
                    client,
                    target,
                    fate,
                    dice.random(),
                    Arc::clone(&seen),
                ));
            }
        });
        Ok(Self { address, counts })
    }
}

/// What will happen to one connection.
#[derive(Clone, Copy)]
struct Fate {
    budget: u64,
    silent: bool,
    delay_up_to: Duration,
}

impl Fate {
    fn draw(faults: Faults, dice: &mut StdRng) -> Self {
        let budget = match faults.cut_within_bytes {
            0 => u64::MAX,
            most => dice.random_range(1..=most),
        };
        let silent = faults.silent_one_in > 0 && dice.random_range(0..faults.silent_one_in) == 0;
        Self {
            budget,
            silent,
            delay_up_to: faults.delay_up_to,
        }
    }
}

async fn carry(client: TcpStream, target: SocketAddr, fate: Fate, seed: u64, counts: Arc<Counts>) {
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let left = Arc::new(AtomicU64::new(fate.budget));
    tokio::select! {
        () = pump(from_client, to_server, fate, Arc::clone(&left), seed) => {}
        () = pump(from_server, to_client, fate, Arc::clone(&left), seed.wrapping_add(1)) => {}
    }
    // Both halves are dropped here: the cut, unless one side ended by itself.
    if left.load(Ordering::Relaxed) == 0 {
        let counter = if fate.silent {
            &counts.silences
        } else {
            &counts.cuts
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Copies until the budget of both directions together is used up, in the middle of a piece.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    fate: Fate,
    left: Arc<AtomicU64>,
    seed: u64,
) {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut piece = [0_u8; 4096];
    loop {
        let Ok(count @ 1..) = from.read(&mut piece).await else {
            return;
        };
        if !fate.delay_up_to.is_zero() && dice.random_range(0..4) == 0 {
            tokio::time::sleep(fate.delay_up_to.mul_f64(dice.random())).await;
        }
        let count = count as u64;
        let before = left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_sub(count))
            })
            .unwrap_or_default();
        let passes = count.min(before) as usize;
        if to.write_all(&piece[..passes]).await.is_err() {
            return;
        }
        if before <= count {
            if fate.silent {
                // Half-open: both ends believe in the connection, nothing passes any more. The
                // other direction stays in its own pump and finds the budget used up, too.
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
            return;
        }
    }
}

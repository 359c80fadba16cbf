//! Connections: accepted, held to time limits, and let go when the server stops.
//!
//! HTTP/1 only, because that is what WebSockets and the proxies in front of us speak. A client
//! that sends its head slower than the limit is cut.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::error::StartError;

/// Time for the head of a request, idle time on a kept connection included.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// Largest head of a request.
const HEAD_BYTES: usize = 16 * 1024;

/// Who is at the other end of a connection: a visitor, or a proxy. Every request carries it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Takes the address.
///
/// # Errors
/// When another program has it, or it is none of this machine's.
pub async fn bind(listen: &str) -> Result<TcpListener, StartError> {
    TcpListener::bind(listen).await.map_err(|source| {
        let listen = listen.to_owned();
        if source.kind() == io::ErrorKind::AddrInUse {
            StartError::PortTaken { listen }
        } else {
            StartError::Listen { listen, source }
        }
    })
}

/// Serves until told to stop, then waits for the requests that run.
pub async fn serve(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => {
                    let peer = Peer(address.ip());
                    connections.spawn(connection(stream, peer, router.clone(), stopping.clone()));
                }
                Err(error) => {
                    // Out of file handles, most often: better to wait than to spin.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            // Finished tasks are let go as they come.
            Some(_) = connections.join_next() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    // Chat frames are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    // A layer would copy every route for every connection.
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut serving = std::pin::pin!(serving);
    let outcome = tokio::select! {
        outcome = serving.as_mut() => outcome,
        _ = stopping.changed() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection broke");
    }
}

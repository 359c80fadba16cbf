//! The least a server can do with bytes: count them, or write them to a file.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::routing::put;
use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;

/// Starts one on a free port; it ends with the process.
pub(super) async fn start(file: PathBuf) -> Result<SocketAddr> {
    let router = Router::new()
        .route("/nowhere", put(nowhere))
        .route("/file", put(move |body| to_file(file.clone(), body)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn nowhere(body: Body) -> StatusCode {
    let mut bytes = body.into_data_stream();
    while let Some(Ok(_)) = bytes.next().await {}
    StatusCode::OK
}

async fn to_file(path: PathBuf, body: Body) -> StatusCode {
    let write = async {
        let mut file = tokio::fs::File::create(&path).await?;
        let mut bytes = body.into_data_stream();
        while let Some(Ok(part)) = bytes.next().await {
            file.write_all(&part).await?;
        }
        file.flush().await?;
        file.sync_all().await
    };
    match write.await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

//! HTTP by hand, so that the client costs as little as it can.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PART: usize = 256 * 1024;

async fn ask(address: SocketAddr, head: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let head = format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    Ok(stream)
}

/// Sends so many bytes and says how long it took until the answer was there.
pub(super) async fn put(address: SocketAddr, path: &str, size: u64) -> Result<Duration> {
    let part = vec![7; PART];
    let begun = Instant::now();
    let head = format!("PUT {path} HTTP/1.1\r\nContent-Length: {size}");
    let mut stream = ask(address, &head).await?;
    let mut left = size;
    while left > 0 {
        let length = left.min(PART as u64);
        stream.write_all(&part[..length as usize]).await?;
        left -= length;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    ensure!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    Ok(begun.elapsed())
}

/// Has so many bytes and says how long it took.
pub(super) async fn get(address: SocketAddr, path: &str, size: u64) -> Result<Duration> {
    let mut part = vec![0; PART];
    let begun = Instant::now();
    let mut stream = ask(address, &format!("GET {path} HTTP/1.1")).await?;
    let mut length = 0;
    loop {
        match stream.read(&mut part).await? {
            0 => break,
            read => length += read as u64,
        }
    }
    ensure!(length > size, "only {length} bytes came");
    Ok(begun.elapsed())
}

/// Posts a body and gives the answer's.
pub(super) async fn post(
    address: SocketAddr,
    path: &str,
    token: &str,
    body: &str,
) -> Result<String> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}",
        body.len()
    );
    let mut stream = ask(address, &head).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer
        .split_once("\r\n\r\n")
        .map_or(String::new(), |(_, body)| body.to_owned()))
}

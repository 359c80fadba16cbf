//! Signs an agent in over plain HTTP and keeps the cookie.

use std::io;
use std::net::SocketAddr;

use protocol::http::{Endpoint, SignInRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Answers `name=value` of the session cookie.
///
/// # Errors
/// When the server is away or refuses.
pub async fn sign_in(server: SocketAddr, email: &str, password: &str) -> io::Result<String> {
    let request = SignInRequest {
        email: email.to_owned(),
        password: password.to_owned(),
    };
    let body = serde_json::to_string(&request)?;
    let (method, path) = (SignInRequest::METHOD, SignInRequest::PATH);
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    answer
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .and_then(|(_, cookie)| cookie.split(';').next())
        .map(str::to_owned)
        .ok_or_else(|| io::Error::other(answer.lines().next().unwrap_or("no answer").to_owned()))
}

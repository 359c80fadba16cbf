//! Files over the network: announced, sent from a generator, linked and had.

use std::net::SocketAddr;

use protocol::attachment::{AttachmentLink, LinkAttachments};
use protocol::http::{UploadRequest, UploadTicket};
use protocol::ids::{AttachmentId, ConversationId};
use protocol::message::Format;
use protocol::visitor::{PostMessage, VisitorFrame};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::http::{Answer, ask};
use super::people::{Visitor, client_id};

/// How a body is told to the server.
#[derive(Clone, Copy)]
pub(crate) enum Length {
    /// By a number, true or not.
    Told(u64),
    /// In chunks.
    Chunked,
}

/// An announcement of so many bytes.
pub(crate) fn request(name: &str, media_type: &str, size: u64) -> UploadRequest {
    UploadRequest {
        client_id: client_id(),
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        size,
        conversation: None,
        purpose: None,
        voice: None,
    }
}

/// Announces as a visitor does.
pub(crate) async fn announce(address: SocketAddr, token: &str, request: &UploadRequest) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str())];
    ask(address, "POST", "/v1/uploads", &headers, &request.to_json()).await
}

/// The ticket of an announcement that is admitted.
pub(crate) async fn ticket(
    address: SocketAddr,
    token: &str,
    request: &UploadRequest,
) -> UploadTicket {
    let answer = announce(address, token, request).await;
    assert_eq!(
        answer.status,
        200,
        "{:?}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

/// Begins to send bytes.
pub(crate) async fn begin(address: SocketAddr, url: &str, length: Length) -> TcpStream {
    let told = match length {
        Length::Told(length) => format!("Content-Length: {length}"),
        Length::Chunked => "Transfer-Encoding: chunked".to_owned(),
    };
    let head =
        format!("PUT {url} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{told}\r\n\r\n");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Sends what the generator gives; the server may stop listening before the end.
pub(crate) async fn send(
    address: SocketAddr,
    url: &str,
    length: Length,
    parts: impl IntoIterator<Item = Vec<u8>>,
) -> Answer {
    let mut stream = begin(address, url, length).await;
    for part in parts {
        let wrapped = match length {
            Length::Told(_) => part,
            Length::Chunked => {
                let mut chunk = format!("{:x}\r\n", part.len()).into_bytes();
                chunk.extend(part);
                chunk.extend(b"\r\n");
                chunk
            }
        };
        if stream.write_all(&wrapped).await.is_err() {
            break;
        }
    }
    if matches!(length, Length::Chunked) {
        let _ = stream.write_all(b"0\r\n\r\n").await;
    }
    answer(stream).await
}

/// Sends bytes that are all there.
pub(crate) async fn put(address: SocketAddr, url: &str, bytes: &[u8]) -> Answer {
    let length = Length::Told(bytes.len() as u64);
    send(address, url, length, [bytes.to_vec()]).await
}

pub(crate) async fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    Answer::read(&bytes)
}

/// A file that is there and posted, with its links.
pub(crate) async fn posted(
    address: SocketAddr,
    visitor: &mut Visitor,
    name: &str,
    media_type: &str,
    bytes: &[u8],
) -> AttachmentLink {
    let request = request(name, media_type, bytes.len() as u64);
    let ticket = ticket(address, &visitor.ready.token, &request).await;
    let sent = put(address, &ticket.url, bytes).await;
    assert_eq!(
        sent.status,
        200,
        "{:?}",
        String::from_utf8_lossy(&sent.body)
    );
    post(visitor, &[&ticket.attachment]).await;
    let mut links = link(visitor, &[&ticket.attachment]).await;
    links.remove(0)
}

/// Posts files without a word.
pub(crate) async fn post(visitor: &mut Visitor, files: &[&AttachmentId]) -> ConversationId {
    let client_id = client_id();
    visitor
        .send(PostMessage {
            client_id: client_id.clone(),
            conversation: None,
            text: String::new(),
            format: Format::Plain,
            greeting: None,
            pressed: None,
            form: None,
            attachments: files.iter().copied().cloned().collect(),
            reply_to: None,
        })
        .await;
    visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::Done(done) if done.client_id == client_id => done.posted,
            VisitorFrame::Refused(refused) => unreachable!("{refused:?}"),
            _ => None,
        })
        .await
        .unwrap()
        .conversation
}

/// Asks where files are.
pub(crate) async fn link(visitor: &mut Visitor, files: &[&AttachmentId]) -> Vec<AttachmentLink> {
    visitor
        .send(LinkAttachments {
            reference: 7,
            attachments: files.iter().copied().cloned().collect(),
        })
        .await;
    visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::AttachmentsLinked(linked) => Some(linked.links),
            _ => None,
        })
        .await
        .unwrap()
}

/// A picture of this size, as a PNG.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

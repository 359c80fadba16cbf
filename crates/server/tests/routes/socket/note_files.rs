//! Files of private notes: agents have them, and a visitor gets neither their bytes nor their pictures
//! by any address, whatever it is made of.

use std::net::SocketAddr;

use protocol::agent::AgentFrame;
use protocol::attachment::{AttachmentLink, LinkAttachments};
use protocol::error::ErrorCode;
use protocol::http::{Endpoint, UploadPurpose, UploadRequest, UploadTicket};
use protocol::ids::{AttachmentId, ConversationId};
use protocol::message::Format;
use protocol::visitor::PostMessage;

use super::notes::{BEN, SECRET, try_note};
use crate::support::files::{announce, link, png, posted, put, request, ticket};
use crate::support::{AGENT, Agent, Visitor, ask, client_id, get, server};

/// A file that an agent brought for notes.
pub(super) async fn file(
    address: SocketAddr,
    agent: &Agent,
    conversation: &ConversationId,
    name: &str,
    bytes: &[u8],
) -> AttachmentId {
    let asked = for_note(conversation, name, bytes.len() as u64);
    let ticket = agent_ticket(address, agent, &asked).await;
    assert_eq!(put(address, &ticket.url, bytes).await.status, 200);
    ticket.attachment
}

/// An announcement of a file for notes.
fn for_note(conversation: &ConversationId, name: &str, size: u64) -> UploadRequest {
    UploadRequest {
        conversation: Some(conversation.clone()),
        purpose: Some(UploadPurpose::Note),
        ..request(name, "", size)
    }
}

/// What an agent is told who announces a file.
async fn agent_ticket(address: SocketAddr, agent: &Agent, asked: &UploadRequest) -> UploadTicket {
    let origin = format!("http://{address}");
    let headers = [("Cookie", agent.cookie.as_str()), ("Origin", &origin)];
    let (method, path) = (UploadRequest::METHOD, UploadRequest::PATH);
    ask(address, method, path, &headers, &asked.to_json())
        .await
        .json()
}

/// The link an agent gets.
async fn link_for(agent: &mut Agent, file: &AttachmentId) -> AttachmentLink {
    agent
        .send(LinkAttachments {
            reference: 7,
            attachments: vec![file.clone()],
        })
        .await;
    let linked = agent.socket.wait_for(|frame| match frame {
        AgentFrame::AttachmentsLinked(linked) => Some(linked.links),
        _ => None,
    });
    linked.await.unwrap().remove(0)
}

#[tokio::test]
async fn a_note_s_file_is_for_agents_by_every_address() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, BEN).await;
    let hidden = file(address, &ana, &conversation, "proof.pdf", SECRET.as_bytes()).await;
    assert_eq!(link(&mut visitor, &[&hidden]).await, []);
    let note = try_note(&mut ana, &conversation, "", &[], &[&hidden]).await;
    note.unwrap();
    let notes = ben.open(&conversation).await.notes.unwrap();
    assert_eq!(notes[0].attachments[0].id, hidden);
    let theirs = link_for(&mut ben, &hidden).await.url;
    assert_eq!(get(address, &theirs, &[]).await.body, SECRET.as_bytes());

    // The visitor is told of no address, and cannot make one of what they have.
    assert_eq!(link(&mut visitor, &[&hidden]).await, []);
    let own = posted(address, &mut visitor, "mine.txt", "", b"mine").await;
    let bearer = format!("Bearer {}", visitor.ready.token);
    let headers = [("Authorization", bearer.as_str())];
    let path = theirs.split('?').next().unwrap();
    let forged = own.url.replace(own.attachment.as_str(), hidden.as_str());
    for url in [path, &forged] {
        let answer = get(address, url, &headers).await;
        assert!(matches!(answer.status, 400..=499), "{url}");
        assert!(!String::from_utf8_lossy(&answer.body).contains(SECRET));
    }
    // Nor by announcing it again, or by posting it.
    let asked = UploadRequest {
        purpose: Some(UploadPurpose::Note),
        ..request("proof.pdf", "", 9)
    };
    let answer = announce(address, &visitor.ready.token, &asked).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (403, ErrorCode::Forbidden)
    );
}

#[tokio::test]
async fn a_note_s_picture_is_out_of_reach_by_all_that_a_visitor_has() {
    let (_place, server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let picture = png(900, 600);
    let hidden = file(address, &ana, &conversation, "proof.png", &picture).await;
    let note = try_note(&mut ana, &conversation, "", &[], &[&hidden])
        .await
        .unwrap();
    let theirs = link_for(&mut ana, &hidden).await;
    let small = theirs.thumbnail_url.unwrap();
    assert_eq!(get(address, &small, &[]).await.status, 200);

    // Every address of the visitor's own picture, made over for the note's; with their own name in
    // every place where a credential may stand, and in parts.
    let own = posted(address, &mut visitor, "mine.png", "image/png", &picture).await;
    let own_upload = ticket(address, &visitor.ready.token, &request("b.png", "", 9)).await;
    let signature = |url: &str| url.split_once("signature=").unwrap().1.to_owned();
    let bearer = format!("Bearer {}", visitor.ready.token);
    let cookie = format!("parlour_session={}", visitor.ready.token);
    let forge = |url: &str, of: &AttachmentId| url.replace(of.as_str(), hidden.as_str());
    let own_small = own.thumbnail_url.clone().unwrap();
    let mut addresses = vec![
        forge(&own.url, &own.attachment),
        forge(&own_small, &own.attachment),
        forge(&own_upload.url, &own_upload.attachment),
        forge(&own_upload.url, &own_upload.attachment).replace("uploads", "files"),
    ];
    for signed in [&own.url, &own_small, &own_upload.url] {
        // The right time and kind, but not the right signature.
        for url in [&theirs.url, &small] {
            addresses.push(url.replace(&signature(url), &signature(signed)));
        }
    }
    for url in [&theirs.url, &small] {
        addresses.push(url.split('?').next().unwrap().to_owned());
        addresses.push(url.replace("files", "uploads"));
        addresses.push(format!("{url}0"));
    }
    // A signature is for one use: the small picture's opens no other.
    addresses.push(small.replace("variant=thumbnail&", ""));
    addresses.push(theirs.url.replace('?', "?variant=thumbnail&"));
    for url in &addresses {
        for method in ["GET", "HEAD", "PUT", "POST", "DELETE"] {
            for more in [("X-Nothing", ""), ("Range", "bytes=0-3"), ("If-Range", "x")] {
                let headers = [
                    ("Authorization", bearer.as_str()),
                    ("Cookie", &cookie),
                    more,
                ];
                let answer = ask(address, method, url, &headers, "").await;
                assert!(matches!(answer.status, 400..=499), "{method} {url}");
                assert!(!answer.body.starts_with(&picture[..4]), "{method} {url}");
                assert_eq!(answer.header("content-range"), None, "{method} {url}");
            }
        }
    }

    // Nor is it lent: by being posted, quoted, or announced under the same name.
    for (files, quoted, wanted) in [
        (vec![hidden.clone()], None, ErrorCode::UnknownAttachment),
        (Vec::new(), Some(note.message.clone()), ErrorCode::NotFound),
    ] {
        visitor
            .send(PostMessage {
                client_id: client_id(),
                conversation: Some(conversation.clone()),
                text: "mine".to_owned(),
                format: Format::Plain,
                greeting: None,
                pressed: None,
                form: None,
                attachments: files,
                reply_to: quoted,
            })
            .await;
        assert_eq!(visitor.refusal().await.refusal.code, wanted);
    }
    let app = server.app();
    let links = link(&mut visitor, &[&own.attachment, &hidden]).await;
    let linked: Vec<_> = links.iter().map(|link| &link.attachment).collect();
    assert_eq!(linked, [&own.attachment], "of two the one that is theirs");
    assert_eq!(app.links.file(&hidden, true, app.now()).attachment, hidden);
    assert_eq!(
        get(address, &theirs.url, &[]).await.body,
        picture,
        "as it was"
    );
}

#[tokio::test]
async fn an_agent_s_name_for_an_upload_means_nothing_in_a_visitor_s_mouth() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let ana = Agent::arrive(address, AGENT).await;
    let asked = for_note(&conversation, "proof.pdf", 9);
    let open = agent_ticket(address, &ana, &asked).await;
    let same = UploadRequest {
        client_id: asked.client_id,
        ..request("proof.pdf", "", 9)
    };
    let first = ticket(address, &visitor.ready.token, &same).await;
    assert_ne!(first.attachment, open.attachment);
    // The address to send to is for one file alone, before its bytes are there and after.
    let forged = first
        .url
        .replace(first.attachment.as_str(), open.attachment.as_str());
    assert_eq!(put(address, &forged, b"forged!!!").await.status, 403);
    assert_eq!(put(address, &open.url, b"the proof").await.status, 200);
    assert_eq!(put(address, &forged, b"forged!!!").await.status, 403);
    assert_eq!(link(&mut visitor, &[&open.attachment]).await, []);
}

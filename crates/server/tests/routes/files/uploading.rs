//! Bytes on their way in: exact, short, long, empty, broken off, repeated, many at once.

use protocol::attachment::{Attachment, AttachmentKind};
use protocol::error::ErrorCode;
use protocol::http::UploadRequest;
use protocol::limits::UPLOAD_BYTES;
use tokio::io::AsyncWriteExt;

use super::stored;
use crate::support::files::{Length, announce, answer, begin, put, request, send, ticket};
use crate::support::{AGENT, Agent, Visitor, ask, server};

/// So many bytes, made as they go.
fn generated(size: u64) -> impl Iterator<Item = Vec<u8>> {
    const PART: u64 = 64 * 1024;
    (0..size.div_ceil(PART)).map(move |part| {
        let length = PART.min(size - part * PART);
        vec![u8::try_from(part % 251).unwrap(); usize::try_from(length).unwrap()]
    })
}

#[tokio::test]
async fn the_largest_file_passes_and_one_byte_more_does_not() {
    let (place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let token = &visitor.ready.token;
    let largest = request("large.bin", "", UPLOAD_BYTES);
    let first = ticket(address, token, &largest).await;
    // In chunks, so that the length is only known when it is there.
    let more = send(
        address,
        &first.url,
        Length::Chunked,
        generated(UPLOAD_BYTES + 1),
    )
    .await;
    assert_eq!(
        (more.status, more.problem()),
        (413, ErrorCode::UploadTooLarge)
    );
    assert_eq!(stored(&place.config().data), 0);
    let exact = send(
        address,
        &first.url,
        Length::Chunked,
        generated(UPLOAD_BYTES),
    )
    .await;
    assert_eq!(exact.status, 200);
    assert_eq!(exact.json::<Attachment>().size, UPLOAD_BYTES);
    let refused = announce(address, token, &request("larger.bin", "", UPLOAD_BYTES + 1)).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (413, ErrorCode::UploadTooLarge)
    );
}

#[tokio::test]
async fn lengths_that_lie_are_refused_and_leave_nothing() {
    let (place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let url = ticket(
        address,
        &visitor.ready.token,
        &request("a.txt", "text/plain", 10),
    )
    .await
    .url;
    let some = |count: usize| vec![vec![b'x'; count]];
    for (length, parts, code) in [
        // Refused by the head alone: nothing of the body is sent.
        (Length::Told(9), vec![], ErrorCode::UploadMismatch),
        (Length::Told(11), vec![], ErrorCode::UploadMismatch),
        (
            Length::Told(UPLOAD_BYTES + 1),
            vec![],
            ErrorCode::UploadTooLarge,
        ),
        (Length::Told(0), vec![], ErrorCode::UploadEmpty),
        (Length::Chunked, some(9), ErrorCode::UploadMismatch),
        (Length::Chunked, some(11), ErrorCode::UploadMismatch),
        (Length::Chunked, vec![], ErrorCode::UploadEmpty),
    ] {
        let answer = send(address, &url, length, parts).await;
        assert_eq!(answer.problem(), code);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(stored(&place.config().data), 0);
    }
    assert_eq!(put(address, &url, b"0123456789").await.status, 200);
    let empty = announce(address, &visitor.ready.token, &request("a.txt", "", 0)).await;
    assert_eq!(empty.problem(), ErrorCode::UploadEmpty);
}

#[tokio::test]
async fn an_upload_that_stops_in_the_middle_begins_again_and_leaves_nothing() {
    let (place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let url = ticket(
        address,
        &visitor.ready.token,
        &request("a.bin", "", 1_000_000),
    )
    .await
    .url;
    let mut broken = begin(address, &url, Length::Told(1_000_000)).await;
    broken.write_all(&[7; 600_000]).await.unwrap();
    broken.shutdown().await.unwrap();
    let told = answer(broken).await;
    assert_eq!(told.problem(), ErrorCode::UploadIncomplete);
    assert_eq!(stored(&place.config().data), 0);
    // One that is dead without knowing it is overtaken.
    let mut dead = begin(address, &url, Length::Told(1_000_000)).await;
    dead.write_all(&[7; 600_000]).await.unwrap();
    let whole = send(address, &url, Length::Told(1_000_000), generated(1_000_000)).await;
    assert_eq!(whole.status, 200);
    assert_eq!(answer(dead).await.problem(), ErrorCode::UploadIncomplete);
    assert_eq!(stored(&place.config().data), 1);
}

#[tokio::test]
async fn the_same_upload_twice_is_one_file() {
    let (place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let asked = request("a.txt", "text/plain", 5);
    let first = ticket(address, &visitor.ready.token, &asked).await;
    assert_eq!(first.finished, None);
    let sent: Attachment = put(address, &first.url, b"first").await.json();
    assert_eq!(sent.kind, AttachmentKind::File);
    let again = put(address, &first.url, b"again").await;
    assert_eq!(again.json::<Attachment>(), sent);
    let repeated = ticket(address, &visitor.ready.token, &asked).await;
    assert_eq!(repeated.attachment, first.attachment);
    assert_eq!(repeated.finished, Some(sent));
    assert_eq!(stored(&place.config().data), 1);
    let other = UploadRequest { size: 6, ..asked };
    let refused = announce(address, &visitor.ready.token, &other).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (409, ErrorCode::IdempotencyMismatch)
    );
}

#[tokio::test]
async fn a_hundred_uploads_at_once_all_arrive() {
    let (place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let uploads = (0..100_u8).map(|number| {
        let token = visitor.ready.token.clone();
        tokio::spawn(async move {
            let bytes = vec![number; 10_000];
            let ticket = ticket(address, &token, &request("a.bin", "", 10_000)).await;
            put(address, &ticket.url, &bytes).await.status
        })
    });
    let uploads: Vec<_> = uploads.collect();
    for upload in uploads {
        assert_eq!(upload.await.unwrap(), 200);
    }
    assert_eq!(stored(&place.config().data), 100);
}

#[tokio::test]
async fn addresses_for_uploads_are_signed_and_run_out() {
    let (_place, server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let token = &visitor.ready.token;
    let ours = ticket(address, token, &request("a.txt", "", 2)).await;
    let other = ticket(address, token, &request("b.txt", "", 2)).await;
    let signature = ours.url.split_once('?').unwrap().1;
    let links = &server.app().links;
    let now = server.app().now();
    let (expired, _) = links.upload(&ours.attachment, now.plus(-server::links::LINK_MS));
    for (url, code, status) in [
        (expired.as_str(), ErrorCode::LinkExpired, 410),
        (
            &format!("/v1/uploads/{}?{signature}", other.attachment),
            ErrorCode::Forbidden,
            403,
        ),
        (
            &ours.url.replace("expires=1", "expires=2"),
            ErrorCode::Forbidden,
            403,
        ),
        (
            &format!("/v1/uploads/{}", ours.attachment),
            ErrorCode::Forbidden,
            403,
        ),
        (
            "/v1/uploads/a%2Fb?expires=1&signature=ab",
            ErrorCode::NotFound,
            404,
        ),
        // Good for having, not for sending.
        (
            &links
                .file(&ours.attachment, false, now)
                .url
                .replace("files", "uploads"),
            ErrorCode::Forbidden,
            403,
        ),
    ] {
        let answer = put(address, url, b"ok").await;
        assert_eq!((answer.status, answer.problem()), (status, code), "{url}");
    }
    assert_eq!(put(address, &ours.url, b"ok").await.status, 200);
}

#[tokio::test]
async fn who_may_announce() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("Hello").await.conversation;
    let agent = Agent::arrive(address, AGENT).await;
    let page = format!("http://{address}");
    let of_agent = UploadRequest {
        conversation: Some(conversation),
        ..request("a.txt", "", 2)
    };
    let cookie = ("Cookie", agent.cookie.as_str());
    let body = of_agent.to_json();
    let post =
        async |headers: &[(&str, &str)]| ask(address, "POST", "/v1/uploads", headers, &body).await;
    assert_eq!(post(&[cookie, ("Origin", &page)]).await.status, 200);
    let foreign = post(&[cookie, ("Origin", "https://evil.example")]).await;
    assert_eq!(
        (foreign.status, foreign.problem()),
        (403, ErrorCode::OriginRefused)
    );
    let nobody = post(&[]).await;
    assert_eq!(
        (nobody.status, nobody.problem()),
        (401, ErrorCode::Unauthenticated)
    );
    let forged = post(&[("Authorization", "Bearer v1.a.b.1.00")]).await;
    assert_eq!(
        (forged.status, forged.problem()),
        (401, ErrorCode::Unauthenticated)
    );
    let bearer = format!("Bearer {}", visitor.ready.token);
    let headers = [("Authorization", bearer.as_str())];
    let garbage = ask(address, "POST", "/v1/uploads", &headers, "{\"name\":1}");
    assert_eq!(garbage.await.problem(), ErrorCode::BadFrame);
}

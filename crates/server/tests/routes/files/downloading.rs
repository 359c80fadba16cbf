//! Bytes on their way out: whole, in ranges, and only through an address that was given.

use protocol::attachment::LinkAttachments;
use protocol::error::ErrorCode;
use protocol::visitor::VisitorFrame;

use crate::support::files::{link, png, post, posted, put, request, ticket};
use crate::support::{Visitor, ask, get, server};

#[tokio::test]
async fn a_file_comes_back_whole_and_in_ranges() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let bytes: Vec<u8> = (0..1_000_000_u32)
        .map(|number| (number % 253) as u8)
        .collect();
    let url = posted(address, &mut visitor, "a.bin", "", &bytes).await.url;
    let whole = get(address, &url, &[]).await;
    assert_eq!((whole.status, whole.body == bytes), (200, true));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("content-length"), Some("1000000"));
    for (range, told, wanted) in [
        ("bytes=0-0", "bytes 0-0/1000000", 0..1),
        (
            "bytes=999990-",
            "bytes 999990-999999/1000000",
            999_990..1_000_000,
        ),
        (
            "bytes=-5",
            "bytes 999995-999999/1000000",
            999_995..1_000_000,
        ),
        (
            "bytes=200000-799999",
            "bytes 200000-799999/1000000",
            200_000..800_000,
        ),
    ] {
        let part = get(address, &url, &[("Range", range)]).await;
        assert_eq!(
            (part.status, part.header("content-range")),
            (206, Some(told))
        );
        assert_eq!(part.body, bytes[wanted]);
    }
    let beyond = get(address, &url, &[("Range", "bytes=1000000-")]).await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, Some("bytes */1000000"))
    );
    let tag = whole.header("etag").unwrap();
    let known = get(address, &url, &[("If-None-Match", tag)]).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    let head = ask(address, "HEAD", &url, &[], "").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("1000000"));
}

#[tokio::test]
async fn addresses_of_files_are_signed_and_run_out() {
    let (_place, server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let ours = posted(address, &mut visitor, "a.png", "image/png", &png(900, 600)).await;
    let other = posted(address, &mut visitor, "b.txt", "", b"secret").await;
    let (_, signature) = ours.url.split_once('?').unwrap();
    let links = &server.app().links;
    let long_ago = server.app().now().plus(-server::links::LINK_MS);
    let expired = links.file(&ours.attachment, true, long_ago);
    for (url, code, status) in [
        (expired.url.as_str(), ErrorCode::LinkExpired, 410),
        (&expired.thumbnail_url.unwrap(), ErrorCode::LinkExpired, 410),
        (
            &format!("/v1/files/{}?{signature}", other.attachment),
            ErrorCode::Forbidden,
            403,
        ),
        (
            &ours.url.replace('?', "?variant=thumbnail&"),
            ErrorCode::Forbidden,
            403,
        ),
        (
            &ours.url.replace('?', "?variant=raw&"),
            ErrorCode::NotFound,
            404,
        ),
        (&ours.url[..ours.url.len() - 1], ErrorCode::Forbidden, 403),
        (
            &format!("/v1/files/{}", ours.attachment),
            ErrorCode::Forbidden,
            403,
        ),
    ] {
        let answer = get(address, url, &[]).await;
        assert_eq!((answer.status, answer.problem()), (status, code), "{url}");
    }
    let small = get(address, ours.thumbnail_url.as_deref().unwrap(), &[]).await;
    assert_eq!(
        (small.status, small.header("content-type")),
        (200, Some("image/jpeg"))
    );
    let read = image::load_from_memory(&small.body).unwrap();
    assert_eq!((read.width(), read.height()), (480, 320));
}

#[tokio::test]
async fn nobody_gets_a_link_to_what_they_may_not_see() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let mut stranger = Visitor::arrive(address).await;
    let own = ticket(address, &visitor.ready.token, &request("a.txt", "", 2)).await;
    assert_eq!(link(&mut visitor, &[&own.attachment]).await, []);
    put(address, &own.url, b"ok").await;
    assert_eq!(link(&mut visitor, &[&own.attachment]).await.len(), 1);
    post(&mut visitor, &[&own.attachment]).await;
    assert_eq!(link(&mut stranger, &[&own.attachment]).await, []);
    visitor
        .send(LinkAttachments {
            reference: 9,
            attachments: vec![own.attachment; 51],
        })
        .await;
    let refused = visitor
        .socket
        .wait_for(|frame| match frame {
            VisitorFrame::Refused(refused) => Some(refused),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(refused.reference, Some(9));
    assert_eq!(refused.refusal.code, ErrorCode::BadFrame);
}

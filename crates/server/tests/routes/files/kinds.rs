//! What files are shown as: nothing that could run in a page, whatever it calls itself.

use protocol::attachment::{Attachment, AttachmentKind, VoiceNote};
use protocol::http::UploadRequest;

use crate::support::files::{link, png, post, posted, put, request, ticket};
use crate::support::{Visitor, get, server};

const POLICY: &str = "default-src 'none'; sandbox";

#[tokio::test]
async fn a_picture_is_shown_and_nothing_runs_in_it() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let link = posted(
        address,
        &mut visitor,
        "tea pot.png",
        "image/png",
        &png(40, 30),
    )
    .await;
    let answer = get(address, &link.url, &[]).await;
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", POLICY),
        ("cross-origin-resource-policy", "cross-origin"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "private, max-age=600"),
        ("access-control-allow-origin", "*"),
        (
            "content-disposition",
            "inline; filename=\"tea pot.png\"; filename*=UTF-8''tea%20pot.png",
        ),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn what_could_run_is_only_downloaded() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let mut polyglot = png(4, 3);
    polyglot.extend(b"<script>alert(1)</script>");
    let page = b"<!DOCTYPE html><script>alert(1)</script>".as_slice();
    for (name, media_type, bytes) in [
        (
            "a.svg",
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(),
        ),
        ("a.html", "text/html", page),
        ("a.xml", "text/xml", b"<?xml version='1.0'?><a/>"),
        ("a.pdf", "application/pdf", b"%PDF-1.7\n"),
        ("page.png", "image/png", page),
        ("picture.html", "image/png", &polyglot),
        ("picture.png", "text/html", &polyglot),
        ("picture.svg", "", &polyglot),
    ] {
        let link = posted(address, &mut visitor, name, media_type, bytes).await;
        assert_eq!(link.thumbnail_url, None, "{name}");
        let answer = get(address, &link.url, &[]).await;
        assert_eq!(
            answer.header("content-type"),
            Some("application/octet-stream"),
            "{name}"
        );
        let disposition = answer.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment; "), "{disposition}");
        assert_eq!(answer.header("content-security-policy"), Some(POLICY));
        assert_eq!(answer.body, bytes);
    }
}

#[tokio::test]
async fn a_picture_that_would_fill_the_memory_is_a_plain_file() {
    let (_place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    // 30,000 × 30,000 black pixels shrink to almost nothing on the way.
    let mut bomb = std::io::Cursor::new(Vec::new());
    let mut encoder = png::Encoder::new(&mut bomb, 30_000, 30_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0; 3750 * 30_000]).unwrap();
    writer.finish().unwrap();
    let bomb = bomb.into_inner();
    assert!(bomb.len() < 1_000_000);
    let asked = request("bomb.png", "image/png", bomb.len() as u64);
    let ticket = ticket(address, &visitor.ready.token, &asked).await;
    let taken: Attachment = put(address, &ticket.url, &bomb).await.json();
    assert_eq!(taken.kind, AttachmentKind::File);
    assert_eq!((taken.width, taken.height), (None, None));
}

#[tokio::test]
async fn a_voice_note_keeps_what_its_recorder_knew() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let mut sound = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm".to_vec();
    sound.resize(4000, 0);
    let voice = VoiceNote {
        duration_ms: 4_200,
        waveform: "0123456789".to_owned(),
    };
    let asked = UploadRequest {
        voice: Some(voice.clone()),
        ..request("note.webm", "audio/webm;codecs=opus", 4000)
    };
    let first = ticket(address, &visitor.ready.token, &asked).await;
    let taken: Attachment = put(address, &first.url, &sound).await.json();
    assert_eq!(taken.kind, AttachmentKind::Voice);
    assert_eq!(taken.media_type, "audio/webm");
    assert_eq!(taken.voice, Some(voice));
    let conversation = post(&mut visitor, &[&first.attachment]).await;
    let messages = visitor.open(&conversation).await.messages;
    assert_eq!(messages.last().unwrap().attachments, [taken]);
    let links = link(&mut visitor, &[&first.attachment]).await;
    let part = get(address, &links[0].url, &[("Range", "bytes=0-")]).await;
    assert_eq!(
        (part.status, part.header("content-type")),
        (206, Some("audio/webm"))
    );
    // What is no sound is no voice note, whatever it was announced as.
    let silent = UploadRequest {
        client_id: crate::support::client_id(),
        ..asked
    };
    let second = ticket(address, &visitor.ready.token, &silent).await;
    let taken: Attachment = put(address, &second.url, &[b'<'; 4000]).await.json();
    assert_eq!((taken.kind, taken.voice), (AttachmentKind::File, None));
}

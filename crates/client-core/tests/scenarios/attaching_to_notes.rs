//! Files and recordings of private notes: they go with notes and with nothing else, whatever is
//! on screen by the time they are there.

use client_core::view::{ComposerView, DeliveryState, FileState};
use client_core::{Alert, Effect, Intent, Mode, Place};
use protocol::agent::AgentCommand;
use protocol::attachment::{AttachmentKind, VoiceNote};
use protocol::error::ErrorCode;
use protocol::http::UploadPurpose;
use protocol::ids::AttachmentId;

use crate::attaching::{attachment, file, upload, uploads};
use crate::attending::{ben, commands, select};
use crate::client::*;
use crate::notes::{entry, keep, last, note, noting, posted, replying, watching, watching_with};

fn replies(outcome: &Outcome) -> usize {
    let posts = commands(outcome).into_iter();
    posts
        .filter(|command| matches!(command, AgentCommand::PostMessage(_)))
        .count()
}

fn ids(attachments: &[AttachmentId]) -> Vec<&str> {
    attachments.iter().map(AttachmentId::as_str).collect()
}

#[test]
fn a_file_is_uploaded_for_a_note_and_posted_with_it() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    assert!(client.core.composer().can_attach);
    client.attach(&[file("1", "proof.png", 10)]);
    client.edit("look @Ben");
    let sent = client.intend(Intent::SendDraft);
    let asked = upload(&sent);
    assert_eq!(asked.purpose, Some(UploadPurpose::Note));
    assert_eq!(asked.conversation, Some(conversation("c1")));
    let post = posted(&client.finish(&asked, "f1"));
    assert_eq!(
        (post.text.as_str(), ids(&post.attachments)),
        ("look @Ben", vec!["f1"])
    );
    assert_eq!(post.mentions, [ben().id]);
    client.frame(done(&post.client_id, 12));
    let (_, row) = last(&client);
    assert!(row.note.is_some());
    assert_eq!(row.attachments[0].state, FileState::There);
}

#[test]
fn files_of_a_colleague_s_note_are_shown_and_linked() {
    let mut client = watching(Vec::new());
    let mut theirs = note(20, &ben(), "");
    theirs.attachments = vec![attachment("f1", "proof.png", 10)];
    let told = client.frame(entry(11, theirs));
    let alert = Alert::NoteArrived {
        author: Some("Ben".to_owned()),
        text: "proof.png".to_owned(),
        attachment: Some(AttachmentKind::Image),
    };
    assert_eq!(told.alerts(), [&alert]);
    let asked = commands(&told).into_iter().find_map(|it| match it {
        AgentCommand::LinkAttachments(link) => Some(link.attachments),
        _ => None,
    });
    assert_eq!(ids(&asked.unwrap()), ["f1"]);
    assert_eq!(last(&client).1.attachments[0].name, "proof.png");
}

#[test]
fn files_chosen_for_a_note_never_go_with_a_reply_nor_the_other_way_round() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.attach(&[file("1", "secret.png", 10)]);
    replying(&mut client);
    assert_eq!(client.chips(), [""; 0]);
    client.attach(&[file("2", "harmless.png", 10)]);
    client.edit("here it is");
    let sent = client.intend(Intent::SendDraft);
    let asked = upload(&sent);
    assert_eq!((asked.name.as_str(), asked.purpose), ("harmless.png", None));
    let reply = client.finish(&asked, "f2");
    assert_eq!(replies(&reply), 1);
    client.frame(done(&reply_id(&reply), 12));

    noting(&mut client);
    assert_eq!(client.chips(), ["secret.png"]);
    let sent = client.intend(Intent::SendDraft);
    let asked = upload(&sent);
    assert_eq!(asked.name, "secret.png");
    assert_eq!(asked.purpose, Some(UploadPurpose::Note));
    let post = posted(&client.finish(&asked, "f1"));
    assert_eq!(ids(&post.attachments), ["f1"]);
}

#[test]
fn another_mode_while_a_file_uploads_changes_nothing_about_it() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.attach(&[file("1", "secret.png", 10)]);
    let sent = client.intend(Intent::SendDraft);
    let asked = upload(&sent);
    let switched = replying(&mut client);
    assert!(
        !switched
            .0
            .iter()
            .any(|it| matches!(it, Effect::AbortUpload { .. }))
    );
    let reply = client.say("meanwhile");
    assert_eq!((replies(&reply), uploads(&reply).len()), (1, 0));
    client.frame(done(&reply_id(&reply), 12));
    let there = client.finish(&asked, "f1");
    assert_eq!(replies(&there), 0);
    let post = posted(&there);
    assert_eq!(post.text, "");
    client.frame(done(&post.client_id, 13));

    // And the other way round.
    client.attach(&[file("2", "reply.png", 10)]);
    let asked = upload(&client.intend(Intent::SendDraft));
    assert_eq!(asked.purpose, None);
    noting(&mut client);
    assert_eq!(replies(&client.finish(&asked, "f2")), 1);
}

fn reply_id(outcome: &Outcome) -> protocol::ids::ClientId {
    let posts = commands(outcome).into_iter();
    let mut ids = posts.filter_map(|command| match command {
        AgentCommand::PostMessage(post) => Some(post.client_id),
        _ => None,
    });
    ids.next().unwrap()
}

#[test]
fn what_is_chosen_after_the_screen_changed_goes_where_it_was_asked_for() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let place = client.core.composer().place();
    assert_eq!(place.mode, Mode::Note);
    // An accepted session led elsewhere while the system's window was open.
    select(&mut client, "c2");
    let chosen = vec![file("1", "secret.png", 10)];
    client.intend(Intent::AttachFilesTo(place, chosen));
    assert_eq!(client.chips(), [""; 0]);
    assert!(!client.core.composer().can_send);
    select(&mut client, "c1");
    assert_eq!(client.chips(), ["secret.png"]);
    let nowhere = ComposerView::default().place();
    let gone = client.intend(Intent::AttachFilesTo(nowhere, vec![file("2", "x", 1)]));
    assert!(gone.has(&Effect::ForgetFile {
        file: "2".to_owned()
    }));
}

#[test]
fn a_note_with_a_file_stays_one_after_a_reload() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.attach(&[file("1", "secret.png", 10)]);
    let mut stored = Vec::new();
    let sent = client.intend(Intent::SendDraft);
    keep(&mut stored, &sent);
    let asked = upload(&sent);
    let (_, row) = last(&watching_with(&stored, Vec::new()));
    assert!(row.note.is_some());
    // All bytes were there, but not the answer.
    let mut later = watching_with(&stored, Vec::new());
    let post = posted(&later.finish(&asked, "f1"));
    assert_eq!(ids(&post.attachments), ["f1"]);
}

#[test]
fn a_refused_note_keeps_its_files_for_the_retry() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.attach(&[file("1", "secret.png", 10)]);
    let sent = client.intend(Intent::SendDraft);
    let post = posted(&client.finish(&upload(&sent), "f1"));
    client.frame(refused(&post.client_id, ErrorCode::Forbidden.into()));
    replying(&mut client);
    let key = last(&client).0;
    let again = posted(&client.intend(Intent::RetryMessage { key }));
    assert_eq!(again.attachments, post.attachments);
}

#[test]
fn a_recording_is_sent_from_the_place_it_was_made_for() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let place = client.core.composer().place();
    replying(&mut client);
    client.edit("half a reply");
    let mut recorded = file("1", "voice.webm", 900);
    let voice = VoiceNote {
        duration_ms: 4_200,
        waveform: "0379".to_owned(),
    };
    recorded.voice = Some(voice.clone());
    let sent = client.intend(Intent::SendVoice(Box::new((place, recorded.clone()))));
    let asked = upload(&sent);
    assert_eq!(asked.purpose, Some(UploadPurpose::Note));
    assert_eq!(asked.voice, Some(voice.clone()));
    let (_, row) = last(&client);
    assert!(row.note.is_some());
    assert_eq!(row.state, Some(DeliveryState::Uploading));
    assert_eq!(row.attachments[0].voice, Some(voice));
    assert_eq!(posted(&client.finish(&asked, "f1")).text, "");
    assert_eq!(client.core.composer().draft, "half a reply");

    // From a conversation that is not on screen, as a reply.
    let elsewhere = Place {
        conversation: Some(conversation("c2")),
        mode: Mode::Reply,
    };
    let sent = client.intend(Intent::SendVoice(Box::new((elsewhere, recorded))));
    let asked = upload(&sent);
    assert_eq!(
        (asked.conversation, asked.purpose),
        (Some(conversation("c2")), None)
    );
}

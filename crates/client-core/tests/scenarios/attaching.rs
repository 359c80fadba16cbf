//! Files from the composer to the other side: limits, uploads, interruptions, links.

use client_core::view::{DeliveryState, FileState};
use client_core::{Effect, Event, Incoming, Intent, LocalFile, Timer};
use protocol::attachment::{Attachment, AttachmentKind, AttachmentLink, AttachmentsLinked};
use protocol::error::ErrorCode;
use protocol::http::UploadRequest;
use protocol::ids::{AttachmentId, ClientId};
use protocol::limits::UPLOAD_BYTES;
use protocol::message::Message;
use protocol::time::Timestamp;
use protocol::version::Capability;
use protocol::visitor::VisitorCommand;

use crate::client::{
    Client, NOON, Outcome, done, from_agent, posted_as, ready, refusal, refused, server,
};

pub(crate) fn file(id: &str, name: &str, size: u64) -> LocalFile {
    LocalFile {
        id: id.to_owned(),
        name: name.to_owned(),
        size,
        media_type: "image/png".to_owned(),
        voice: None,
    }
}

pub(crate) fn attachment(id: &str, name: &str, size: u64) -> Attachment {
    Attachment {
        id: AttachmentId::parse(id).unwrap(),
        name: name.to_owned(),
        kind: AttachmentKind::Image,
        media_type: "image/png".to_owned(),
        size,
        width: Some(40),
        height: Some(30),
        voice: None,
    }
}

/// What is asked of the server, with the browser's file.
pub(crate) fn uploads(outcome: &Outcome) -> Vec<(UploadRequest, Option<String>)> {
    let mut all = Vec::new();
    for effect in &outcome.0 {
        if let Effect::Upload { request, file, .. } = effect {
            all.push(((**request).clone(), file.clone()));
        }
    }
    all
}

pub(crate) fn upload(outcome: &Outcome) -> UploadRequest {
    let all = uploads(outcome);
    assert_eq!(all.len(), 1, "{outcome:?}");
    all.into_iter().next().unwrap().0
}

fn aborted(outcome: &Outcome) -> Vec<ClientId> {
    let mut all = Vec::new();
    for effect in &outcome.0 {
        if let Effect::AbortUpload { upload } = effect {
            all.push(upload.clone());
        }
    }
    all
}

fn asked_links(outcome: &Outcome) -> Vec<(u32, Vec<String>)> {
    let mut all = Vec::new();
    for frame in outcome.sent() {
        if let client_core::Outgoing::Visitor(VisitorCommand::LinkAttachments(link)) = frame {
            let ids = link.attachments.iter().map(|id| id.as_str().to_owned());
            all.push((link.reference, ids.collect()));
        }
    }
    all
}

impl Client {
    pub(crate) fn attach(&mut self, files: &[LocalFile]) -> Outcome {
        self.intend(Intent::AttachFiles(files.to_vec()))
    }

    fn send_file(&mut self, id: &str, name: &str, size: u64, text: &str) -> Outcome {
        self.attach(&[file(id, name, size)]);
        self.edit(text);
        self.intend(Intent::SendDraft)
    }

    pub(crate) fn finish(&mut self, upload: &UploadRequest, id: &str) -> Outcome {
        self.bring(Event::UploadFinished {
            upload: upload.client_id.clone(),
            attachment: Box::new(attachment(id, &upload.name, upload.size)),
        })
    }

    fn fail(&mut self, upload: &UploadRequest, code: ErrorCode) -> Outcome {
        self.bring(Event::UploadFailed {
            upload: upload.client_id.clone(),
            code,
            retry_after_ms: None,
        })
    }

    pub(crate) fn chips(&self) -> Vec<String> {
        let files = self.core.composer().files;
        files.into_iter().map(|file| file.name).collect()
    }

    pub(crate) fn file_states(&self) -> Vec<FileState> {
        let rows = self.messages();
        let files = rows.iter().flat_map(|(_, row)| &row.attachments);
        files.map(|file| file.state).collect()
    }

    pub(crate) fn states(&self) -> Vec<Option<DeliveryState>> {
        self.rows().into_iter().map(|(_, state)| state).collect()
    }

    /// Another page of this browser begins on what this one saved.
    pub(crate) fn reopened(saved: &[(String, String)]) -> (Self, Outcome) {
        let mut client = Self::visitor_with(saved);
        client.entropy_from(1_000_000);
        client.intend(Intent::Connect);
        let online = client.connect(ready(Some("c1")));
        (client, online)
    }
}

/// What storage holds after these outcomes.
pub(crate) fn stored(outcomes: &[&Outcome]) -> Vec<(String, String)> {
    let mut held: Vec<(String, String)> = Vec::new();
    for outcome in outcomes {
        for effect in &outcome.0 {
            match effect {
                Effect::Save { key, value } => {
                    held.retain(|(known, _)| known != key);
                    held.push((key.clone(), value.clone()));
                }
                Effect::Forget { key } => held.retain(|(known, _)| known != key),
                _ => {}
            }
        }
    }
    held
}

#[test]
fn files_and_text_go_as_one_message_once_all_files_are_there() {
    let mut client = Client::talking(Vec::new());
    client.attach(&[file("1", "a.png", 10), file("2", "b.png", 20)]);
    assert_eq!(client.chips(), ["a.png", "b.png"]);
    client.edit("look");
    let sent = client.intend(Intent::SendDraft);
    assert_eq!(client.chips(), [""; 0]);
    assert!(sent.posts().is_empty());
    let all = uploads(&sent);
    let names: Vec<_> = all
        .iter()
        .map(|(request, _)| request.name.as_str())
        .collect();
    assert_eq!(names, ["a.png", "b.png"]);
    assert_eq!(all[0].1.as_deref(), Some("1"));
    // What is sent was stored before, the uploads' names with it.
    let saved = sent.saved();
    assert!(
        saved
            .iter()
            .any(|(_, value)| value.contains(all[0].0.client_id.as_str()))
    );
    assert_eq!(
        client.rows(),
        [("look".to_owned(), Some(DeliveryState::Uploading))]
    );

    assert!(client.finish(&all[1].0, "f2").posts().is_empty());
    let post = client.finish(&all[0].0, "f1").post();
    let ids: Vec<_> = post.attachments.iter().map(AttachmentId::as_str).collect();
    assert_eq!((post.text.as_str(), ids), ("look", vec!["f1", "f2"]));
    assert_eq!(client.states(), [Some(DeliveryState::Sending)]);
    client.frame(done(&post.client_id, 5));
    assert_eq!(client.states(), [Some(DeliveryState::Sent)]);
    assert_eq!(client.file_states(), [FileState::There; 2]);
}

#[test]
fn a_message_may_be_a_file_alone() {
    let mut client = Client::talking(Vec::new());
    assert!(!client.core.composer().can_send);
    client.attach(&[file("1", "a.png", 10)]);
    assert!(client.core.composer().can_send);
    let sent = client.intend(Intent::SendDraft);
    assert_eq!(client.finish(&upload(&sent), "f1").post().text, "");
}

#[test]
fn what_does_not_fit_is_refused_with_the_limit_and_what_fits_stays() {
    let mut client = Client::talking(Vec::new());
    let chosen = client.attach(&[
        file("1", "fits", UPLOAD_BYTES),
        file("2", "one more", UPLOAD_BYTES + 1),
        file("3", "also", 1),
    ]);
    assert_eq!(client.chips(), ["fits", "also"]);
    assert!(chosen.has(&Effect::ForgetFile {
        file: "2".to_owned()
    }));
    let problem = client.core.composer().refused.unwrap();
    assert_eq!(problem.code, ErrorCode::UploadTooLarge);
    assert_eq!(problem.limit, UPLOAD_BYTES);
    assert_eq!(problem.names, ["one more"]);

    client.attach(&[file("4", "nothing", 0)]);
    let problem = client.core.composer().refused.unwrap();
    assert_eq!(problem.code, ErrorCode::UploadEmpty);

    let many: Vec<_> = (5..15).map(|id| file(&id.to_string(), "x", 1)).collect();
    client.attach(&many);
    let problem = client.core.composer().refused.unwrap();
    assert_eq!(problem.code, ErrorCode::TooManyAttachments);
    assert_eq!((problem.limit, problem.names.len()), (10, 2));
    assert_eq!(client.chips().len(), 10);
    client.edit("a word");
    assert_eq!(client.core.composer().refused, None);
}

#[test]
fn a_chip_that_is_taken_away_is_not_sent() {
    let mut client = Client::talking(Vec::new());
    client.attach(&[file("1", "a.png", 10)]);
    let removed = client.intend(Intent::RemoveFile { id: "1".to_owned() });
    assert!(removed.has(&Effect::ForgetFile {
        file: "1".to_owned()
    }));
    assert!(!client.core.composer().can_send);
    assert!(uploads(&client.say("words")).is_empty());
}

#[test]
fn where_files_are_not_offered_none_are_taken() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut without = ready(None);
    without.server.capabilities = Vec::new();
    client.connect(without);
    assert!(!client.core.composer().can_attach);
    client.attach(&[file("1", "a.png", 10)]);
    assert_eq!(client.chips(), [""; 0]);
    assert!(server().capabilities.contains(&Capability::Files));
}

#[test]
fn three_uploads_run_at_a_time_and_progress_is_shown() {
    let mut client = Client::talking(Vec::new());
    let files: Vec<_> = (1..=5).map(|id| file(&id.to_string(), "x", 200)).collect();
    client.attach(&files);
    let sent = client.intend(Intent::SendDraft);
    let running = uploads(&sent);
    assert_eq!(running.len(), 3);
    client.bring(Event::UploadMoved {
        upload: running[0].0.client_id.clone(),
        sent: 100,
    });
    assert_eq!(client.file_states()[0], FileState::Moving(50));
    assert_eq!(client.file_states()[4], FileState::Waiting);
    let next = client.finish(&running[0].0, "f1");
    assert_eq!(uploads(&next).len(), 1);
}

#[test]
fn cancelling_breaks_off_what_runs_and_gives_the_text_back() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let row = client.messages().remove(0);
    assert!(row.1.can_cancel);
    let cancelled = client.intend(Intent::DiscardMessage { key: row.0 });
    assert_eq!(aborted(&cancelled), [upload(&sent).client_id]);
    assert_eq!(cancelled.forgotten().len(), 1);
    assert!(client.messages().is_empty());
    assert_eq!(client.core.composer().draft, "look");
    // A word that comes late means nothing.
    assert!(client.finish(&upload(&sent), "f1").posts().is_empty());
}

#[test]
fn what_was_broken_off_goes_on_by_itself_under_the_same_name() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "");
    let first = upload(&sent);
    let failed = client.fail(&first, ErrorCode::UploadIncomplete);
    assert_eq!(client.states(), [Some(DeliveryState::Queued)]);
    let pause = failed.timer(Timer::Outbox).unwrap();
    client.wait(i64::from(pause));
    let again = client.fire(Timer::Outbox);
    assert_eq!(upload(&again), first);
    client.finish(&first, "f1").post();
}

#[test]
fn a_refused_file_fails_the_message_and_a_retry_asks_under_another_name() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let first = upload(&sent);
    client.fail(&first, ErrorCode::QuotaExceeded);
    let (key, row) = client.messages().remove(0);
    assert_eq!(row.state, Some(DeliveryState::Failed));
    assert_eq!(row.problem, Some(ErrorCode::QuotaExceeded));
    let again = client.intend(Intent::RetryMessage { key: key.clone() });
    let second = upload(&again);
    assert_ne!(second.client_id, first.client_id);
    client.finish(&second, "f1").post();
    assert_eq!(client.messages()[0].0, key);
}

#[test]
fn a_message_refused_after_its_files_came_keeps_them_for_the_retry() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let post = client.finish(&upload(&sent), "f1").post();
    client.frame(refused(
        &post.client_id,
        refusal(ErrorCode::Forbidden, None),
    ));
    let key = client.messages()[0].0.clone();
    let again = client.intend(Intent::RetryMessage { key });
    assert!(uploads(&again).is_empty());
    assert_eq!(again.post().attachments, post.attachments);
}

#[test]
fn later_words_do_not_wait_for_a_file_and_the_file_does_not_get_lost() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "slow");
    let quick = client.say("quick").post();
    assert_eq!(quick.text, "quick");
    client.frame(done(&quick.client_id, 5));
    let slow = client.finish(&upload(&sent), "f1").post();
    assert_eq!(slow.text, "slow");
    client.frame(done(&slow.client_id, 6));
    assert_eq!(client.texts(), ["quick", "slow"]);
}

#[test]
fn without_a_network_files_wait_and_a_silent_upload_begins_anew() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "");
    let first = upload(&sent);
    client.lose();
    assert_eq!(client.states(), [Some(DeliveryState::Queued)]);
    client.wait(60_000);
    client.fire(Timer::Reconnect);
    let back = client.connect(ready(Some("c1")));
    assert_eq!(aborted(&back), std::slice::from_ref(&first.client_id));
    client.wait(i64::from(back.timer(Timer::Outbox).unwrap()));
    assert_eq!(upload(&client.fire(Timer::Outbox)), first);
}

#[test]
fn an_upload_that_goes_on_through_a_short_loss_is_left_alone() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "");
    client.lose();
    client.wait(1_000);
    client.fire(Timer::Reconnect);
    let back = client.connect(ready(Some("c1")));
    assert!(uploads(&back).is_empty() && aborted(&back).is_empty());
    client.finish(&upload(&sent), "f1").post();
}

#[test]
fn after_a_reload_the_file_is_asked_after_and_has_to_be_chosen_again() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let first = upload(&sent);
    let (mut later, online) = Client::reopened(&stored(&[&sent]));
    assert_eq!(uploads(&online), [(first.clone(), None)]);
    later.bring(Event::UploadWantsFile {
        upload: first.client_id.clone(),
    });
    let missing = FileState::Missing { is_other: false };
    assert_eq!(later.file_states(), [missing]);
    assert!(later.messages()[0].1.can_cancel);

    let key = later.messages()[0].1.attachments[0].key.clone();
    let other = later.intend(Intent::ChooseAgain {
        upload: key.clone(),
        file: file("7", "a.png", 11),
    });
    assert!(uploads(&other).is_empty());
    assert_eq!(later.file_states(), [FileState::Missing { is_other: true }]);
    let right = later.intend(Intent::ChooseAgain {
        upload: key,
        file: file("8", "a.png", 10),
    });
    assert_eq!(uploads(&right), [(first.clone(), Some("8".to_owned()))]);
    assert_eq!(later.finish(&first, "f1").post().text, "look");
}

#[test]
fn after_a_reload_a_file_that_is_there_needs_nobody() {
    let mut client = Client::talking(Vec::new());
    client.attach(&[file("1", "a.png", 10), file("2", "b.png", 20)]);
    let sent = client.intend(Intent::SendDraft);
    let both = uploads(&sent);
    let finished = client.finish(&both[0].0, "f1");
    let (mut later, online) = Client::reopened(&stored(&[&sent, &finished]));
    let asked = uploads(&online);
    assert_eq!(asked.len(), 2);
    later.finish(&asked[0].0, "f1");
    let post = later.finish(&asked[1].0, "f2").post();
    assert_eq!(post.attachments.len(), 2);
}

#[test]
fn another_page_takes_over_only_what_needs_no_file_of_the_first() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let mut other = Client::talking(Vec::new());
    other.entropy_from(1_000_000);
    let tell = |other: &mut Client, outcome: &Outcome| {
        for (key, value) in outcome.saved() {
            let value = Some(value);
            other.bring(Event::StorageChanged { key, value });
        }
    };
    tell(&mut other, &sent);
    other.wait(11_000);
    other.fire(Timer::Outbox);
    assert!(other.messages().is_empty());

    let first = upload(&sent);
    let finished = client.finish(&first, "f1");
    tell(&mut other, &finished);
    other.wait(11_000);
    let takes = other.fire(Timer::Outbox);
    assert_eq!(uploads(&takes), [(first.clone(), None)]);
    assert_eq!(other.finish(&first, "f1").post(), finished.post());
}

#[test]
fn a_page_that_opens_meanwhile_leaves_the_file_to_the_one_that_has_it() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let (mut other, online) = Client::reopened(&stored(&[&sent]));
    let (key, value) = online
        .saved()
        .into_iter()
        .find(|(key, _)| key.starts_with("outbox/"))
        .unwrap();
    let value = Some(value);
    let answer = client.bring(Event::StorageChanged { key, value });
    let (key, value) = answer.saved().remove(0);
    let value = Some(value);
    let told = other.bring(Event::StorageChanged { key, value });
    assert_eq!(aborted(&told), [upload(&sent).client_id]);
    assert!(other.messages().is_empty());
    assert_eq!(client.states(), [Some(DeliveryState::Uploading)]);

    // Nobody answers a later page once the first is gone.
    let (later, _) = Client::reopened(&stored(&[&sent, &online, &answer]));
    assert_eq!(later.messages().len(), 1);
}

#[test]
fn what_another_page_cancelled_ends_here_too() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let key = sent.saved()[0].0.clone();
    let gone = client.bring(Event::StorageChanged { key, value: None });
    assert_eq!(aborted(&gone), [upload(&sent).client_id]);
    assert!(client.messages().is_empty());
}

fn picture(position: u64, id: &str) -> Message {
    Message {
        attachments: vec![attachment(id, "a.png", 10)],
        ..from_agent(position, "")
    }
}

fn link(id: &str, expires_at: i64) -> AttachmentLink {
    AttachmentLink {
        attachment: AttachmentId::parse(id).unwrap(),
        url: format!("/v1/files/{id}?{expires_at}"),
        thumbnail_url: None,
        expires_at: Timestamp(expires_at),
    }
}

#[test]
fn addresses_are_asked_for_and_renewed_before_they_run_out() {
    let mut client = Client::talking(Vec::new());
    let came = client.entry(11, picture(1, "f1"));
    let alert = format!("{:?}", came.alerts());
    assert!(
        alert.contains("a.png") && alert.contains("Image"),
        "{alert}"
    );
    let asked = asked_links(&came);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].1, ["f1"]);
    let expires_at = NOON + 600_000;
    let linked = client.frame(Incoming::AttachmentsLinked(AttachmentsLinked {
        reference: asked[0].0,
        links: vec![link("f1", expires_at)],
    }));
    assert!(asked_links(&linked).is_empty());
    let url = client.messages()[0].1.attachments[0].url.clone();
    assert_eq!(url.as_deref(), Some("/v1/files/f1?1795349400000"));
    assert_eq!(linked.timer(Timer::Outbox), Some(540_000));

    client.bring(Event::PageHidden);
    client.wait(540_000);
    assert!(
        asked_links(&client.fire(Timer::Outbox)).is_empty(),
        "nobody looks"
    );
    assert_eq!(asked_links(&client.bring(Event::PageShown)).len(), 1);
}

#[test]
fn what_has_no_address_is_asked_for_once_a_connection() {
    let mut client = Client::talking(vec![picture(1, "f1")]);
    client.lose();
    client.fire(Timer::Reconnect);
    let back = client.connect(ready(Some("c1")));
    let asked = asked_links(&back);
    assert_eq!(asked.len(), 1);
    let answered = client.frame(Incoming::AttachmentsLinked(AttachmentsLinked {
        reference: asked[0].0,
        links: Vec::new(),
    }));
    assert!(asked_links(&answered).is_empty());
    assert!(asked_links(&client.entry(11, from_agent(2, "x"))).is_empty());
}

#[test]
fn a_message_with_its_files_seen_in_the_feed_ends_its_entry() {
    let mut client = Client::talking(Vec::new());
    let sent = client.send_file("1", "a.png", 10, "look");
    let post = client.finish(&upload(&sent), "f1").post();
    let event = client.entry(
        11,
        Message {
            attachments: vec![attachment("f1", "a.png", 10)],
            ..posted_as(5, &post)
        },
    );
    assert_eq!(event.forgotten().len(), 1);
    assert_eq!(client.states(), [Some(DeliveryState::Sent)]);
    assert_eq!(client.file_states(), [FileState::There]);
}

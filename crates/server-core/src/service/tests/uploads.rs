//! Files: who may announce, post and have them, how much, and what becomes of the rest.

use protocol::agent::ListFiles;
use protocol::attachment::{AttachmentKind, LinkAttachments, VoiceNote};
use protocol::error::ErrorCode;
use protocol::hello::Done;
use protocol::http::{UploadPurpose, UploadRequest};
use protocol::ids::{AttachmentId, ConversationId};
use protocol::visitor::PostMessage;

use super::house::{House, agent, agent_id, code, post};
use crate::domain::{BlobKey, FileFacts, Principal, Uploader};
use crate::error::Error;
use crate::service::{UploadBegun, UploadOpened};
use crate::settings::{Settings, UploadSettings};

const DAY: i64 = 24 * 3600 * 1000;

fn request(house: &House, conversation: Option<&ConversationId>) -> UploadRequest {
    UploadRequest {
        client_id: house.fresh(),
        name: "../teapot.png".to_owned(),
        media_type: "image/png".to_owned(),
        size: 1000,
        conversation: conversation.cloned(),
        purpose: None,
        voice: None,
    }
}

fn begin(house: &House, who: &Principal, request: &UploadRequest) -> Result<UploadBegun, Error> {
    house.service.begin_upload(&Uploader::from(who), request)
}

fn facts(blob: BlobKey) -> FileFacts {
    FileFacts {
        blob,
        kind: AttachmentKind::Image,
        media_type: "image/png".to_owned(),
        dimensions: Some((40, 30)),
        thumbnail: Some("image/png".to_owned()),
    }
}

fn send(house: &House, id: &AttachmentId) -> BlobKey {
    match house.service.open_upload(id).unwrap() {
        UploadOpened::Awaited { blob, .. } => {
            house
                .service
                .finish_upload(id, &facts(blob.clone()))
                .unwrap();
            blob
        }
        UploadOpened::Finished(_) => panic!("sent before"),
    }
}

pub(super) fn upload(
    house: &House,
    who: &Principal,
    conversation: Option<&ConversationId>,
) -> AttachmentId {
    let begun = begin(house, who, &request(house, conversation)).unwrap();
    send(house, &begun.attachment);
    begun.attachment
}

pub(super) fn with_files(
    house: &House,
    conversation: Option<&ConversationId>,
    text: &str,
    files: &[&AttachmentId],
) -> PostMessage {
    PostMessage {
        attachments: files.iter().copied().cloned().collect(),
        ..post(house.fresh(), conversation, text)
    }
}

fn post_files(
    house: &House,
    who: &Principal,
    conversation: Option<&ConversationId>,
    files: &[&AttachmentId],
) -> Result<Done, Error> {
    let command = with_files(house, conversation, "", files);
    house.service.post_message(who, &command)
}

fn linked(house: &House, who: &Principal, ids: &[&AttachmentId]) -> Vec<AttachmentId> {
    let query = LinkAttachments {
        reference: 1,
        attachments: ids.iter().copied().cloned().collect(),
    };
    let links = house.service.link_attachments(who, &query).unwrap();
    links.into_iter().map(|link| link.attachment).collect()
}

#[test]
fn a_file_goes_with_a_message_without_words() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let file = upload(&house, &visitor, None);
    post_files(&house, &visitor, None, &[&file]).unwrap();
    for who in [&visitor, &agent("ana")] {
        let messages = house.open(who, &id).messages;
        let last = messages.last().unwrap();
        assert_eq!(last.text, "");
        let [attachment] = last.attachments.as_slice() else {
            panic!("one file");
        };
        assert_eq!(attachment.id, file);
        assert_eq!(attachment.name, "teapot.png");
        assert_eq!((attachment.width, attachment.height), (Some(40), Some(30)));
    }
    let preview = house.row("ana", &id).preview.unwrap();
    assert_eq!(preview.text, "teapot.png");
    assert_eq!(preview.attachment, Some(AttachmentKind::Image));
}

#[test]
fn a_first_message_may_be_a_file() {
    let house = House::new();
    let visitor = house.visitor();
    let file = upload(&house, &visitor, None);
    let posted = post_files(&house, &visitor, None, &[&file])
        .unwrap()
        .posted
        .unwrap();
    let record = house.look(|reading| reading.attachment(&file)).unwrap();
    assert_eq!(record.conversation, Some(posted.conversation));
    assert_eq!(record.message, Some(posted.message));
}

#[test]
fn only_whoever_uploaded_a_file_posts_it_and_once() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let (stranger, elsewhere) = house.conversation();
    let file = upload(&house, &visitor, None);
    let refused = |result: Result<Done, Error>| {
        assert_eq!(code(result), ErrorCode::UnknownAttachment);
    };
    refused(post_files(&house, &stranger, None, &[&file]));
    refused(post_files(&house, &agent("ana"), Some(&id), &[&file]));
    refused(post_files(&house, &visitor, None, &[&file, &file]));
    let of_ana = upload(&house, &agent("ana"), Some(&id));
    refused(post_files(&house, &agent("ben"), Some(&id), &[&of_ana]));
    refused(post_files(
        &house,
        &agent("ana"),
        Some(&elsewhere),
        &[&of_ana],
    ));
    let unknown = AttachmentId::parse("nobody-s").unwrap();
    refused(post_files(&house, &visitor, None, &[&unknown]));
    let unfinished = begin(&house, &visitor, &request(&house, None)).unwrap();
    refused(post_files(
        &house,
        &visitor,
        None,
        &[&unfinished.attachment],
    ));

    post_files(&house, &visitor, None, &[&file]).unwrap();
    post_files(&house, &agent("ana"), Some(&id), &[&of_ana]).unwrap();
    refused(post_files(&house, &visitor, None, &[&file]));
    // What was refused left nothing behind.
    let with = |message: &&protocol::message::Message| !message.attachments.is_empty();
    assert_eq!(
        house
            .open(&visitor, &id)
            .messages
            .iter()
            .filter(with)
            .count(),
        2
    );
    assert!(
        house
            .open(&stranger, &elsewhere)
            .messages
            .iter()
            .all(|it| it.attachments.is_empty())
    );
}

#[test]
fn a_repeated_post_is_answered_and_one_with_another_file_is_not() {
    let house = House::new();
    let (visitor, _) = house.conversation();
    let (file, other) = (
        upload(&house, &visitor, None),
        upload(&house, &visitor, None),
    );
    let command = with_files(&house, None, "look", &[&file]);
    let first = house.service.post_message(&visitor, &command).unwrap();
    assert_eq!(house.service.post_message(&visitor, &command), Ok(first));
    let changed = PostMessage {
        attachments: vec![other],
        ..command
    };
    let result = house.service.post_message(&visitor, &changed);
    assert_eq!(code(result), ErrorCode::IdempotencyMismatch);
}

#[test]
fn a_message_takes_ten_files_and_no_more() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let files: Vec<_> = (0..11).map(|_| upload(&house, &visitor, None)).collect();
    let all: Vec<_> = files.iter().collect();
    let result = post_files(&house, &visitor, None, &all);
    assert_eq!(code(result), ErrorCode::TooManyAttachments);
    post_files(&house, &visitor, None, &all[..10]).unwrap();
    let messages = house.open(&visitor, &id).messages;
    let told: Vec<_> = messages
        .last()
        .unwrap()
        .attachments
        .iter()
        .map(|it| &it.id)
        .collect();
    assert_eq!(told, all[..10]);
    assert_eq!(code(house.post(&visitor, "")), ErrorCode::TextEmpty);
}

#[test]
fn the_same_upload_has_the_same_attachment() {
    let house = House::new();
    let (visitor, _) = house.conversation();
    let asked = request(&house, None);
    let first = begin(&house, &visitor, &asked).unwrap();
    assert_eq!(begin(&house, &visitor, &asked).unwrap(), first);
    send(&house, &first.attachment);
    let again = begin(&house, &visitor, &asked).unwrap();
    assert_eq!(again.attachment, first.attachment);
    assert_eq!(again.finished.unwrap().name, "teapot.png");
    for changed in [
        UploadRequest {
            size: 1001,
            ..asked.clone()
        },
        UploadRequest {
            name: "kettle.png".to_owned(),
            ..asked.clone()
        },
        UploadRequest {
            media_type: "image/gif".to_owned(),
            ..asked.clone()
        },
    ] {
        let result = begin(&house, &visitor, &changed);
        assert_eq!(code(result), ErrorCode::IdempotencyMismatch);
    }
    // Somebody else's upload of the same name is another one.
    let other = house.visitor();
    assert_ne!(
        begin(&house, &other, &asked).unwrap().attachment,
        first.attachment
    );
}

#[test]
fn two_streams_of_one_upload_leave_one_file() {
    let house = House::new();
    let (visitor, _) = house.conversation();
    let id = begin(&house, &visitor, &request(&house, None))
        .unwrap()
        .attachment;
    let blobs: Vec<BlobKey> = (0..2)
        .map(|_| match house.service.open_upload(&id).unwrap() {
            UploadOpened::Awaited { blob, .. } => blob,
            UploadOpened::Finished(_) => panic!("not yet"),
        })
        .collect();
    let first = house
        .service
        .finish_upload(&id, &facts(blobs[0].clone()))
        .unwrap();
    let second = house
        .service
        .finish_upload(&id, &facts(blobs[1].clone()))
        .unwrap();
    assert_eq!(first, second);
    assert_eq!(house.service.is_blob_of(&id, &blobs[0]), Ok(true));
    assert_eq!(house.service.is_blob_of(&id, &blobs[1]), Ok(false));
    house.wait(3 * 3600 * 1000);
    assert_eq!(house.service.loose_blobs().unwrap(), [blobs[1].clone()]);
    house.service.forget_blobs(&blobs[1..]).unwrap();
    assert_eq!(house.service.loose_blobs().unwrap(), []);
}

#[test]
fn sizes_and_voice_notes_are_measured_before_a_byte_moves() {
    let house = House::new();
    let (visitor, _) = house.conversation();
    let with = |size: u64, voice: Option<VoiceNote>| {
        let request = UploadRequest {
            size,
            voice,
            ..request(&house, None)
        };
        begin(&house, &visitor, &request)
    };
    assert_eq!(code(with(0, None)), ErrorCode::UploadEmpty);
    assert_eq!(code(with(52_428_801, None)), ErrorCode::UploadTooLarge);
    assert!(with(52_428_800, None).is_ok());
    let voice = |duration_ms, waveform: &str| {
        Some(VoiceNote {
            duration_ms,
            waveform: waveform.to_owned(),
        })
    };
    assert!(with(9, voice(300_000, "0123456789")).is_ok());
    assert_eq!(code(with(9, voice(300_001, ""))), ErrorCode::VoiceTooLong);
    assert_eq!(code(with(9, voice(1, "loud"))), ErrorCode::BadFrame);
}

#[test]
fn an_agent_names_the_conversation_and_answers_in_its_channel() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let (stranger, _) = house.conversation();
    assert_eq!(
        code(begin(&house, &agent("ana"), &request(&house, None))),
        ErrorCode::BadFrame
    );
    let here = request(&house, Some(&id));
    assert!(begin(&house, &agent("ana"), &here).is_ok());
    assert!(begin(&house, &visitor, &here).is_ok());
    assert_eq!(code(begin(&house, &stranger, &here)), ErrorCode::NotFound);
    assert_eq!(
        code(begin(&house, &agent("nobody"), &here)),
        ErrorCode::Forbidden
    );
}

#[test]
fn measures_hold_for_conversations_and_for_days() {
    let house = House::with(Settings {
        uploads: UploadSettings {
            conversation_bytes: 3000,
            visitor_bytes_a_day: 2000,
            agent_bytes_a_day: 2000,
            ..UploadSettings::default()
        },
        ..Settings::default()
    });
    let (visitor, id) = house.conversation();
    let here = || request(&house, Some(&id));
    upload(&house, &visitor, None);
    upload(&house, &visitor, None);
    assert_eq!(
        code(begin(&house, &visitor, &here())),
        ErrorCode::QuotaExceeded
    );
    // The visitor's measure is not the agent's, but the conversation's is for both.
    upload(&house, &agent("ana"), Some(&id));
    assert_eq!(
        code(begin(&house, &agent("ana"), &here())),
        ErrorCode::QuotaExceeded
    );
    // A private note's files are counted apart: a full measure must not tell of them.
    let note = UploadRequest {
        purpose: Some(UploadPurpose::Note),
        ..here()
    };
    assert!(begin(&house, &agent("ana"), &note).is_ok());
    // The next day both may again, as far as the conversation has room.
    house.wait(DAY + 1);
    assert_eq!(
        code(begin(&house, &visitor, &here())),
        ErrorCode::QuotaExceeded
    );
    let (_, other) = house.conversation();
    assert!(begin(&house, &agent("ana"), &request(&house, Some(&other))).is_ok());
}

#[test]
fn links_are_for_those_who_may_see_the_message() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let (stranger, _) = house.conversation();
    let file = upload(&house, &visitor, None);
    let own = std::slice::from_ref(&file);
    // Before it is posted it is its uploader's alone.
    assert_eq!(linked(&house, &visitor, &[&file]), own);
    assert_eq!(linked(&house, &agent("ana"), &[&file]), []);
    post_files(&house, &visitor, None, &[&file]).unwrap();
    assert_eq!(linked(&house, &visitor, &[&file]), own);
    assert_eq!(linked(&house, &agent("ana"), &[&file]), own);
    assert_eq!(linked(&house, &agent("nobody"), &[&file]), []);
    assert_eq!(linked(&house, &stranger, &[&file]), []);

    let answer = upload(&house, &agent("ana"), Some(&id));
    assert_eq!(linked(&house, &visitor, &[&answer]), []);
    assert_eq!(linked(&house, &agent("ben"), &[&answer]), []);
    post_files(&house, &agent("ana"), Some(&id), &[&answer]).unwrap();
    assert_eq!(
        linked(&house, &visitor, &[&answer, &file]),
        [answer.clone(), file.clone()]
    );

    let many = LinkAttachments {
        reference: 1,
        attachments: vec![file; 51],
    };
    assert_eq!(
        code(house.service.link_attachments(&visitor, &many)),
        ErrorCode::BadFrame
    );
}

/// A file that an agent uploaded for a note.
fn for_note(house: &House, name: &str, conversation: &ConversationId) -> AttachmentId {
    let request = UploadRequest {
        purpose: Some(UploadPurpose::Note),
        ..request(house, Some(conversation))
    };
    let file = begin(house, &agent(name), &request).unwrap().attachment;
    send(house, &file);
    file
}

#[test]
fn a_note_s_file_never_reaches_a_visitor() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let note = UploadRequest {
        purpose: Some(UploadPurpose::Note),
        ..request(&house, Some(&id))
    };
    assert_eq!(code(begin(&house, &visitor, &note)), ErrorCode::Forbidden);
    let file = for_note(&house, "ana", &id);
    // Not with an answer, and so not by a slip of the client either.
    let result = post_files(&house, &agent("ana"), Some(&id), &[&file]);
    assert_eq!(code(result), ErrorCode::UnknownAttachment);
    assert_eq!(linked(&house, &visitor, &[&file]), []);
    house.note_with("ana", &id, "", &[], &[&file]).unwrap();
    assert_eq!(
        linked(&house, &agent("ben"), &[&file]),
        std::slice::from_ref(&file)
    );
    assert_eq!(linked(&house, &visitor, &[&file]), []);
    let told = format!("{:?}", house.open(&visitor, &id))
        + &format!("{:?}", house.visitor_frames(&visitor, &id));
    assert!(!told.contains(file.as_str()));
}

#[test]
fn a_note_takes_files_of_notes_only_and_each_once() {
    let house = House::new();
    let (_, id) = house.conversation();
    let note = |files: &[&AttachmentId]| house.note_with("ana", &id, "", &[], files);
    let reply = upload(&house, &agent("ana"), Some(&id));
    let bens = for_note(&house, "ben", &id);
    let file = for_note(&house, "ana", &id);
    for wrong in [[&reply], [&bens]] {
        assert_eq!(code(note(&wrong)), ErrorCode::UnknownAttachment);
    }
    assert_eq!(
        code(note(&[&file, &file])),
        ErrorCode::UnknownAttachment,
        "named twice"
    );
    assert_eq!(code(note(&[])), ErrorCode::TextEmpty);
    note(&[&file]).unwrap();
    assert_eq!(code(note(&[&file])), ErrorCode::UnknownAttachment);
    let notes = house.notes("ben", &id);
    let [only] = notes.as_slice() else {
        panic!("one note: {notes:?}");
    };
    assert_eq!(only.text, "");
    let ids: Vec<_> = only.attachments.iter().map(|it| &it.id).collect();
    assert_eq!(ids, [&file]);
    let many = vec![&file; 11];
    assert_eq!(code(note(&many)), ErrorCode::TooManyAttachments);
}

#[test]
fn what_nobody_posts_is_swept_with_its_bytes() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let kept = upload(&house, &visitor, None);
    post_files(&house, &visitor, None, &[&kept]).unwrap();
    let announced = begin(&house, &visitor, &request(&house, None))
        .unwrap()
        .attachment;
    let left = begin(&house, &visitor, &request(&house, None))
        .unwrap()
        .attachment;
    let blob = send(&house, &left);
    house.wait(2 * DAY);
    assert_eq!(house.service.forget_unposted(), Ok(0));
    house.wait(1);
    assert_eq!(house.service.forget_unposted(), Ok(2));
    assert_eq!(house.service.loose_blobs().unwrap(), [blob]);
    for gone in [&announced, &left] {
        assert_eq!(code(house.service.open_upload(gone)), ErrorCode::NotFound);
        assert_eq!(code(house.service.file(gone)), ErrorCode::NotFound);
        let result = post_files(&house, &visitor, Some(&id), &[gone]);
        assert_eq!(code(result), ErrorCode::UnknownAttachment);
    }
    assert!(house.service.file(&kept).is_ok());
}

#[test]
fn a_file_alone_answers_no_question() {
    let house = House::new();
    house
        .sites
        .set_script(include_str!("../../../../server/scripts/demo.json"));
    let visitor = house.visitor();
    let file = upload(&house, &visitor, None);
    let posted = post_files(&house, &visitor, None, &[&file])
        .unwrap()
        .posted
        .unwrap();
    let messages = house.open(&visitor, &posted.conversation).messages;
    let open = messages
        .iter()
        .filter_map(|it| it.question.as_ref())
        .filter(|it| it.open);
    assert_eq!(open.count(), 1);
    assert_eq!(messages.last().unwrap().attachments.len(), 1);
}

#[test]
fn agents_see_all_files_newest_first_with_who_and_when() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let first = upload(&house, &visitor, None);
    let second = upload(&house, &visitor, None);
    post_files(&house, &visitor, None, &[&first, &second]).unwrap();
    house.post(&visitor, "no file").unwrap();
    house.wait(1000);
    let third = upload(&house, &agent("ana"), Some(&id));
    post_files(&house, &agent("ana"), Some(&id), &[&third]).unwrap();
    upload(&house, &visitor, None);
    let list = |before, limit| {
        let query = ListFiles {
            reference: 1,
            conversation: id.clone(),
            before,
            limit,
        };
        house.service.list_files(&agent_id("ben"), &query).unwrap()
    };
    let listed = list(None, 10);
    let ids: Vec<_> = listed.files.iter().map(|it| &it.attachment.id).collect();
    assert_eq!(ids, [&third, &first, &second]);
    assert!(!listed.has_more_before);
    assert_eq!(listed.files[0].author.name.as_deref(), Some("Ana"));
    assert_eq!(listed.files[0].posted_at, house.now());
    let page = list(None, 1);
    assert_eq!((page.files.len(), page.has_more_before), (1, true));
    let rest = list(Some(page.files[0].position), 1);
    assert_eq!((rest.files.len(), rest.has_more_before), (2, false));
    assert!(rest.files.iter().all(|file| !file.private));
}

#[test]
fn files_of_notes_are_among_them_and_marked() {
    let house = House::new();
    let (_, id) = house.conversation();
    let order = UploadRequest {
        purpose: Some(UploadPurpose::Note),
        ..request(&house, Some(&id))
    };
    let file = begin(&house, &agent("ana"), &order).unwrap().attachment;
    send(&house, &file);
    house.note_with("ana", &id, "", &[], &[&file]).unwrap();
    let query = ListFiles {
        reference: 1,
        conversation: id,
        before: None,
        limit: 10,
    };
    let listed = house.service.list_files(&agent_id("ben"), &query).unwrap();
    assert!(listed.files[0].private);
}

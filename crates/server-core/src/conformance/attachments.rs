//! Attachments: found by id and by upload, counted, and swept only while nobody posted them.

use protocol::attachment::{AttachmentKind, VoiceNote};
use protocol::ids::{AttachmentId, ConversationId};
use protocol::time::Timestamp;

use super::samples::{HOSTILE, agent_id, client_id, contact_id, conversation_id, id, message_id};
use super::{Cases, Outcome, refused, same};
use crate::domain::{AttachmentRecord, Audience, BlobKey, FileFacts, Uploader};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("attachments_come_back_as_they_were", records),
    (
        "an_upload_is_found_by_its_own_name_and_has_one_attachment",
        uploads,
    ),
    ("sizes_are_summed_by_place_and_by_person", sums),
    ("only_what_nobody_posted_is_left_over", left_over),
    ("loose_blobs_are_found_when_they_are_old", loose),
];

fn attachment(name: &str, number: u128) -> Stored<AttachmentRecord> {
    Ok(AttachmentRecord {
        id: id(AttachmentId::parse, name)?,
        uploader: Uploader::Visitor(contact_id("kim")?),
        client_id: client_id(number),
        conversation: None,
        audience: Audience::All,
        name: HOSTILE.to_owned(),
        declared_type: "image/png".to_owned(),
        size: 1000,
        voice: None,
        created_at: Timestamp(50),
        file: None,
        message: None,
    })
}

fn put(storage: &dyn Storage, record: &AttachmentRecord) -> Stored<()> {
    write(storage, |tx| tx.put_attachment(record))
}

fn find(storage: &dyn Storage, id: &AttachmentId) -> Stored<Option<AttachmentRecord>> {
    read(storage, |reading| reading.attachment(id))
}

fn records(storage: &dyn Storage) -> Outcome {
    let mut record = attachment("f1", 1)?;
    same(find(storage, &record.id)?, None)?;
    put(storage, &record)?;
    same(find(storage, &record.id)?, Some(record.clone()))?;
    record.uploader = Uploader::Agent(agent_id("ana")?);
    record.audience = Audience::Agents;
    record.conversation = Some(conversation_id("c1")?);
    record.size = (1 << 53) - 1;
    record.voice = Some(VoiceNote {
        duration_ms: u32::MAX,
        waveform: "0192".to_owned(),
    });
    record.file = Some(FileFacts {
        blob: BlobKey("b1".to_owned()),
        kind: AttachmentKind::Voice,
        media_type: "audio/webm".to_owned(),
        dimensions: None,
        thumbnail: None,
    });
    put(storage, &record)?;
    same(find(storage, &record.id)?, Some(record.clone()))?;
    record.file = record.file.map(|file| FileFacts {
        kind: AttachmentKind::Image,
        dimensions: Some((1, u32::MAX)),
        thumbnail: Some("image/jpeg".to_owned()),
        ..file
    });
    record.message = Some(message_id("m1")?);
    put(storage, &record)?;
    same(find(storage, &record.id)?, Some(record.clone()))?;
    write(storage, |tx| tx.remove_attachment(&record.id))?;
    same(find(storage, &record.id)?, None)?;
    write::<_, StorageError>(storage, |tx| tx.remove_attachment(&record.id))?;
    Ok(())
}

fn uploads(storage: &dyn Storage) -> Outcome {
    let record = attachment("f1", 1)?;
    put(storage, &record)?;
    let upload = |uploader: &Uploader, number| {
        read::<_, StorageError>(storage, |reading| {
            let found = reading.upload(uploader, &client_id(number))?;
            Ok(found.map(|record| record.id))
        })
    };
    let kim = Uploader::Visitor(contact_id("kim")?);
    same(upload(&kim, 1)?, Some(record.id.clone()))?;
    same(upload(&kim, 2)?, None)?;
    same(upload(&Uploader::Agent(agent_id("kim")?), 1)?, None)?;
    refused(put(storage, &attachment("f2", 1)?))?;
    let mut of_agent = attachment("f2", 1)?;
    of_agent.uploader = Uploader::Agent(agent_id("kim")?);
    put(storage, &of_agent)?;
    Ok(())
}

fn sums(storage: &dyn Storage) -> Outcome {
    let to = |conversation: &ConversationId| {
        read::<_, StorageError>(storage, |reading| {
            reading.uploaded_to(conversation, Audience::All)
        })
    };
    let by = |uploader: &Uploader, since| {
        read::<_, StorageError>(storage, |reading| {
            reading.uploaded_by(uploader, Timestamp(since))
        })
    };
    let (here, kim) = (
        conversation_id("c1")?,
        Uploader::Visitor(contact_id("kim")?),
    );
    same(to(&here)?, 0)?;
    same(by(&kim, 0)?, 0)?;
    for (number, at) in [(1_u64, 10), (2, 20), (3, 30)] {
        let mut record = attachment(&format!("f{number}"), number.into())?;
        record.created_at = Timestamp(at);
        record.size = 10_u64.pow(u32::try_from(number).unwrap_or(0));
        record.conversation = (number > 1).then(|| here.clone());
        put(storage, &record)?;
    }
    let mut note = attachment("f9", 9)?;
    note.uploader = Uploader::Agent(agent_id("ben")?);
    note.conversation = Some(here.clone());
    note.audience = Audience::Agents;
    put(storage, &note)?;
    same(to(&here)?, 1100)?;
    same(to(&conversation_id("c2")?)?, 0)?;
    same(by(&kim, 0)?, 1110)?;
    same(by(&kim, 20)?, 1100)?;
    same(by(&kim, 31)?, 0)?;
    same(by(&Uploader::Agent(agent_id("ana")?), 0)?, 0)
}

fn left_over(storage: &dyn Storage) -> Outcome {
    for (number, at) in [(1_u64, 30), (2, 10), (3, 20), (4, 5)] {
        let mut record = attachment(&format!("f{number}"), number.into())?;
        record.created_at = Timestamp(at);
        if number == 4 {
            record.message = Some(message_id("m1")?);
        }
        put(storage, &record)?;
    }
    let before = |instant, limit| {
        let found = read::<_, StorageError>(storage, |reading| {
            reading.unposted_before(Timestamp(instant), limit)
        })?;
        Ok::<_, StorageError>(
            found
                .iter()
                .map(|record| record.id.as_str().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    same(before(30, 10)?, vec!["f2".to_owned(), "f3".to_owned()])?;
    same(before(31, 1)?, vec!["f2".to_owned()])?;
    same(before(10, 10)?, vec![])
}

fn loose(storage: &dyn Storage) -> Outcome {
    let blob = |name: &str| BlobKey(name.to_owned());
    write::<_, StorageError>(storage, |tx| {
        tx.put_loose_blob(&blob("a"), Timestamp(10))?;
        tx.put_loose_blob(&blob("b"), Timestamp(20))?;
        tx.put_loose_blob(&blob("c"), Timestamp(30))?;
        tx.remove_loose_blob(&blob("b"))?;
        tx.remove_loose_blob(&blob("never"))
    })?;
    let before = |instant| {
        read::<_, StorageError>(storage, |reading| {
            reading.loose_blobs_before(Timestamp(instant), 10)
        })
    };
    same(before(10)?, vec![])?;
    same(before(30)?, vec![blob("a")])?;
    same(before(31)?.len(), 2)?;
    write::<_, StorageError>(storage, |tx| tx.put_loose_blob(&blob("a"), Timestamp(40)))?;
    same(before(31)?, vec![blob("c")])
}

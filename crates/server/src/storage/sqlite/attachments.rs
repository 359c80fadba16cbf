//! Attachments, and bytes that belong to none.

use protocol::attachment::AttachmentKind;
use protocol::ids::{AttachmentId, ClientId, ConversationId, MessageId};
use protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::{AttachmentRecord, Audience, BlobKey, FileFacts, Uploader};

use super::row::{count, foreign, json, number, stored, time, value_if_any, word, word_if_any};

pub(super) fn find(connection: &Connection, id: &AttachmentId) -> Result<Option<AttachmentRecord>> {
    connection
        .prepare_cached("SELECT * FROM attachments WHERE id = ?1")?
        .query_row([id.as_str()], read)
        .optional()
}

pub(super) fn find_upload(
    connection: &Connection,
    uploader: &Uploader,
    client_id: &ClientId,
) -> Result<Option<AttachmentRecord>> {
    connection
        .prepare_cached("SELECT * FROM attachments WHERE uploader = ?1 AND client_id = ?2")?
        .query_row([uploader.key().as_str(), client_id.as_str()], read)
        .optional()
}

pub(super) fn size_in(
    connection: &Connection,
    conversation: &ConversationId,
    audience: Audience,
) -> Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(size), 0) AS size FROM attachments
             WHERE conversation = ?1 AND audience = ?2",
        )?
        .query_row([conversation.as_str(), audience.as_str()], |row| {
            number(row, "size")
        })
}

pub(super) fn size_by(
    connection: &Connection,
    uploader: &Uploader,
    since: Timestamp,
) -> Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(size), 0) AS size FROM attachments
             WHERE uploader = ?1 AND created_at >= ?2",
        )?
        .query_row(params![uploader.key(), since.0], |row| number(row, "size"))
}

pub(super) fn unposted_before(
    connection: &Connection,
    instant: Timestamp,
    limit: u32,
) -> Result<Vec<AttachmentRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM attachments
             WHERE message IS NULL AND created_at < ?1
             ORDER BY created_at
             LIMIT ?2",
        )?
        .query_map(params![instant.0, limit], read)?
        .collect()
}

pub(super) fn put(connection: &Connection, record: &AttachmentRecord) -> Result<()> {
    let file = record.file.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO attachments
                 (id, uploader, client_id, conversation, audience, name, declared_type, size,
                  voice, created_at, blob, kind, media_type, width, height, thumbnail, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
             ON CONFLICT (id) DO UPDATE SET
                 uploader = ?2, client_id = ?3, conversation = ?4, audience = ?5, name = ?6,
                 declared_type = ?7, size = ?8, voice = ?9, created_at = ?10, blob = ?11,
                 kind = ?12, media_type = ?13, width = ?14, height = ?15, thumbnail = ?16,
                 message = ?17",
        )?
        .execute(params![
            record.id.as_str(),
            record.uploader.key(),
            record.client_id.as_str(),
            record.conversation.as_ref().map(ConversationId::as_str),
            record.audience.as_str(),
            record.name,
            record.declared_type,
            stored(record.size),
            record.voice.as_ref().map(json).transpose()?,
            record.created_at.0,
            file.map(|file| &file.blob.0),
            file.map(|file| file.kind.as_str()),
            file.map(|file| &file.media_type),
            file.and_then(|file| file.dimensions.map(|(width, _)| width)),
            file.and_then(|file| file.dimensions.map(|(_, height)| height)),
            file.and_then(|file| file.thumbnail.as_ref()),
            record.message.as_ref().map(MessageId::as_str),
        ])?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, id: &AttachmentId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM attachments WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

pub(super) fn loose_before(
    connection: &Connection,
    instant: Timestamp,
    limit: u32,
) -> Result<Vec<BlobKey>> {
    connection
        .prepare_cached("SELECT blob FROM loose_blobs WHERE since < ?1 ORDER BY since LIMIT ?2")?
        .query_map(params![instant.0, limit], |row| row.get(0).map(BlobKey))?
        .collect()
}

pub(super) fn put_loose(connection: &Connection, blob: &BlobKey, since: Timestamp) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO loose_blobs (blob, since) VALUES (?1, ?2)")?
        .execute(params![blob.0, since.0])?;
    Ok(())
}

pub(super) fn remove_loose(connection: &Connection, blob: &BlobKey) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM loose_blobs WHERE blob = ?1")?
        .execute([&blob.0])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<AttachmentRecord> {
    Ok(AttachmentRecord {
        id: word(row, "id", AttachmentId::parse)?,
        uploader: word(row, "uploader", Uploader::parse)?,
        client_id: word(row, "client_id", ClientId::parse)?,
        conversation: word_if_any(row, "conversation", ConversationId::parse)?,
        audience: word(row, "audience", Audience::parse)?,
        name: row.get("name")?,
        declared_type: row.get("declared_type")?,
        size: number(row, "size")?,
        voice: value_if_any(row, "voice")?,
        created_at: time(row, "created_at")?,
        file: read_file(row)?,
        message: word_if_any(row, "message", MessageId::parse)?,
    })
}

fn read_file(row: &Row<'_>) -> Result<Option<FileFacts>> {
    let Some(blob) = row.get::<_, Option<String>>("blob")? else {
        return Ok(None);
    };
    let kind: Option<String> = row.get("kind")?;
    let is_picture = row.get::<_, Option<i64>>("width")?.is_some();
    let dimensions = match is_picture {
        true => Some((count(row, "width")?, count(row, "height")?)),
        false => None,
    };
    Ok(Some(FileFacts {
        blob: BlobKey(blob),
        kind: AttachmentKind::read(&kind.ok_or_else(|| foreign("kind"))?),
        media_type: row.get("media_type")?,
        dimensions,
        thumbnail: row.get("thumbnail")?,
    }))
}

-- Files: what was uploaded by whom, what it turned out to be, and with which message it went.

ALTER TABLE messages ADD COLUMN attachments TEXT;

CREATE TABLE attachments (
    id            TEXT NOT NULL PRIMARY KEY,
    -- Who uploads, as `visitor/{id}` or `agent/{id}`.
    uploader      TEXT NOT NULL,
    client_id     TEXT NOT NULL,
    conversation  TEXT,
    audience      TEXT NOT NULL,
    name          TEXT NOT NULL,
    declared_type TEXT NOT NULL,
    size          INTEGER NOT NULL,
    voice         TEXT,
    created_at    INTEGER NOT NULL,
    -- Absent until the bytes are there, together with everything else that tells of them.
    blob          TEXT,
    kind          TEXT,
    media_type    TEXT,
    width         INTEGER,
    height        INTEGER,
    thumbnail     TEXT,
    message       TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX attachments_by_upload ON attachments (uploader, client_id);
CREATE INDEX attachments_of_uploader ON attachments (uploader, created_at);
CREATE INDEX attachments_of_conversation ON attachments (conversation)
    WHERE conversation IS NOT NULL;
CREATE INDEX attachments_unposted ON attachments (created_at) WHERE message IS NULL;

-- Bytes in the store that belong to no attachment: being uploaded, or to be deleted.
CREATE TABLE loose_blobs (
    blob  TEXT NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

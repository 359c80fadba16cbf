-- What authors changed and deleted, what messages said before that, and which they quote.

ALTER TABLE messages ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN revised_at INTEGER;
ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN reply_to TEXT;
CREATE INDEX messages_quoting ON messages (reply_to, conversation, position)
    WHERE reply_to IS NOT NULL;
-- Deleted messages are not unread.
DROP INDEX messages_of_visitors;
CREATE INDEX messages_of_visitors ON messages (conversation, position)
    WHERE author = 'visitor' AND deleted = 0;

CREATE TABLE earlier_texts (
    message    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (message, version)
) STRICT, WITHOUT ROWID;

ALTER TABLE answers ADD COLUMN version INTEGER;

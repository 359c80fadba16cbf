-- The information panel: shared notes version by version, expertise that agents chose, and files
-- found by conversation.

CREATE TABLE shared_notes (
    conversation TEXT NOT NULL,
    version      INTEGER NOT NULL,
    text         TEXT NOT NULL,
    author       TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    restores     INTEGER,
    -- Whether history leaves it out: its author wrote on without a pause.
    passing      INTEGER NOT NULL,
    PRIMARY KEY (conversation, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_notes_passing ON shared_notes (saved_at) WHERE passing = 1;

ALTER TABLE sessions ADD COLUMN chosen_expertise TEXT;

CREATE INDEX messages_with_files ON messages (conversation, position)
    WHERE attachments IS NOT NULL;

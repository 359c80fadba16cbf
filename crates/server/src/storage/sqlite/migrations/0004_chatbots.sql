-- Chatbots: their runs, the scripts those began with, what they ask and what they were told.

ALTER TABLE messages ADD COLUMN question TEXT;
ALTER TABLE sessions ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE contacts ADD COLUMN email TEXT;
ALTER TABLE contacts ADD COLUMN phone TEXT;

CREATE TABLE chatbots (
    session        TEXT NOT NULL PRIMARY KEY,
    conversation   TEXT NOT NULL,
    run            TEXT NOT NULL,
    asked          TEXT,
    due_at         INTEGER,
    typing         INTEGER NOT NULL,
    page           TEXT,
    reduced_motion INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chatbots_by_due ON chatbots (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE scripts (
    hash   TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL
) STRICT;

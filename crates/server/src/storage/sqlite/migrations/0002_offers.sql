-- Agent states, the waiting line, and offers.

ALTER TABLE channels ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- How much work an agent takes, and of which kind; lists are JSON arrays.
ALTER TABLE agents ADD COLUMN capacity INTEGER NOT NULL DEFAULT 4;
ALTER TABLE agents ADD COLUMN expertise TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agents ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agents ADD COLUMN country TEXT;

CREATE INDEX sign_ins_of_agent ON sign_ins (agent, expires_at);

CREATE TABLE agent_states (
    agent           TEXT NOT NULL PRIMARY KEY,
    availability    TEXT NOT NULL,
    since           INTEGER NOT NULL,
    chosen          TEXT NOT NULL,
    chosen_reason   TEXT,
    missed          TEXT,
    last_offered_at INTEGER,
    misses_forgiven INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE conversations ADD COLUMN owner TEXT;
ALTER TABLE conversations ADD COLUMN owner_active_at INTEGER;
UPDATE conversations SET owner = (
    SELECT agent FROM participants
    WHERE participants.conversation = conversations.id AND participants.role = 'owner'
);
UPDATE conversations SET owner_active_at = last_activity_at WHERE owner IS NOT NULL;
CREATE INDEX conversations_of_owner ON conversations (owner, owner_active_at)
    WHERE owner IS NOT NULL AND live_status IS NOT NULL;

ALTER TABLE sessions ADD COLUMN waiting_since INTEGER;
ALTER TABLE sessions ADD COLUMN previous_agent TEXT;
ALTER TABLE sessions ADD COLUMN expertise TEXT NOT NULL DEFAULT '[]';
-- What runs and has no owner has waited since somebody last wrote.
UPDATE sessions SET waiting_since = (
    SELECT last_activity_at FROM conversations
    WHERE conversations.session = sessions.id
        AND conversations.live_status IS NOT NULL
        AND conversations.owner IS NULL
) WHERE ended_at IS NULL;
CREATE INDEX sessions_that_wait ON sessions (waiting_since)
    WHERE waiting_since IS NOT NULL AND ended_at IS NULL;

-- Who let a session pass.
CREATE TABLE turns (
    session TEXT NOT NULL,
    agent   TEXT NOT NULL,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (session, agent)
) STRICT, WITHOUT ROWID;

CREATE TABLE offers (
    id             TEXT NOT NULL PRIMARY KEY,
    session        TEXT NOT NULL,
    conversation   TEXT NOT NULL,
    agent          TEXT NOT NULL,
    status         TEXT NOT NULL,
    taken_by       TEXT,
    decline_reason TEXT,
    expertise      TEXT NOT NULL,
    own_expertise  INTEGER NOT NULL,
    reasons        TEXT NOT NULL,
    waiting_since  INTEGER NOT NULL,
    offered_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    ended_at       INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX offers_open ON offers (session) WHERE status = 'open';
CREATE INDEX offers_to_agent ON offers (agent, offered_at) WHERE status = 'open';
CREATE INDEX offers_by_deadline ON offers (expires_at) WHERE status = 'open';

-- Entries may now be about an offer, or about nothing but the feed's own agent.
CREATE TABLE entries_with_offers (
    feed         TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    conversation TEXT,
    message      TEXT,
    offer        TEXT,
    written_at   INTEGER NOT NULL,
    PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO entries_with_offers (feed, seq, subject, conversation, message, written_at)
    SELECT feed, seq, subject, conversation, message, written_at FROM entries;
DROP TABLE entries;
ALTER TABLE entries_with_offers RENAME TO entries;
CREATE INDEX entries_by_age ON entries (written_at);

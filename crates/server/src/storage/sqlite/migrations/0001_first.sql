-- The first shape of the database.
--
-- Times are milliseconds since 1970; ids and words are those of the protocol. There are no
-- foreign keys: several use cases may share one commit, and the records of one of them may
-- come in any order.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
    id              TEXT NOT NULL PRIMARY KEY,
    site            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    -- A JSON array of origins; empty means any.
    allowed_origins TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
    id            TEXT NOT NULL PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_agents (
    agent   TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (agent, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_ins (
    token      TEXT NOT NULL PRIMARY KEY,
    agent      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

CREATE TABLE contacts (
    id              TEXT NOT NULL PRIMARY KEY,
    channel         TEXT NOT NULL,
    name            TEXT,
    language        TEXT,
    widget_language TEXT,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    id                TEXT NOT NULL PRIMARY KEY,
    channel           TEXT NOT NULL,
    contact           TEXT NOT NULL,
    status            TEXT NOT NULL,
    live_status       TEXT,
    session           TEXT NOT NULL,
    version           INTEGER NOT NULL,
    started_at        INTEGER NOT NULL,
    last_activity_at  INTEGER NOT NULL,
    last_position     INTEGER NOT NULL,
    preview           TEXT,
    visitor_delivered INTEGER NOT NULL,
    visitor_read      INTEGER NOT NULL,
    agents_delivered  INTEGER NOT NULL,
    agents_read       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_activity ON conversations (channel, last_activity_at DESC, id);
CREATE INDEX conversations_of_contact ON conversations (contact, last_activity_at DESC, id);

CREATE TABLE sessions (
    id           TEXT NOT NULL PRIMARY KEY,
    conversation TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE participants (
    conversation TEXT NOT NULL,
    agent        TEXT NOT NULL,
    role         TEXT NOT NULL,
    visibility   TEXT NOT NULL,
    joined_at    INTEGER NOT NULL,
    PRIMARY KEY (conversation, agent)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    id           TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    session      TEXT NOT NULL,
    position     INTEGER NOT NULL,
    audience     TEXT NOT NULL,
    author       TEXT NOT NULL,
    -- A contact's or an agent's id, or the name of something automated.
    author_name  TEXT,
    text         TEXT NOT NULL,
    format       TEXT NOT NULL,
    event        TEXT,
    event_agent  TEXT,
    posted_at    INTEGER NOT NULL,
    client_id    TEXT
) STRICT;
CREATE UNIQUE INDEX messages_in_order ON messages (conversation, position);
CREATE INDEX messages_of_visitors ON messages (conversation, position) WHERE author = 'visitor';

-- How far one agent has come in one conversation.
CREATE TABLE reached (
    conversation TEXT NOT NULL,
    agent        TEXT NOT NULL,
    delivered    INTEGER NOT NULL,
    read         INTEGER NOT NULL,
    PRIMARY KEY (conversation, agent)
) STRICT, WITHOUT ROWID;

-- How far each feed goes, its trimmed entries included.
CREATE TABLE feeds (
    feed       TEXT NOT NULL PRIMARY KEY,
    first_kept INTEGER NOT NULL,
    last       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids only: deleting a message leaves nothing of it here.
CREATE TABLE entries (
    feed         TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    conversation TEXT NOT NULL,
    message      TEXT,
    written_at   INTEGER NOT NULL,
    PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_age ON entries (written_at);

-- Answers to commands, so that a repeat is answered and not carried out again.
CREATE TABLE answers (
    principal    TEXT NOT NULL,
    client_id    TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    -- Where a post ended up.
    conversation TEXT,
    message      TEXT,
    position     INTEGER,
    posted_at    INTEGER,
    -- Why it was refused; absent when it was carried out.
    refusal      TEXT,
    detail       TEXT,
    answered_at  INTEGER NOT NULL,
    PRIMARY KEY (principal, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (answered_at);

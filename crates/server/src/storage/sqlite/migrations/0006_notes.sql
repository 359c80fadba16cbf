-- Who is mentioned in which private note, and whether they have seen it.

CREATE TABLE mentions (
    note         TEXT NOT NULL,
    agent        TEXT NOT NULL,
    conversation TEXT NOT NULL,
    position     INTEGER NOT NULL,
    seen         INTEGER NOT NULL,
    PRIMARY KEY (note, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_of_agent ON mentions (agent, seen, position DESC, note);
CREATE INDEX mentions_unseen ON mentions (agent, conversation, position) WHERE seen = 0;

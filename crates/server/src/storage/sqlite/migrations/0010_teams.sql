-- Teams with their members, which notes mention which, and through which team an agent is told.

CREATE TABLE teams (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_members (
    team  TEXT NOT NULL,
    agent TEXT NOT NULL,
    PRIMARY KEY (team, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX teams_of_agent ON team_members (agent, team);

CREATE TABLE team_mentions (
    note TEXT NOT NULL,
    team TEXT NOT NULL,
    PRIMARY KEY (note, team)
) STRICT, WITHOUT ROWID;

ALTER TABLE mentions ADD COLUMN team TEXT;

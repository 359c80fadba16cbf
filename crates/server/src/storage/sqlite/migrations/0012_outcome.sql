-- What happened in a session, as far as its outcome depends on it; older ones have none of it.
ALTER TABLE sessions ADD COLUMN facts TEXT;

CREATE INDEX conversations_running ON conversations (last_activity_at, id)
    WHERE live_status IS NOT NULL;

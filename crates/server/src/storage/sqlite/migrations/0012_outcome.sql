-- What happened in a session, as far as its outcome depends on it; older ones have none of it.
ALTER TABLE sessions ADD COLUMN facts TEXT;

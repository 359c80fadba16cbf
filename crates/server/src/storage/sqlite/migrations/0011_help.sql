-- The help an agent looks for in a session, and who came.
ALTER TABLE sessions ADD COLUMN help_wanted_at INTEGER;
ALTER TABLE sessions ADD COLUMN help_wanted_by TEXT;
ALTER TABLE sessions ADD COLUMN help_answered_by TEXT;

CREATE INDEX conversations_wanting_help ON conversations (id)
    WHERE live_status = 'looking_for_help';
CREATE INDEX participants_of_agent ON participants (agent, conversation);

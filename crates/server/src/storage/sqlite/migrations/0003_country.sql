-- Where contacts are, and whether that is only a guess.

ALTER TABLE contacts ADD COLUMN country TEXT;
ALTER TABLE contacts ADD COLUMN country_guessed INTEGER NOT NULL DEFAULT 0;

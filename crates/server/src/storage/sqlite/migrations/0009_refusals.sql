-- A repeat of a refused command gets the whole refusal again: what is wrong with a form, and how
-- its session stood. Older refusals have their code and detail alone.
ALTER TABLE answers ADD COLUMN refused TEXT;

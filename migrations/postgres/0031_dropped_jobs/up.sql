-- A job that somebody dropped has come to its end, and stays on record for as long as one that was done: `done_at` says when.
ALTER TABLE job ADD COLUMN dropped BOOLEAN NOT NULL DEFAULT FALSE;

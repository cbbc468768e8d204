-- Done jobs are millions, and of those that wait there are few: with both in one index PostgreSQL, which cannot tell how
-- few, went through all of them whenever it was asked what is due.
DROP INDEX job_due;
CREATE INDEX job_due ON job (queue, due_at) WHERE due_at IS NOT NULL;

DROP INDEX job_due;
CREATE INDEX job_due ON job (queue, due_at);

-- Work that follows from a change, written in the change's own transaction. `due_at` is when somebody may take it: what it
-- was put off to or, while `worker` has it, the end of that lease. A job is due, done or failed, and never two of these.
CREATE TABLE job (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  queue TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT CONSTRAINT job_unique_key_key UNIQUE,
  created_at TEXT NOT NULL,
  due_at TEXT,
  worker TEXT,
  attempts INTEGER NOT NULL CONSTRAINT job_attempts_range CHECK (attempts >= 0),
  done_at TEXT,
  failed_at TEXT,
  last_error TEXT NOT NULL,
  CONSTRAINT job_is_one_thing CHECK ((due_at IS NOT NULL) + (done_at IS NOT NULL) + (failed_at IS NOT NULL) = 1)
) STRICT;
CREATE INDEX job_due ON job (queue, due_at);
CREATE INDEX job_done ON job (done_at);
CREATE INDEX job_failed ON job (failed_at);

-- A mail as it is sent. Of one event one mail of a kind goes to one recipient.
CREATE TABLE mail (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  event TEXT NOT NULL,
  template TEXT NOT NULL,
  recipient TEXT NOT NULL,
  order_id INTEGER REFERENCES orders (id),
  locale TEXT NOT NULL,
  sender TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  message_id TEXT NOT NULL CONSTRAINT mail_message_id_key UNIQUE,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT mail_status_known CHECK (status IN ('waiting', 'sent', 'kept', 'failed')),
  created_at TEXT NOT NULL,
  sent_at TEXT,
  attempts INTEGER NOT NULL CONSTRAINT mail_attempts_range CHECK (attempts >= 0),
  last_error TEXT NOT NULL,
  CONSTRAINT mail_event_template_recipient_key UNIQUE (event, template, recipient)
) STRICT;
CREATE INDEX mail_order_id ON mail (order_id);
CREATE INDEX mail_status ON mail (status, id);

-- What visitors write to the shop by its contact form. `email_key` is the address in small letters; `customer_id` is set of
-- whoever was signed in; `fingerprint` is a hash of what she wrote.
CREATE TABLE message (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  status TEXT NOT NULL CONSTRAINT message_status_known CHECK (status IN ('open', 'done', 'spam')),
  topic TEXT NOT NULL CONSTRAINT message_topic_known CHECK (topic IN ('order', 'product', 'return', 'other')),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL,
  order_number TEXT NOT NULL,
  body TEXT NOT NULL CONSTRAINT message_body_length CHECK (length(body) BETWEEN 1 AND 4000),
  locale TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  written_at TEXT NOT NULL,
  touched_at TEXT NOT NULL
) STRICT;
-- The same twice is one, until somebody has seen to it.
CREATE UNIQUE INDEX message_fingerprint_key ON message (fingerprint) WHERE status <> 'done';
CREATE INDEX message_status ON message (status, id);
CREATE INDEX message_touched_at ON message (status, touched_at);
CREATE INDEX message_email_key ON message (email_key, id);
CREATE INDEX message_customer_id ON message (customer_id);
CREATE INDEX message_order_number ON message (order_number, id);
CREATE INDEX message_email ON message (lower(email), id);
CREATE INDEX message_name ON message (lower(name), id);
CREATE INDEX message_last_name ON message (lower(replace(name, rtrim(name, replace(name, ' ', '')), '')), id);

-- What the staff write about a message: answers, which are mailed, and notes among themselves.
CREATE TABLE message_entry (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CONSTRAINT message_entry_kind_known CHECK (kind IN ('answer', 'note')),
  body TEXT NOT NULL CONSTRAINT message_entry_body_length CHECK (length(body) BETWEEN 1 AND 4000),
  actor TEXT NOT NULL,
  written_at TEXT NOT NULL
) STRICT;
CREATE INDEX message_entry_message_id ON message_entry (message_id, id);

-- What was told to the staff of a message is found by whom their answer reaches, when she wants to be forgotten.
CREATE INDEX mail_lower_reply_to ON mail (lower(reply_to)) WHERE template = 'new_message';

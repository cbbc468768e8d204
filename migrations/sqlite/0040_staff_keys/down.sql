CREATE TABLE session_old (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL CONSTRAINT session_token_hash_key UNIQUE,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  staff_id INTEGER,
  is_kept INTEGER NOT NULL,
  device TEXT NOT NULL CONSTRAINT session_device_length CHECK (length(device) <= 100),
  created_at TEXT NOT NULL,
  proven_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  CONSTRAINT session_is_of_one CHECK ((customer_id IS NULL) <> (staff_id IS NULL)),
  CONSTRAINT session_ends_in_time CHECK (ends_at <= expires_at)
) STRICT;
INSERT INTO session_old SELECT id, token_hash, customer_id, staff_id, is_kept, device, created_at, proven_at, seen_at, ends_at,
  expires_at FROM session;
DROP TABLE session;
ALTER TABLE session_old RENAME TO session;
CREATE INDEX session_customer_id ON session (customer_id, seen_at);
CREATE INDEX session_staff_id ON session (staff_id, seen_at);
CREATE INDEX session_ends_at ON session (ends_at);

DROP INDEX link_staff_id;
ALTER TABLE link RENAME COLUMN staff_id TO staff_id_before;
ALTER TABLE link ADD COLUMN staff_id INTEGER;
UPDATE link SET staff_id = staff_id_before;
ALTER TABLE link DROP COLUMN staff_id_before;
CREATE INDEX link_staff_id ON link (staff_id, purpose);

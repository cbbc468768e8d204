-- Who did what in the back office and on the command line: only ever added to. The hash of a row is made of itself and of the
-- row before it; `audit_head` counts them, so that one taken off the end is missed as well.
CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY CONSTRAINT audit_head_one CHECK (id = 1),
  entries INTEGER NOT NULL
) STRICT;
INSERT INTO audit_head (id, entries) VALUES (1, 0);

-- `sequence` counts from 1 without gaps. `before` and `after` are JSON objects, without secrets and without shoppers.
CREATE TABLE audit_entry (
  sequence INTEGER NOT NULL PRIMARY KEY,
  happened_at TEXT NOT NULL,
  actor_kind TEXT NOT NULL CONSTRAINT audit_entry_actor_kind_known CHECK (actor_kind IN ('staff', 'operator', 'nobody')),
  actor_id INTEGER,
  actor_name TEXT NOT NULL,
  address TEXT NOT NULL,
  request TEXT NOT NULL,
  action TEXT NOT NULL,
  entity_kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_action ON audit_entry (action, sequence);
CREATE INDEX audit_entry_actor ON audit_entry (actor_kind, actor_id, sequence);
CREATE INDEX audit_entry_entity ON audit_entry (entity_kind, entity, sequence);

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_head_only_goes_on BEFORE UPDATE ON audit_head WHEN NEW.entries <> OLD.entries + 1
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

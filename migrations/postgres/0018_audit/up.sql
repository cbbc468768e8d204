-- Who did what in the back office and on the command line: only ever added to. The hash of a row is made of itself and of the
-- row before it; `audit_head` counts them, so that one taken off the end is missed as well.
CREATE TABLE audit_head (
  id BIGINT NOT NULL PRIMARY KEY CONSTRAINT audit_head_one CHECK (id = 1),
  entries BIGINT NOT NULL
);
INSERT INTO audit_head (id, entries) VALUES (1, 0);

-- `sequence` counts from 1 without gaps. `before` and `after` are JSON objects, without secrets and without shoppers.
CREATE TABLE audit_entry (
  sequence BIGINT NOT NULL PRIMARY KEY,
  happened_at TIMESTAMP NOT NULL,
  actor_kind TEXT NOT NULL CONSTRAINT audit_entry_actor_kind_known CHECK (actor_kind IN ('staff', 'operator', 'nobody')),
  actor_id BIGINT,
  actor_name TEXT NOT NULL,
  address TEXT NOT NULL,
  request TEXT NOT NULL,
  action TEXT NOT NULL,
  entity_kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_entry_action ON audit_entry (action, sequence);
CREATE INDEX audit_entry_actor ON audit_entry (actor_kind, actor_id, sequence);
CREATE INDEX audit_entry_entity ON audit_entry (entity_kind, entity, sequence);

CREATE FUNCTION refuse_to_change_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is never changed'; END
$$;
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log();
CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log();
CREATE TRIGGER audit_head_only_goes_on BEFORE UPDATE ON audit_head
FOR EACH ROW WHEN (NEW.entries <> OLD.entries + 1) EXECUTE FUNCTION refuse_to_change_the_audit_log();
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log();
CREATE TRIGGER audit_head_is_never_emptied BEFORE TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log();

-- Staff accounts. A role is one of the built-in ones, whose permissions the code knows, or one that the shop made itself.

-- `permissions` are codes with spaces between them (staff/permission.rs).
CREATE TABLE staff_role (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CONSTRAINT staff_role_name_key UNIQUE,
  permissions TEXT NOT NULL
) STRICT;

-- `email` is in small letters. An empty `password_hash` matches no password: she has yet to join. `seed` is that of her second
-- factor, sealed, or empty; `last_step` is the last one of it that was used. `version` moves on with all that ends her sign-ins.
CREATE TABLE staff (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL CONSTRAINT staff_email_key UNIQUE,
  name TEXT NOT NULL,
  built_in TEXT CONSTRAINT staff_built_in_known CHECK (built_in IN ('owner', 'manager', 'packer', 'service', 'editor')),
  role_id INTEGER REFERENCES staff_role (id),
  password_hash TEXT NOT NULL,
  seed TEXT NOT NULL,
  last_step INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT,
  CONSTRAINT staff_has_one_role CHECK ((built_in IS NULL) <> (role_id IS NULL))
) STRICT;
CREATE INDEX staff_role_id ON staff (role_id);
CREATE INDEX staff_built_in ON staff (built_in);

-- Each is good once, instead of a code of the second factor.
CREATE TABLE staff_recovery_code (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  hash TEXT NOT NULL,
  PRIMARY KEY (staff_id, hash)
) STRICT;

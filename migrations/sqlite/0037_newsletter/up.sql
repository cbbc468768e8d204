-- Who wants to be written to: whoever has a row has proven her mailbox. `token` opens the page on which she leaves.
CREATE TABLE subscriber (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL CONSTRAINT subscriber_email_key_key UNIQUE,
  locale TEXT NOT NULL,
  token TEXT NOT NULL CONSTRAINT subscriber_token_key UNIQUE,
  confirmed_at TEXT NOT NULL
) STRICT;

-- Who agreed to what and when, and took it back: only ever added to. `subscriber` is a number that leads to nobody once its row is
-- gone; `version` is the beginning of what SHA-256 makes of `text`.
CREATE TABLE consent (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  subscriber INTEGER NOT NULL,
  purpose TEXT NOT NULL CONSTRAINT consent_purpose_known CHECK (purpose IN ('newsletter')),
  act TEXT NOT NULL CONSTRAINT consent_act_known CHECK (act IN ('given', 'withdrawn')),
  source TEXT NOT NULL CONSTRAINT consent_source_known CHECK (source IN ('page', 'account', 'checkout', 'mail')),
  locale TEXT NOT NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  happened_at TEXT NOT NULL
) STRICT;
CREATE INDEX consent_subscriber ON consent (subscriber, id);
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent
BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END;
CREATE TRIGGER consent_is_never_deleted BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END;

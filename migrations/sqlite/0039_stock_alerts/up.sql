-- Who wants one mail when a variant can be had again: whoever has a row has proven the mailbox. `email_key` is the address in
-- small letters; `token_hash` is what SHA-256 makes of the link in her mail that ends all her alerts.
CREATE TABLE stock_alert (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  locale TEXT NOT NULL,
  token_hash TEXT CONSTRAINT stock_alert_token_hash_key UNIQUE,
  asked_at TEXT NOT NULL,
  told_at TEXT,
  expires_at TEXT NOT NULL,
  CONSTRAINT stock_alert_variant_id_email_key_key UNIQUE (variant_id, email_key)
) STRICT;
CREATE INDEX stock_alert_waiting ON stock_alert (variant_id, told_at, asked_at);
CREATE INDEX stock_alert_email_key ON stock_alert (email_key);
CREATE INDEX stock_alert_expires_at ON stock_alert (expires_at);

-- Where one click ends mails of this kind (RFC 8058); empty for those that nobody has to ask for.
ALTER TABLE mail ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';

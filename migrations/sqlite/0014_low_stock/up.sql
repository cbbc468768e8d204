-- Staff are told once of what has fallen to where the shop calls it few: since when that waits to be told; empty for nothing to tell.
ALTER TABLE stock ADD COLUMN fell_low_at TEXT;
CREATE INDEX stock_fell_low_at ON stock (fell_low_at);
-- Old mails are forgotten.
CREATE INDEX mail_created_at ON mail (created_at);

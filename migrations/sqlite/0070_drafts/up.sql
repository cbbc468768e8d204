-- What staff put together for somebody before it is an order: the cart of the order that it may become, the checkout's form as far as
-- it is answered (JSON, by the names of its fields), and what is taken off the whole. It becomes an order or is taken away; either way the row goes.
CREATE TABLE draft (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  cart_id TEXT NOT NULL CONSTRAINT draft_cart_id_key UNIQUE,
  version INTEGER NOT NULL,
  lines TEXT NOT NULL,
  allowance_name TEXT NOT NULL,
  allowance_ppm INTEGER CONSTRAINT draft_allowance_ppm_range CHECK (allowance_ppm BETWEEN 1 AND 1000000),
  allowance_amount INTEGER CONSTRAINT draft_allowance_amount_range CHECK (allowance_amount > 0),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  locale TEXT NOT NULL,
  fields TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  sent_at TEXT,
  expires_at TEXT NOT NULL,
  CONSTRAINT draft_allows_once CHECK (allowance_ppm IS NULL OR allowance_amount IS NULL)
) STRICT;
CREATE INDEX draft_email_key ON draft (email_key);
CREATE INDEX draft_expires_at ON draft (expires_at);

-- Somebody with an account: whoever has a row has proven her mailbox. `email_key` is the address in small letters.
CREATE TABLE customer (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL CONSTRAINT customer_email_key_key UNIQUE,
  name TEXT NOT NULL CONSTRAINT customer_name_length CHECK (length(name) BETWEEN 1 AND 100),
  locale TEXT NOT NULL,
  customer_group TEXT NOT NULL CONSTRAINT customer_customer_group_length CHECK (length(customer_group) <= 100),
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- A sign-in, of a customer or of somebody of the staff. The cookie holds a random id, the row only what SHA-256 makes of it.
-- It ends at `ends_at`, which each use moves on, and never lives beyond `expires_at`.
CREATE TABLE session (
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
CREATE INDEX session_customer_id ON session (customer_id, seen_at);
CREATE INDEX session_staff_id ON session (staff_id, seen_at);
CREATE INDEX session_ends_at ON session (ends_at);

-- A link that can be used once, sent by mail to `email`. It has no secret until its mail is written.
CREATE TABLE link (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  purpose TEXT NOT NULL,
  token_hash TEXT CONSTRAINT link_token_hash_key UNIQUE,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  staff_id INTEGER,
  email TEXT NOT NULL,
  about TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
CREATE INDEX link_customer_id ON link (customer_id, purpose);
CREATE INDEX link_staff_id ON link (staff_id, purpose);
CREATE INDEX link_expires_at ON link (expires_at);

-- Where a customer has things sent to. An order copies what it needs.
CREATE TABLE customer_address (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  phone TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  district TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL CONSTRAINT customer_address_country_code CHECK (length(country) = 2),
  is_for_delivery INTEGER NOT NULL,
  is_for_billing INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_address_customer_id ON customer_address (customer_id, id);
CREATE UNIQUE INDEX customer_address_for_delivery ON customer_address (customer_id) WHERE is_for_delivery = 1;
CREATE UNIQUE INDEX customer_address_for_billing ON customer_address (customer_id) WHERE is_for_billing = 1;

-- The cart of a customer, which follows her from device to device: packed as in a guest's cookie.
CREATE TABLE customer_cart (
  customer_id INTEGER NOT NULL PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
  cart_id TEXT NOT NULL CONSTRAINT customer_cart_cart_id_key UNIQUE,
  lines TEXT NOT NULL,
  count INTEGER NOT NULL CONSTRAINT customer_cart_count_range CHECK (count >= 0),
  codes TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

ALTER TABLE orders ADD COLUMN customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL;
CREATE INDEX orders_customer_id ON orders (customer_id, id);

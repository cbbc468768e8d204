-- What the staff write down about a customer.
CREATE TABLE customer_note (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  body TEXT NOT NULL CONSTRAINT customer_note_body_length CHECK (length(body) BETWEEN 1 AND 500),
  actor TEXT NOT NULL,
  noted_at TEXT NOT NULL
) STRICT;
CREATE INDEX customer_note_customer_id ON customer_note (customer_id, id);

-- Who neither orders nor signs in: an e-mail address in small letters, or many of them by `*`.
CREATE TABLE block (
  pattern TEXT NOT NULL PRIMARY KEY CONSTRAINT block_pattern_length CHECK (length(pattern) BETWEEN 3 AND 254),
  is_many INTEGER NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  blocked_at TEXT NOT NULL
) STRICT;
CREATE INDEX block_is_many ON block (is_many, pattern);

-- Most are in no group: those who are stand in an index of their own.
CREATE INDEX customer_customer_group ON customer (customer_group, id) WHERE customer_group <> '';
CREATE INDEX customer_address_phone ON customer_address (phone, customer_id);

-- Nothing has been written here yet. `position` makes an address book end: twenty places, each taken once.
DROP TABLE customer_address;
CREATE TABLE customer_address (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CONSTRAINT customer_address_position_range CHECK (position BETWEEN 1 AND 20),
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
  is_for_billing INTEGER NOT NULL,
  CONSTRAINT customer_address_position_key UNIQUE (customer_id, position)
) STRICT;
CREATE UNIQUE INDEX customer_address_for_delivery ON customer_address (customer_id) WHERE is_for_delivery = 1;
CREATE UNIQUE INDEX customer_address_for_billing ON customer_address (customer_id) WHERE is_for_billing = 1;

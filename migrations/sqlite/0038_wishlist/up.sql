-- What somebody keeps for later: a customer's list, or a guest's, whose cookie names it. Whoever has `share_token` may see it.
CREATE TABLE wishlist (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER CONSTRAINT wishlist_customer_id_key UNIQUE REFERENCES customer (id) ON DELETE CASCADE,
  guest_key TEXT CONSTRAINT wishlist_guest_key_key UNIQUE,
  share_token TEXT CONSTRAINT wishlist_share_token_key UNIQUE,
  updated_at TEXT NOT NULL,
  CONSTRAINT wishlist_is_of_one CHECK ((customer_id IS NULL) <> (guest_key IS NULL))
) STRICT;
CREATE INDEX wishlist_updated_at ON wishlist (updated_at);

-- `unit_price` is what one cost when it was kept, in minor units of the shop's currency.
CREATE TABLE wish (
  wishlist_id INTEGER NOT NULL REFERENCES wishlist (id) ON DELETE CASCADE,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  unit_price INTEGER NOT NULL CONSTRAINT wish_unit_price_range CHECK (unit_price >= 0),
  added_at TEXT NOT NULL,
  PRIMARY KEY (wishlist_id, variant_id)
) STRICT;
CREATE INDEX wish_variant_id ON wish (variant_id);

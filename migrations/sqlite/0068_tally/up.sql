-- What is counted of shoppers without knowing who they are, by day of the shop's clock (src/tally).
CREATE TABLE search_day (
  day TEXT NOT NULL,
  words TEXT NOT NULL,
  searches INTEGER NOT NULL CONSTRAINT search_day_searches_positive CHECK (searches > 0),
  -- How many of them found nothing.
  empty INTEGER NOT NULL CONSTRAINT search_day_empty_range CHECK (empty >= 0 AND empty <= searches),
  PRIMARY KEY (day, words)
) STRICT;

-- Carts into which something was put for the first time.
CREATE TABLE cart_day (
  day TEXT NOT NULL PRIMARY KEY,
  carts INTEGER NOT NULL CONSTRAINT cart_day_carts_positive CHECK (carts > 0)
) STRICT;

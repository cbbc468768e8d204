DROP TABLE price_history;

CREATE TABLE price_before (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CONSTRAINT price_currency_code CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CONSTRAINT price_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  compare_at INTEGER,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  specificity INTEGER NOT NULL,
  CONSTRAINT price_compare_at_higher CHECK (compare_at IS NULL OR (compare_at > amount AND compare_at <= 1000000000000)),
  CONSTRAINT price_window_opens CHECK (ends_at > starts_at),
  CONSTRAINT price_variant_window_key UNIQUE (variant_id, currency, specificity, amount, starts_at, ends_at)
) STRICT;

INSERT INTO price_before (id, variant_id, currency, amount, compare_at, starts_at, ends_at, specificity)
SELECT id, variant_id, currency, amount, compare_at, starts_at, ends_at, specificity FROM price
WHERE customer_group = '' AND min_quantity = 1;

DROP TABLE price;
ALTER TABLE price_before RENAME TO price;

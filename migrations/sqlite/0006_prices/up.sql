-- SQLite changes no unique key: the table is built anew.
CREATE TABLE price_anew (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CONSTRAINT price_currency_code CHECK (length(currency) = 3),
  -- Empty: for everybody.
  customer_group TEXT NOT NULL DEFAULT ''
    CONSTRAINT price_customer_group_length CHECK (length(customer_group) <= 100),
  min_quantity INTEGER NOT NULL DEFAULT 1 CONSTRAINT price_min_quantity_range CHECK (min_quantity BETWEEN 1 AND 9999),
  -- 2 for a customer group, and 1 for a window: the most specific of the rows that apply counts.
  specificity INTEGER NOT NULL CONSTRAINT price_specificity_range CHECK (specificity BETWEEN 0 AND 3),
  amount INTEGER NOT NULL CONSTRAINT price_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  compare_at INTEGER,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  CONSTRAINT price_compare_at_higher CHECK (compare_at IS NULL OR (compare_at > amount AND compare_at <= 1000000000000)),
  CONSTRAINT price_window_opens CHECK (ends_at > starts_at),
  -- All that the lists filter and sort by: they read the index alone.
  CONSTRAINT price_rule_key
    UNIQUE (variant_id, currency, customer_group, min_quantity, specificity, amount, starts_at, ends_at)
) STRICT;

INSERT INTO price_anew
  (id, variant_id, currency, customer_group, min_quantity, specificity, amount, compare_at, starts_at, ends_at)
SELECT id, variant_id, currency, '', 1, specificity, amount, compare_at, starts_at, ends_at FROM price;

DROP TABLE price;
ALTER TABLE price_anew RENAME TO price;

-- What one cost everybody, from an instant until the next row's. Past rows are never changed.
CREATE TABLE price_history (
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CONSTRAINT price_history_currency_code CHECK (length(currency) = 3),
  since TEXT NOT NULL,
  -- NULL: not for sale.
  amount INTEGER CONSTRAINT price_history_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  -- Shown as less than a higher price.
  reduced INTEGER NOT NULL,
  -- Of a reduced price: the lowest of the 30 days before. NULL where none is known.
  lowest_before INTEGER,
  PRIMARY KEY (variant_id, currency, since),
  CONSTRAINT price_history_lowest_of_reduced CHECK (lowest_before IS NULL OR reduced)
) STRICT;

INSERT INTO price_history (variant_id, currency, since, amount, reduced)
WITH now (at) AS (SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')),
turn (variant_id, currency, since) AS (
  SELECT variant_id, currency, at FROM price, now
  UNION SELECT variant_id, currency, starts_at FROM price, now WHERE starts_at > at
  UNION SELECT variant_id, currency, ends_at FROM price, now WHERE ends_at > at AND ends_at < '9999'
),
counting AS (
  SELECT turn.*, (
    SELECT p.id FROM price p
    WHERE p.variant_id = turn.variant_id AND p.currency = turn.currency AND p.starts_at <= since AND p.ends_at > since
    ORDER BY p.specificity DESC, p.amount, p.compare_at NULLS FIRST LIMIT 1
  ) AS price_id
  FROM turn
),
told AS (
  SELECT c.variant_id, c.currency, c.since, p.amount, p.compare_at IS NOT NULL AS reduced,
    lag(p.amount) OVER before AS amount_before, lag(p.compare_at IS NOT NULL, 1, FALSE) OVER before AS reduced_before
  FROM counting c LEFT JOIN price p ON p.id = c.price_id
  WINDOW before AS (PARTITION BY c.variant_id, c.currency ORDER BY c.since)
)
SELECT variant_id, currency, since, amount, reduced FROM told
WHERE amount IS DISTINCT FROM amount_before OR reduced <> reduced_before;

UPDATE price_history AS sale SET lowest_before = (
  SELECT min(b.amount) FROM price_history b
  WHERE b.variant_id = sale.variant_id AND b.currency = sale.currency AND b.since < sale.since AND (
    SELECT min(n.since) FROM price_history n
    WHERE n.variant_id = b.variant_id AND n.currency = b.currency AND n.since > b.since
  ) > strftime('%Y-%m-%d %H:%M:%f', sale.since, '-30 days')
) WHERE reduced;

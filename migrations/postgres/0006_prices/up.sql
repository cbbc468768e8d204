ALTER TABLE price
  -- Empty: for everybody.
  ADD COLUMN customer_group TEXT NOT NULL DEFAULT ''
    CONSTRAINT price_customer_group_length CHECK (length(customer_group) <= 100),
  ADD COLUMN min_quantity BIGINT NOT NULL DEFAULT 1
    CONSTRAINT price_min_quantity_range CHECK (min_quantity BETWEEN 1 AND 9999),
  -- 2 for a customer group, and 1 for a window: the most specific of the rows that apply counts.
  ADD CONSTRAINT price_specificity_range CHECK (specificity BETWEEN 0 AND 3),
  DROP CONSTRAINT price_variant_window_key,
  -- All that the lists filter and sort by: they read the index alone.
  ADD CONSTRAINT price_rule_key
    UNIQUE (variant_id, currency, customer_group, min_quantity, specificity, amount, starts_at, ends_at);

-- What one cost everybody, from an instant until the next row's. Past rows are never changed.
CREATE TABLE price_history (
  variant_id BIGINT NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CONSTRAINT price_history_currency_code CHECK (length(currency) = 3),
  since TIMESTAMP NOT NULL,
  -- NULL: not for sale.
  amount BIGINT CONSTRAINT price_history_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  -- Shown as less than a higher price.
  reduced BOOLEAN NOT NULL,
  -- Of a reduced price: the lowest of the 30 days before. NULL where none is known.
  lowest_before BIGINT,
  PRIMARY KEY (variant_id, currency, since),
  CONSTRAINT price_history_lowest_of_reduced CHECK (lowest_before IS NULL OR reduced)
);

INSERT INTO price_history (variant_id, currency, since, amount, reduced)
WITH now (at) AS (SELECT timezone('utc', now())),
turn (variant_id, currency, since) AS (
  SELECT variant_id, currency, at FROM price, now
  UNION SELECT variant_id, currency, starts_at FROM price, now WHERE starts_at > at
  UNION SELECT variant_id, currency, ends_at FROM price, now WHERE ends_at > at AND ends_at < '9999-01-01'
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
  ) > sale.since - INTERVAL '30 days'
) WHERE reduced;

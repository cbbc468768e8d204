DROP TABLE price_history;

DELETE FROM price WHERE customer_group <> '' OR min_quantity <> 1;
ALTER TABLE price
  DROP CONSTRAINT price_rule_key,
  DROP CONSTRAINT price_specificity_range,
  DROP COLUMN customer_group,
  DROP COLUMN min_quantity,
  ADD CONSTRAINT price_variant_window_key UNIQUE (variant_id, currency, specificity, amount, starts_at, ends_at);

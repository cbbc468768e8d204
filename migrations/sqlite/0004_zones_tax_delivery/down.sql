ALTER TABLE orders ADD COLUMN delivery_min_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN delivery_max_days INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET delivery_min_days = CAST(julianday(deliver_from) - julianday(date(placed_at)) AS INTEGER), delivery_max_days = CAST(julianday(deliver_until) - julianday(date(placed_at)) AS INTEGER)
WHERE deliver_from IS NOT NULL;
ALTER TABLE orders DROP COLUMN deliver_until;
ALTER TABLE orders DROP COLUMN deliver_from;
ALTER TABLE orders DROP COLUMN chargeable_weight_g;
ALTER TABLE orders DROP COLUMN delivery_rule;
ALTER TABLE orders DROP COLUMN delivery_code;
ALTER TABLE orders DROP COLUMN delivery_kind;

CREATE TABLE delivery_rate (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  country TEXT NOT NULL CONSTRAINT delivery_rate_country_code CHECK (length(country) = 2),
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  currency TEXT NOT NULL CONSTRAINT delivery_rate_currency_code CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CONSTRAINT delivery_rate_amount_range CHECK (amount >= 0),
  min_days INTEGER NOT NULL CONSTRAINT delivery_rate_min_days_range CHECK (min_days >= 0),
  max_days INTEGER NOT NULL,
  CONSTRAINT delivery_rate_days_ascend CHECK (max_days >= min_days),
  CONSTRAINT delivery_rate_country_code_key UNIQUE (country, code)
) STRICT;

CREATE TABLE delivery_rate_text (
  delivery_rate_id INTEGER NOT NULL REFERENCES delivery_rate (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (delivery_rate_id, locale)
) STRICT;

-- Only what was flat for a whole country can go back.
INSERT INTO delivery_rate (country, code, position, currency, amount, min_days, max_days)
SELECT c.country, m.code, min(m.position), min(m.currency), min(m.amount), min(m.min_days), min(m.max_days)
FROM delivery_method m JOIN zone_member c ON c.zone_id = m.zone_id
WHERE m.rate_kind = 'flat' AND m.kind = 'parcel' AND c.country IS NOT NULL AND c.region = '' AND c.postcode_from = ''
GROUP BY c.country, m.code;
INSERT INTO delivery_rate_text (delivery_rate_id, locale, name)
SELECT r.id, t.locale, min(t.name)
FROM delivery_rate r
JOIN zone_member c ON c.country = r.country AND c.region = '' AND c.postcode_from = ''
JOIN delivery_method m ON m.zone_id = c.zone_id AND m.code = r.code AND m.rate_kind = 'flat' AND m.kind = 'parcel'
JOIN delivery_method_text t ON t.method_id = m.id
GROUP BY r.id, t.locale;

DELETE FROM setting WHERE key IN ('tax_rounding', 'cash_rounding', 'time_zone', 'street', 'region', 'postcode');
INSERT INTO setting (key, value)
SELECT 'tax_ppm', CAST(t.ppm AS TEXT) FROM tax_rate t JOIN zone ON zone.id = t.zone_id WHERE zone.code = 'anywhere' AND t.code = 'tax';
INSERT INTO setting (key, value)
SELECT 'tax_name', json_quote(t.name) FROM tax_rate t JOIN zone ON zone.id = t.zone_id WHERE zone.code = 'anywhere' AND t.code = 'tax';

DROP TABLE delivery_method_text;
DROP TABLE delivery_tier;
DROP TABLE delivery_method;
DROP TABLE tax_rate;
DROP TABLE zone_member;
DROP TABLE zone;

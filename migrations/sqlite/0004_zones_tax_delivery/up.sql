-- Where tax and delivery rules hold, and the rules. Amounts are minor units, weights grams, rates parts per million.

CREATE TABLE zone (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CONSTRAINT zone_kind_known CHECK (kind IN ('tax', 'delivery')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  CONSTRAINT zone_kind_code_key UNIQUE (kind, code)
) STRICT;

-- No country is anywhere, no region a whole country; a postcode is upper-case letters and digits.
CREATE TABLE zone_member (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES zone (id) ON DELETE CASCADE,
  country TEXT CONSTRAINT zone_member_country_code CHECK (length(country) = 2),
  region TEXT NOT NULL,
  postcode_from TEXT NOT NULL,
  postcode_to TEXT NOT NULL,
  CONSTRAINT zone_member_both_postcodes CHECK ((postcode_from = '') = (postcode_to = '')),
  CONSTRAINT zone_member_region_or_postcodes CHECK (region = '' OR postcode_from = ''),
  CONSTRAINT zone_member_of_a_country CHECK (country IS NOT NULL OR (region = '' AND postcode_from = ''))
) STRICT;
CREATE INDEX zone_member_zone_id ON zone_member (zone_id);

CREATE TABLE tax_rate (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES zone (id) ON DELETE CASCADE,
  code TEXT NOT NULL CONSTRAINT tax_rate_code_length CHECK (length(code) BETWEEN 1 AND 200),
  tax_class TEXT NOT NULL CONSTRAINT tax_rate_tax_class_length CHECK (length(tax_class) BETWEEN 1 AND 200),
  name TEXT NOT NULL CONSTRAINT tax_rate_name_length CHECK (length(name) BETWEEN 1 AND 200),
  ppm INTEGER NOT NULL CONSTRAINT tax_rate_ppm_range CHECK (ppm BETWEEN 0 AND 10000000),
  position INTEGER NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  CONSTRAINT tax_rate_window_ascends CHECK (valid_to > valid_from),
  CONSTRAINT tax_rate_zone_code_key UNIQUE (zone_id, code)
) STRICT;

CREATE TABLE delivery_method (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES zone (id) ON DELETE CASCADE,
  code TEXT NOT NULL CONSTRAINT delivery_method_code_length CHECK (length(code) BETWEEN 1 AND 200),
  position INTEGER NOT NULL,
  tax_class TEXT NOT NULL CONSTRAINT delivery_method_tax_class_length CHECK (length(tax_class) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CONSTRAINT delivery_method_kind_known CHECK (kind IN ('parcel', 'pickup')),
  currency TEXT NOT NULL CONSTRAINT delivery_method_currency_code CHECK (length(currency) = 3),
  rate_kind TEXT NOT NULL CONSTRAINT delivery_method_rate_kind_known CHECK (rate_kind IN ('flat', 'per_item', 'weight_steps', 'table')),
  amount INTEGER CONSTRAINT delivery_method_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  first_g INTEGER CONSTRAINT delivery_method_first_g_range CHECK (first_g BETWEEN 0 AND 100000000),
  first_amount INTEGER CONSTRAINT delivery_method_first_amount_range CHECK (first_amount BETWEEN 0 AND 1000000000000),
  step_g INTEGER CONSTRAINT delivery_method_step_g_range CHECK (step_g BETWEEN 1 AND 100000000),
  step_amount INTEGER CONSTRAINT delivery_method_step_amount_range CHECK (step_amount BETWEEN 0 AND 1000000000000),
  tolerance_g INTEGER CONSTRAINT delivery_method_tolerance_g_range CHECK (tolerance_g BETWEEN 0 AND 100000000),
  table_by TEXT CONSTRAINT delivery_method_table_by_known CHECK (table_by IN ('weight', 'subtotal')),
  free_over_amount INTEGER CONSTRAINT delivery_method_free_over_amount_range CHECK (free_over_amount BETWEEN 0 AND 1000000000000),
  free_over_basis TEXT CONSTRAINT delivery_method_free_over_basis_known CHECK (free_over_basis IN ('before_discount', 'after_discount')),
  volumetric_divisor INTEGER CONSTRAINT delivery_method_volumetric_divisor_range CHECK (volumetric_divisor BETWEEN 1 AND 1000000),
  min_weight_g INTEGER CONSTRAINT delivery_method_min_weight_g_range CHECK (min_weight_g BETWEEN 0 AND 1000000000000),
  max_weight_g INTEGER CONSTRAINT delivery_method_max_weight_g_range CHECK (max_weight_g BETWEEN 0 AND 1000000000000),
  min_subtotal INTEGER CONSTRAINT delivery_method_min_subtotal_range CHECK (min_subtotal BETWEEN 0 AND 1000000000000),
  max_subtotal INTEGER CONSTRAINT delivery_method_max_subtotal_range CHECK (max_subtotal BETWEEN 0 AND 1000000000000),
  min_days INTEGER NOT NULL CONSTRAINT delivery_method_min_days_range CHECK (min_days BETWEEN 0 AND 3650),
  max_days INTEGER NOT NULL CONSTRAINT delivery_method_max_days_range CHECK (max_days BETWEEN 0 AND 3650),
  cutoff_minute INTEGER CONSTRAINT delivery_method_cutoff_minute_range CHECK (cutoff_minute BETWEEN 0 AND 1439),
  active INTEGER NOT NULL,
  CONSTRAINT delivery_method_days_ascend CHECK (max_days >= min_days),
  CONSTRAINT delivery_method_amount_of_its_kind CHECK ((amount IS NOT NULL) = (rate_kind IN ('flat', 'per_item'))),
  CONSTRAINT delivery_method_steps_of_its_kind CHECK (
    CASE rate_kind
      WHEN 'weight_steps' THEN first_g IS NOT NULL AND first_amount IS NOT NULL AND step_g IS NOT NULL
        AND step_amount IS NOT NULL AND tolerance_g IS NOT NULL
      ELSE first_g IS NULL AND first_amount IS NULL AND step_g IS NULL AND step_amount IS NULL AND tolerance_g IS NULL
    END
  ),
  CONSTRAINT delivery_method_table_of_its_kind CHECK ((table_by IS NOT NULL) = (rate_kind = 'table')),
  CONSTRAINT delivery_method_free_over_whole CHECK ((free_over_amount IS NULL) = (free_over_basis IS NULL)),
  CONSTRAINT delivery_method_zone_code_key UNIQUE (zone_id, code)
) STRICT;

CREATE TABLE delivery_tier (
  method_id INTEGER NOT NULL REFERENCES delivery_method (id) ON DELETE CASCADE,
  up_to INTEGER NOT NULL CONSTRAINT delivery_tier_up_to_range CHECK (up_to BETWEEN 0 AND 9007199254740991),
  amount INTEGER NOT NULL CONSTRAINT delivery_tier_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  PRIMARY KEY (method_id, up_to)
) STRICT;

CREATE TABLE delivery_method_text (
  method_id INTEGER NOT NULL REFERENCES delivery_method (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (method_id, locale)
) STRICT;

-- What was flat for a whole country stays so: a zone for each country.
INSERT INTO zone (kind, code, name, position)
SELECT 'delivery', lower(country), country, min(position) FROM delivery_rate GROUP BY country;
INSERT INTO zone_member (zone_id, country, region, postcode_from, postcode_to)
SELECT id, name, '', '', '' FROM zone WHERE kind = 'delivery';
INSERT INTO delivery_method (zone_id, code, position, tax_class, kind, currency, rate_kind, amount, min_days, max_days, active)
SELECT zone.id, r.code, r.position, 'standard', 'parcel', r.currency, 'flat', r.amount, r.min_days, r.max_days, 1
FROM delivery_rate r JOIN zone ON zone.kind = 'delivery' AND zone.name = r.country;
INSERT INTO delivery_method_text (method_id, locale, name, note)
SELECT m.id, t.locale, t.name, ''
FROM delivery_rate_text t
JOIN delivery_rate r ON r.id = t.delivery_rate_id
JOIN zone ON zone.kind = 'delivery' AND zone.name = r.country
JOIN delivery_method m ON m.zone_id = zone.id AND m.code = r.code;
DROP TABLE delivery_rate_text;
DROP TABLE delivery_rate;

-- The one rate that held wherever a parcel went.
INSERT INTO zone (kind, code, name, position)
SELECT 'tax', 'anywhere', 'Anywhere', 0 FROM setting p JOIN setting n ON n.key = 'tax_name'
WHERE p.key = 'tax_ppm' AND CAST(json_extract(p.value, '$') AS INTEGER) > 0 AND json_extract(n.value, '$') <> '';
INSERT INTO zone_member (zone_id, country, region, postcode_from, postcode_to)
SELECT id, NULL, '', '', '' FROM zone WHERE kind = 'tax';
INSERT INTO tax_rate (zone_id, code, tax_class, name, ppm, position)
SELECT zone.id, 'tax', 'standard', json_extract(n.value, '$'), CAST(json_extract(p.value, '$') AS INTEGER), 0
FROM zone JOIN setting p ON p.key = 'tax_ppm' JOIN setting n ON n.key = 'tax_name' WHERE zone.kind = 'tax';
DELETE FROM setting WHERE key IN ('tax_name', 'tax_ppm');

-- The promise that was made, instead of what it was reckoned from.
ALTER TABLE orders ADD COLUMN delivery_kind TEXT NOT NULL DEFAULT 'parcel' CONSTRAINT orders_delivery_kind_known CHECK (delivery_kind IN ('parcel', 'pickup', 'none'));
ALTER TABLE orders ADD COLUMN delivery_code TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN delivery_rule TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN chargeable_weight_g INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN deliver_from TEXT;
ALTER TABLE orders ADD COLUMN deliver_until TEXT;
UPDATE orders SET delivery_rule = 'flat', deliver_from = date(placed_at, '+' || delivery_min_days || ' days'), deliver_until = date(placed_at, '+' || delivery_max_days || ' days');
ALTER TABLE orders DROP COLUMN delivery_min_days;
ALTER TABLE orders DROP COLUMN delivery_max_days;

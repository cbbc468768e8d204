-- Discounts as data. `slug` is the stable name; rates are parts per million, amounts minor units of `currency`.
-- `used` counts only while there is a `usage_limit`: without one no order has to wait for this row.

CREATE TABLE promotion (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL CONSTRAINT promotion_slug_key UNIQUE CONSTRAINT promotion_slug_length CHECK (length(slug) BETWEEN 1 AND 100),
  status TEXT NOT NULL CONSTRAINT promotion_status_known CHECK (status IN ('active', 'stopped')),
  automatic INTEGER NOT NULL,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER CONSTRAINT promotion_amount_range CHECK (amount BETWEEN 0 AND 1000000000000),
  ppm INTEGER CONSTRAINT promotion_ppm_range CHECK (ppm BETWEEN 0 AND 1000000),
  buy_quantity INTEGER CONSTRAINT promotion_buy_quantity_range CHECK (buy_quantity BETWEEN 1 AND 1000000),
  get_quantity INTEGER CONSTRAINT promotion_get_quantity_range CHECK (get_quantity BETWEEN 1 AND 1000000),
  priority INTEGER NOT NULL CONSTRAINT promotion_priority_range CHECK (priority BETWEEN -1000000 AND 1000000),
  starts_at TEXT,
  ends_at TEXT,
  exclusive INTEGER NOT NULL,
  min_subtotal INTEGER NOT NULL CONSTRAINT promotion_min_subtotal_range CHECK (min_subtotal BETWEEN 0 AND 1000000000000),
  subtotal_basis TEXT NOT NULL CONSTRAINT promotion_subtotal_basis_known CHECK (subtotal_basis IN ('list', 'remaining')),
  min_quantity INTEGER NOT NULL CONSTRAINT promotion_min_quantity_range CHECK (min_quantity BETWEEN 0 AND 1000000000),
  max_discount INTEGER CONSTRAINT promotion_max_discount_range CHECK (max_discount BETWEEN 0 AND 1000000000000),
  currency TEXT NOT NULL CONSTRAINT promotion_currency_code CHECK (length(currency) = 3),
  usage_limit INTEGER CONSTRAINT promotion_usage_limit_range CHECK (usage_limit >= 0),
  per_customer_limit INTEGER CONSTRAINT promotion_per_customer_limit_range CHECK (per_customer_limit >= 1),
  used INTEGER NOT NULL CONSTRAINT promotion_used_range CHECK (used >= 0),
  CONSTRAINT promotion_used_within_limit CHECK (usage_limit IS NULL OR used <= usage_limit),
  CONSTRAINT promotion_window_opens CHECK (starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at),
  CONSTRAINT promotion_kind_of_lane CHECK (
    (lane = 'line' AND kind IN ('percent', 'amount_per_unit', 'fixed_price', 'buy_x_get_y'))
    OR (lane IN ('order', 'shipping') AND kind IN ('percent', 'amount'))),
  CONSTRAINT promotion_benefit_whole CHECK (
    (kind = 'percent' AND ppm IS NOT NULL AND amount IS NULL AND buy_quantity IS NULL AND get_quantity IS NULL)
    OR (kind IN ('amount', 'amount_per_unit', 'fixed_price') AND amount IS NOT NULL AND ppm IS NULL AND buy_quantity IS NULL AND get_quantity IS NULL)
    OR (kind = 'buy_x_get_y' AND ppm IS NOT NULL AND buy_quantity IS NOT NULL AND get_quantity IS NOT NULL AND amount IS NULL))
) STRICT;
CREATE INDEX promotion_automatic ON promotion (automatic, status, ends_at);

CREATE TABLE promotion_text (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (promotion_id, locale)
) STRICT;

-- What it looks at; without a row everything. So what is named here cannot be deleted: a promotion that
-- lost its last target would be one on the whole shop.
CREATE TABLE promotion_target (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
  category_id INTEGER REFERENCES category (id) ON DELETE RESTRICT,
  product_id INTEGER REFERENCES product (id) ON DELETE RESTRICT,
  variant_id INTEGER REFERENCES variant (id) ON DELETE RESTRICT,
  CONSTRAINT promotion_target_promotion_category_key UNIQUE (promotion_id, category_id),
  CONSTRAINT promotion_target_promotion_product_key UNIQUE (promotion_id, product_id),
  CONSTRAINT promotion_target_promotion_variant_key UNIQUE (promotion_id, variant_id),
  CONSTRAINT promotion_target_one_thing CHECK (
    (category_id IS NOT NULL AND product_id IS NULL AND variant_id IS NULL)
    OR (category_id IS NULL AND product_id IS NOT NULL AND variant_id IS NULL)
    OR (category_id IS NULL AND product_id IS NULL AND variant_id IS NOT NULL))
) STRICT;
CREATE INDEX promotion_target_category_id ON promotion_target (category_id);
CREATE INDEX promotion_target_product_id ON promotion_target (product_id);
CREATE INDEX promotion_target_variant_id ON promotion_target (variant_id);

-- As shoppers type it, in capitals.
CREATE TABLE promotion_code (
  code TEXT NOT NULL PRIMARY KEY CONSTRAINT promotion_code_length CHECK (length(code) BETWEEN 1 AND 40),
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX promotion_code_promotion_id ON promotion_code (promotion_id);

-- Who got what with which order. `customer_key` is the e-mail address in small letters.
CREATE TABLE redemption (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  customer_key TEXT NOT NULL,
  PRIMARY KEY (promotion_id, order_id)
) STRICT;
CREATE INDEX redemption_order_id ON redemption (order_id);
CREATE INDEX redemption_customer_key ON redemption (customer_key, promotion_id);

-- How often a customer has used a promotion that has a `per_customer_limit`.
CREATE TABLE promotion_customer (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
  customer_key TEXT NOT NULL,
  used INTEGER NOT NULL CONSTRAINT promotion_customer_used_range CHECK (used >= 0),
  PRIMARY KEY (promotion_id, customer_key)
) STRICT;

-- What an order was given, in the words of the day. `code` is empty where none was typed.
CREATE TABLE order_discount (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  promotion_slug TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  lane TEXT NOT NULL CONSTRAINT order_discount_lane_known CHECK (lane IN ('line', 'order', 'shipping')),
  amount INTEGER NOT NULL CONSTRAINT order_discount_amount_range CHECK (amount > 0),
  PRIMARY KEY (order_id, position)
) STRICT;

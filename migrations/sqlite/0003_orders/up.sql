-- Orders are copies: nothing here is recomputed from the catalogue. Amounts are minor units of `currency`.

CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL CONSTRAINT orders_number_key UNIQUE,
  token TEXT NOT NULL CONSTRAINT orders_token_key UNIQUE,
  cart_id TEXT NOT NULL CONSTRAINT orders_cart_id_key UNIQUE,
  status TEXT NOT NULL CONSTRAINT orders_status_known CHECK (status IN ('placed', 'cancelled')),
  payment_status TEXT NOT NULL CONSTRAINT orders_payment_status_known CHECK (payment_status IN ('none', 'paid', 'refunded')),
  fulfilment_status TEXT NOT NULL CONSTRAINT orders_fulfilment_status_known CHECK (fulfilment_status IN ('unfulfilled', 'fulfilled')),
  placed_at TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  locale TEXT NOT NULL,
  note TEXT NOT NULL,
  payment_method TEXT NOT NULL CONSTRAINT orders_payment_method_known CHECK (payment_method IN ('bank_transfer', 'cash_on_delivery')),
  delivery_name TEXT NOT NULL,
  delivery_min_days INTEGER NOT NULL,
  delivery_max_days INTEGER NOT NULL,
  currency TEXT NOT NULL CONSTRAINT orders_currency_code CHECK (length(currency) = 3),
  prices_include_tax INTEGER NOT NULL,
  goods_amount INTEGER NOT NULL CONSTRAINT orders_goods_amount_range CHECK (goods_amount >= 0),
  discount_amount INTEGER NOT NULL CONSTRAINT orders_discount_amount_range CHECK (discount_amount >= 0),
  delivery_amount INTEGER NOT NULL CONSTRAINT orders_delivery_amount_range CHECK (delivery_amount >= 0),
  fee_amount INTEGER NOT NULL CONSTRAINT orders_fee_amount_range CHECK (fee_amount >= 0),
  tax_amount INTEGER NOT NULL CONSTRAINT orders_tax_amount_range CHECK (tax_amount >= 0),
  rounding_amount INTEGER NOT NULL,
  total_amount INTEGER NOT NULL CONSTRAINT orders_total_amount_range CHECK (total_amount >= 0),
  quote_request TEXT NOT NULL,
  bill TEXT NOT NULL
) STRICT;
CREATE INDEX orders_placed_at ON orders (placed_at, id);
CREATE INDEX orders_status ON orders (status, placed_at);
CREATE INDEX orders_payment_status ON orders (payment_status, placed_at);
CREATE INDEX orders_fulfilment_status ON orders (fulfilment_status, placed_at);
CREATE INDEX orders_email ON orders (email);

CREATE TABLE order_line (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  variant_id INTEGER REFERENCES variant (id) ON DELETE SET NULL,
  sku TEXT NOT NULL,
  product_slug TEXT NOT NULL,
  name TEXT NOT NULL,
  options TEXT NOT NULL,
  picture TEXT NOT NULL,
  quantity INTEGER NOT NULL CONSTRAINT order_line_quantity_range CHECK (quantity BETWEEN 1 AND 1000000),
  unit_amount INTEGER NOT NULL CONSTRAINT order_line_unit_amount_range CHECK (unit_amount >= 0),
  list_amount INTEGER NOT NULL CONSTRAINT order_line_list_amount_range CHECK (list_amount >= 0),
  discount_amount INTEGER NOT NULL CONSTRAINT order_line_discount_amount_range CHECK (discount_amount BETWEEN 0 AND list_amount),
  net_amount INTEGER NOT NULL CONSTRAINT order_line_net_amount_range CHECK (net_amount >= 0),
  tax_amount INTEGER NOT NULL CONSTRAINT order_line_tax_amount_range CHECK (tax_amount >= 0),
  gross_amount INTEGER NOT NULL,
  weight_grams INTEGER NOT NULL,
  CONSTRAINT order_line_adds_up CHECK (net_amount + tax_amount = gross_amount),
  CONSTRAINT order_line_order_position_key UNIQUE (order_id, position)
) STRICT;
CREATE INDEX order_line_variant_id ON order_line (variant_id);

CREATE TABLE order_tax (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  ppm INTEGER NOT NULL CONSTRAINT order_tax_ppm_range CHECK (ppm BETWEEN 0 AND 10000000),
  net_amount INTEGER NOT NULL,
  tax_amount INTEGER NOT NULL,
  PRIMARY KEY (order_id, position)
) STRICT;

CREATE TABLE order_address (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  kind TEXT NOT NULL CONSTRAINT order_address_kind_known CHECK (kind IN ('delivery', 'billing')),
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  district TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL CONSTRAINT order_address_country_code CHECK (length(country) = 2),
  PRIMARY KEY (order_id, kind)
) STRICT;

-- Goods: categories, brands, products, options, variants, prices, stock, attributes, and the words that find them.

CREATE TABLE category (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES category (id),
  slug TEXT NOT NULL CONSTRAINT category_slug_key UNIQUE,
  position INTEGER NOT NULL,
  media_id INTEGER REFERENCES media (id),
  CONSTRAINT category_not_own_parent CHECK (parent_id <> id)
) STRICT;
CREATE INDEX category_parent_id ON category (parent_id);
CREATE INDEX category_media_id ON category (media_id);

CREATE TABLE category_text (
  category_id INTEGER NOT NULL REFERENCES category (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (category_id, locale)
) STRICT;

CREATE TABLE category_old_slug (
  slug TEXT NOT NULL PRIMARY KEY,
  category_id INTEGER NOT NULL REFERENCES category (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX category_old_slug_category_id ON category_old_slug (category_id);

CREATE TABLE brand (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL CONSTRAINT brand_slug_key UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE product (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL CONSTRAINT product_slug_key UNIQUE,
  status TEXT NOT NULL CONSTRAINT product_status_known CHECK (status IN ('draft', 'active', 'archived')),
  publish_at TEXT NOT NULL,
  unpublish_at TEXT,
  category_id INTEGER REFERENCES category (id),
  brand_id INTEGER REFERENCES brand (id),
  tax_class TEXT NOT NULL,
  requires_shipping INTEGER NOT NULL,
  popularity INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT product_window_opens CHECK (unpublish_at IS NULL OR unpublish_at > publish_at)
) STRICT;
CREATE INDEX product_category_id ON product (category_id);
CREATE INDEX product_brand_id ON product (brand_id);
CREATE INDEX product_popular ON product (popularity, id);
CREATE INDEX product_newest ON product (publish_at, id);

-- `sort_name` is the name folded to lower-case ASCII, so that both databases sort alike.
CREATE TABLE product_text (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (product_id, locale)
) STRICT;

CREATE TABLE product_old_slug (
  slug TEXT NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX product_old_slug_product_id ON product_old_slug (product_id);

-- A product stands in its own categories (`direct`) and, derived, in all that contain them.
CREATE TABLE product_category (
  category_id INTEGER NOT NULL REFERENCES category (id) ON DELETE CASCADE,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  direct INTEGER NOT NULL,
  PRIMARY KEY (category_id, product_id)
) STRICT;
CREATE INDEX product_category_product_id ON product_category (product_id);

CREATE TABLE product_tag (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (product_id, tag)
) STRICT;
CREATE INDEX product_tag_tag ON product_tag (tag);

CREATE TABLE product_media (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  media_id INTEGER NOT NULL REFERENCES media (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (product_id, media_id)
) STRICT;
CREATE INDEX product_media_media_id ON product_media (media_id);

CREATE TABLE related_product (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  related_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (product_id, related_id),
  CONSTRAINT related_product_other CHECK (product_id <> related_id)
) STRICT;
CREATE INDEX related_product_related_id ON related_product (related_id);

CREATE TABLE option_type (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL CONSTRAINT option_type_code_key UNIQUE,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE option_type_text (
  option_type_id INTEGER NOT NULL REFERENCES option_type (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (option_type_id, locale)
) STRICT;

CREATE TABLE option_value (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  option_type_id INTEGER NOT NULL REFERENCES option_type (id),
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  swatch TEXT CONSTRAINT option_value_swatch_hex CHECK (swatch IS NULL OR (length(swatch) = 7 AND substr(swatch, 1, 1) = '#')),
  CONSTRAINT option_value_type_code_key UNIQUE (option_type_id, code),
  CONSTRAINT option_value_id_type_key UNIQUE (id, option_type_id)
) STRICT;

CREATE TABLE option_value_text (
  option_value_id INTEGER NOT NULL REFERENCES option_value (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (option_value_id, locale)
) STRICT;

CREATE TABLE product_option (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  option_type_id INTEGER NOT NULL REFERENCES option_type (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (product_id, option_type_id)
) STRICT;
CREATE INDEX product_option_option_type_id ON product_option (option_type_id);

-- `option_key` spells the chosen values ("3:12;5:9"), so that a product has each combination once.
CREATE TABLE variant (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  sku TEXT NOT NULL CONSTRAINT variant_sku_key UNIQUE,
  option_key TEXT NOT NULL,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL,
  weight_grams INTEGER NOT NULL CONSTRAINT variant_weight_range CHECK (weight_grams BETWEEN 0 AND 100000000),
  length_mm INTEGER,
  width_mm INTEGER,
  height_mm INTEGER,
  media_id INTEGER REFERENCES media (id),
  CONSTRAINT variant_product_option_key UNIQUE (product_id, option_key),
  CONSTRAINT variant_size_whole CHECK ((length_mm > 0 AND width_mm > 0 AND height_mm > 0) OR (length_mm IS NULL AND width_mm IS NULL AND height_mm IS NULL))
) STRICT;
CREATE INDEX variant_media_id ON variant (media_id);

CREATE TABLE variant_option (
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  option_type_id INTEGER NOT NULL,
  option_value_id INTEGER NOT NULL,
  PRIMARY KEY (variant_id, option_type_id),
  FOREIGN KEY (option_value_id, option_type_id) REFERENCES option_value (id, option_type_id)
) STRICT;
CREATE INDEX variant_option_option_value_id ON variant_option (option_value_id, option_type_id);

-- Which values the active variants of a product have. Derived, so that lists are counted quickly.
CREATE TABLE product_option_value (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  option_value_id INTEGER NOT NULL REFERENCES option_value (id),
  PRIMARY KEY (product_id, option_value_id)
) STRICT;
CREATE INDEX product_option_value_option_value_id ON product_option_value (option_value_id);

-- Of the rows that are valid at an instant the one with the highest `specificity` is the price, the lowest of equals.
CREATE TABLE price (
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

CREATE TABLE stock (
  variant_id INTEGER NOT NULL PRIMARY KEY REFERENCES variant (id) ON DELETE CASCADE,
  on_hand INTEGER NOT NULL CONSTRAINT stock_on_hand_range CHECK (on_hand >= 0)
) STRICT;

CREATE TABLE attribute (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL CONSTRAINT attribute_code_key UNIQUE,
  kind TEXT NOT NULL CONSTRAINT attribute_kind_known CHECK (kind IN ('choice', 'text', 'number', 'bool', 'date')),
  filterable INTEGER NOT NULL,
  unit TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE attribute_text (
  attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (attribute_id, locale)
) STRICT;

CREATE TABLE attribute_choice (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  CONSTRAINT attribute_choice_attribute_code_key UNIQUE (attribute_id, code)
) STRICT;

CREATE TABLE attribute_choice_text (
  attribute_choice_id INTEGER NOT NULL REFERENCES attribute_choice (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (attribute_choice_id, locale)
) STRICT;

-- One value, in the column of its attribute's kind. Text is for every language unless `locale` names one.
CREATE TABLE product_attribute (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  attribute_id INTEGER NOT NULL REFERENCES attribute (id),
  locale TEXT,
  choice_id INTEGER REFERENCES attribute_choice (id),
  text_value TEXT,
  number_value INTEGER,
  bool_value INTEGER,
  date_value TEXT,
  CONSTRAINT product_attribute_one_value CHECK (
    (choice_id IS NOT NULL AND text_value IS NULL AND number_value IS NULL AND bool_value IS NULL AND date_value IS NULL)
    OR (choice_id IS NULL AND text_value IS NOT NULL AND number_value IS NULL AND bool_value IS NULL AND date_value IS NULL)
    OR (choice_id IS NULL AND text_value IS NULL AND number_value IS NOT NULL AND bool_value IS NULL AND date_value IS NULL)
    OR (choice_id IS NULL AND text_value IS NULL AND number_value IS NULL AND bool_value IS NOT NULL AND date_value IS NULL)
    OR (choice_id IS NULL AND text_value IS NULL AND number_value IS NULL AND bool_value IS NULL AND date_value IS NOT NULL))
) STRICT;
CREATE INDEX product_attribute_product_id ON product_attribute (product_id, attribute_id);
CREATE INDEX product_attribute_attribute_id ON product_attribute (attribute_id);
CREATE INDEX product_attribute_choice_id ON product_attribute (choice_id, product_id);

-- Words that find a product, in every language, folded to lower-case ASCII. Derived from the catalogue.
CREATE TABLE search_term (
  term TEXT NOT NULL,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  weight INTEGER NOT NULL,
  PRIMARY KEY (term, product_id)
) STRICT;
CREATE INDEX search_term_product_id ON search_term (product_id, term, weight);

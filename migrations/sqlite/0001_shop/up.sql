-- What the whole shop shares: settings, pictures, pages, blocks of the home page, delivery rates.

CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- One row; a change to anything that instances keep in memory moves it on.
CREATE TABLE shop_version (
  id INTEGER NOT NULL PRIMARY KEY CONSTRAINT shop_version_single CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO shop_version (id, version) VALUES (1, 1);

CREATE TABLE media (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CONSTRAINT media_name_key UNIQUE,
  width INTEGER NOT NULL CONSTRAINT media_width_positive CHECK (width > 0),
  height INTEGER NOT NULL CONSTRAINT media_height_positive CHECK (height > 0),
  widths TEXT NOT NULL
) STRICT;

CREATE TABLE media_text (
  media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  alt TEXT NOT NULL,
  PRIMARY KEY (media_id, locale)
) STRICT;

CREATE TABLE page (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL CONSTRAINT page_slug_key UNIQUE,
  position INTEGER NOT NULL,
  published INTEGER NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE page_text (
  page_id INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (page_id, locale)
) STRICT;

CREATE TABLE home_block (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CONSTRAINT home_block_kind_known CHECK (kind IN ('hero', 'categories', 'popular', 'newest', 'split', 'promises')),
  position INTEGER NOT NULL,
  media_id INTEGER REFERENCES media (id)
) STRICT;
CREATE INDEX home_block_media_id ON home_block (media_id);

-- `data` is a JSON object whose keys depend on the block's kind (content/model.rs).
CREATE TABLE home_block_text (
  home_block_id INTEGER NOT NULL REFERENCES home_block (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (home_block_id, locale)
) STRICT;

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

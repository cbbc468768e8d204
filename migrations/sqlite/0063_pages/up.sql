-- Pages as the staff keep them. A body is Markdown from now on. `kind` says what the law or the shop expects of a page; of each
-- of the law's there is one. `version` moves with every change. `publish_at` is the day that an article bears.
ALTER TABLE page ADD COLUMN kind TEXT NOT NULL DEFAULT 'page' CONSTRAINT page_kind_known CHECK (kind IN ('page', 'article', 'terms', 'privacy', 'withdrawal', 'imprint'));
ALTER TABLE page ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE page ADD COLUMN publish_at TEXT NOT NULL DEFAULT '2000-01-01 00:00:00';
UPDATE page SET publish_at = updated_at;
UPDATE page SET kind = slug WHERE slug IN ('terms', 'privacy');
CREATE UNIQUE INDEX page_legal ON page (kind) WHERE kind NOT IN ('page', 'article');
CREATE INDEX page_kind_publish_at ON page (kind, publish_at, id);
CREATE INDEX page_updated_at ON page (updated_at, id);
CREATE INDEX page_kind_updated_at ON page (kind, updated_at, id);
-- What search engines show; empty for the page's own title.
ALTER TABLE page_text ADD COLUMN seo_title TEXT NOT NULL DEFAULT '';

-- A page of the law as it was published, word for word, each time that its words changed.
CREATE TABLE page_edition (
  page_id INTEGER NOT NULL REFERENCES page (id),
  number INTEGER NOT NULL CONSTRAINT page_edition_number_positive CHECK (number > 0),
  published_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (page_id, number)
) STRICT;

CREATE TABLE page_edition_text (
  page_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  locale TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (page_id, number, locale),
  FOREIGN KEY (page_id, number) REFERENCES page_edition (page_id, number)
) STRICT;

-- Which editions an order was placed under.
ALTER TABLE orders ADD COLUMN terms_edition INTEGER;
ALTER TABLE orders ADD COLUMN privacy_edition INTEGER;

-- Addresses that lead elsewhere, without the language's prefix.
CREATE TABLE redirect (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  from_path TEXT NOT NULL CONSTRAINT redirect_from_path_key UNIQUE,
  to_address TEXT NOT NULL,
  made_at TEXT NOT NULL,
  CONSTRAINT redirect_leads_on CHECK (from_path <> to_address)
) STRICT;
CREATE INDEX redirect_to_address ON redirect (to_address);

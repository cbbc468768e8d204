-- Blocks as the staff keep them: hidden ones, those of a time, those that show the goods of a category, and three kinds more.
-- `version` moves with every change.
-- SQLite changes no constraint: the tables are made anew.
CREATE TABLE home_block_next (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CONSTRAINT home_block_kind_known CHECK (kind IN ('hero', 'categories', 'popular', 'newest', 'split', 'promises', 'goods', 'banner', 'text')),
  position INTEGER NOT NULL,
  media_id INTEGER REFERENCES media (id),
  hidden INTEGER NOT NULL DEFAULT 0,
  starts_at TEXT,
  ends_at TEXT,
  category_id INTEGER REFERENCES category (id) ON DELETE SET NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO home_block_next (id, kind, position, media_id) SELECT id, kind, position, media_id FROM home_block;
CREATE TABLE home_block_text_next (
  home_block_id INTEGER NOT NULL REFERENCES home_block_next (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (home_block_id, locale)
) STRICT;
INSERT INTO home_block_text_next SELECT home_block_id, locale, data FROM home_block_text WHERE home_block_id IN (SELECT id FROM home_block_next);
DROP TABLE home_block_text;
DROP TABLE home_block;
ALTER TABLE home_block_next RENAME TO home_block;
ALTER TABLE home_block_text_next RENAME TO home_block_text;
CREATE INDEX home_block_media_id ON home_block (media_id);
CREATE INDEX home_block_category_id ON home_block (category_id);

-- How often an address led on, and when last.
ALTER TABLE redirect ADD COLUMN hits INTEGER NOT NULL DEFAULT 0 CONSTRAINT redirect_hits_positive CHECK (hits >= 0);
ALTER TABLE redirect ADD COLUMN last_hit_at TEXT;

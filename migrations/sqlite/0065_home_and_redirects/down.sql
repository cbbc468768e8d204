ALTER TABLE redirect DROP COLUMN last_hit_at;
ALTER TABLE redirect DROP COLUMN hits;
CREATE TABLE home_block_next (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CONSTRAINT home_block_kind_known CHECK (kind IN ('hero', 'categories', 'popular', 'newest', 'split', 'promises')),
  position INTEGER NOT NULL,
  media_id INTEGER REFERENCES media (id)
) STRICT;
INSERT INTO home_block_next (id, kind, position, media_id) SELECT id, kind, position, media_id FROM home_block WHERE kind NOT IN ('goods', 'banner', 'text');
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

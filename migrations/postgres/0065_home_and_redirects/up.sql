-- Blocks as the staff keep them: hidden ones, those of a time, those that show the goods of a category, and three kinds more.
-- `version` moves with every change.
ALTER TABLE home_block DROP CONSTRAINT home_block_kind_known;
ALTER TABLE home_block ADD CONSTRAINT home_block_kind_known CHECK (kind IN ('hero', 'categories', 'popular', 'newest', 'split', 'promises', 'goods', 'banner', 'text'));
ALTER TABLE home_block ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE home_block ADD COLUMN starts_at TIMESTAMP;
ALTER TABLE home_block ADD COLUMN ends_at TIMESTAMP;
ALTER TABLE home_block ADD COLUMN category_id BIGINT REFERENCES category (id) ON DELETE SET NULL;
ALTER TABLE home_block ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE INDEX home_block_category_id ON home_block (category_id);

-- How often an address led on, and when last.
ALTER TABLE redirect ADD COLUMN hits BIGINT NOT NULL DEFAULT 0 CONSTRAINT redirect_hits_positive CHECK (hits >= 0);
ALTER TABLE redirect ADD COLUMN last_hit_at TIMESTAMP;

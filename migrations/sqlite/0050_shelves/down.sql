ALTER TABLE category_text DROP COLUMN seo_description;
ALTER TABLE category_text DROP COLUMN seo_title;
ALTER TABLE category DROP COLUMN hidden;
ALTER TABLE attribute DROP COLUMN version;
ALTER TABLE brand DROP COLUMN version;
ALTER TABLE category DROP COLUMN version;

-- Categories, brands and attributes as the staff keep them: `version` moves with every change of one, so that of two people
-- who edit it the second is told.
ALTER TABLE category ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE brand ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE attribute ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Not in the menu and without a page, as is all below it; its products are sold.
ALTER TABLE category ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
-- What search engines show; empty for the category's own name and description.
ALTER TABLE category_text ADD COLUMN seo_title TEXT NOT NULL DEFAULT '';
ALTER TABLE category_text ADD COLUMN seo_description TEXT NOT NULL DEFAULT '';

-- Products as the staff keep them: `version` moves with every change of one, so that of two people who edit it the second is told.
ALTER TABLE product ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- What search engines show; empty for the product's own name and description.
ALTER TABLE product_text ADD COLUMN seo_title TEXT NOT NULL DEFAULT '';
ALTER TABLE product_text ADD COLUMN seo_description TEXT NOT NULL DEFAULT '';

-- The staff's list begins with what was changed last, by status or not; what runs low is found by how many can be had.
CREATE INDEX product_changed ON product (updated_at, id);
CREATE INDEX product_status_changed ON product (status, updated_at, id);
CREATE INDEX stock_available ON stock (on_hand - reserved);

DROP INDEX stock_available;
DROP INDEX product_status_changed;
DROP INDEX product_changed;
ALTER TABLE product_text DROP COLUMN seo_description;
ALTER TABLE product_text DROP COLUMN seo_title;
ALTER TABLE product DROP COLUMN version;

ALTER TABLE delivery_method DROP COLUMN ends_at;
ALTER TABLE delivery_method DROP COLUMN starts_at;

DROP INDEX stock_low;
DROP INDEX stock_available;
CREATE INDEX stock_available ON stock (on_hand - reserved);
ALTER TABLE stock DROP COLUMN low_at;

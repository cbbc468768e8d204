-- At how many units or fewer a thing runs low, where that is not what the whole shop calls few.
ALTER TABLE stock ADD COLUMN low_at INTEGER CONSTRAINT stock_low_at_range CHECK (low_at IS NULL OR low_at >= 0);
-- What of it can be had, the scarcest first: what runs low, what is gone, what is promised beyond what is there.
DROP INDEX stock_available;
CREATE INDEX stock_available ON stock (on_hand - reserved, variant_id);
CREATE INDEX stock_low ON stock (on_hand - reserved, variant_id) WHERE on_hand - reserved <= low_at;

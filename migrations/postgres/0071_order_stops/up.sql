-- Why staff keep an order back: nothing of it is sent as long as this says something.
ALTER TABLE orders ADD COLUMN stop_reason TEXT NOT NULL DEFAULT '' CONSTRAINT orders_stop_reason_length CHECK (length(stop_reason) <= 200);
CREATE INDEX orders_stopped ON orders (id) WHERE stop_reason > '';

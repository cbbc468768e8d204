-- What a shopper who sends something back would like, what staff answer, and the money that goes back for it.
ALTER TABLE order_return ADD COLUMN wish TEXT NOT NULL DEFAULT 'refund' CONSTRAINT order_return_wish_known CHECK (wish IN ('refund', 'replacement'));
ALTER TABLE order_return ADD COLUMN answer TEXT NOT NULL DEFAULT '';

ALTER TABLE refund ADD COLUMN order_return_id INTEGER REFERENCES order_return (id);
-- A return is refunded once.
CREATE UNIQUE INDEX refund_order_return_id ON refund (order_return_id);

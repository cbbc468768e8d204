DROP TABLE order_return_line;
DROP TABLE order_return;
DROP TABLE shipment_line;
DROP TABLE shipment;
DROP TABLE order_event;
ALTER TABLE order_line DROP COLUMN returned;
ALTER TABLE order_line DROP COLUMN shipped;
ALTER TABLE order_line DROP COLUMN requires_shipping;
DROP INDEX orders_pay_until;
DROP INDEX orders_status;
DROP INDEX orders_payment_status;
DROP INDEX orders_fulfilment_status;
ALTER TABLE orders DROP COLUMN pay_until;
ALTER TABLE orders DROP COLUMN version;
ALTER TABLE orders RENAME COLUMN status TO new_status;
ALTER TABLE orders RENAME COLUMN payment_status TO new_payment_status;
ALTER TABLE orders RENAME COLUMN fulfilment_status TO new_fulfilment_status;
ALTER TABLE orders RENAME COLUMN payment_method TO new_payment_method;
ALTER TABLE orders ADD COLUMN status TEXT NOT NULL DEFAULT 'placed' CONSTRAINT orders_status_known CHECK (status IN ('placed', 'cancelled'));
ALTER TABLE orders ADD COLUMN payment_status TEXT NOT NULL DEFAULT 'none' CONSTRAINT orders_payment_status_known CHECK (payment_status IN ('none', 'paid', 'refunded'));
ALTER TABLE orders ADD COLUMN fulfilment_status TEXT NOT NULL DEFAULT 'unfulfilled' CONSTRAINT orders_fulfilment_status_known CHECK (fulfilment_status IN ('unfulfilled', 'fulfilled'));
ALTER TABLE orders ADD COLUMN payment_method TEXT NOT NULL DEFAULT 'bank_transfer' CONSTRAINT orders_payment_method_known CHECK (payment_method IN ('bank_transfer', 'cash_on_delivery'));
UPDATE orders SET
  status = CASE new_status WHEN 'cancelled' THEN 'cancelled' ELSE 'placed' END,
  payment_status = CASE new_payment_status WHEN 'paid' THEN 'paid' WHEN 'refunded' THEN 'refunded' ELSE 'none' END,
  fulfilment_status = CASE new_fulfilment_status WHEN 'shipped' THEN 'fulfilled' ELSE 'unfulfilled' END,
  payment_method = CASE new_payment_method WHEN 'cash_on_delivery' THEN 'cash_on_delivery' ELSE 'bank_transfer' END;
ALTER TABLE orders DROP COLUMN new_status;
ALTER TABLE orders DROP COLUMN new_payment_status;
ALTER TABLE orders DROP COLUMN new_fulfilment_status;
ALTER TABLE orders DROP COLUMN new_payment_method;
CREATE INDEX orders_status ON orders (status, placed_at);
CREATE INDEX orders_payment_status ON orders (payment_status, placed_at);
CREATE INDEX orders_fulfilment_status ON orders (fulfilment_status, placed_at);

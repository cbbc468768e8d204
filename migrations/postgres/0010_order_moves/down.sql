DROP TABLE order_return_line;
DROP TABLE order_return;
DROP TABLE shipment_line;
DROP TABLE shipment;
DROP TABLE order_event;
DROP FUNCTION order_event_stays();
ALTER TABLE order_line DROP COLUMN returned, DROP COLUMN shipped, DROP COLUMN requires_shipping;
DROP INDEX orders_pay_until;
ALTER TABLE orders DROP CONSTRAINT orders_status_known, DROP CONSTRAINT orders_payment_status_known,
  DROP CONSTRAINT orders_fulfilment_status_known, DROP COLUMN pay_until, DROP COLUMN version;
UPDATE orders SET
  status = CASE status WHEN 'cancelled' THEN 'cancelled' ELSE 'placed' END,
  payment_status = CASE payment_status WHEN 'paid' THEN 'paid' WHEN 'refunded' THEN 'refunded' ELSE 'none' END,
  fulfilment_status = CASE fulfilment_status WHEN 'shipped' THEN 'fulfilled' ELSE 'unfulfilled' END,
  payment_method = CASE payment_method WHEN 'cash_on_delivery' THEN 'cash_on_delivery' ELSE 'bank_transfer' END;
ALTER TABLE orders
  ADD CONSTRAINT orders_status_known CHECK (status IN ('placed', 'cancelled')),
  ADD CONSTRAINT orders_payment_status_known CHECK (payment_status IN ('none', 'paid', 'refunded')),
  ADD CONSTRAINT orders_fulfilment_status_known CHECK (fulfilment_status IN ('unfulfilled', 'fulfilled')),
  ADD CONSTRAINT orders_payment_method_known CHECK (payment_method IN ('bank_transfer', 'cash_on_delivery'));

-- What happens to an order: three statuses, a timeline, shipments and returns.

DROP INDEX orders_status;
DROP INDEX orders_payment_status;
DROP INDEX orders_fulfilment_status;
ALTER TABLE orders RENAME COLUMN status TO old_status;
ALTER TABLE orders RENAME COLUMN payment_status TO old_payment_status;
ALTER TABLE orders RENAME COLUMN fulfilment_status TO old_fulfilment_status;
ALTER TABLE orders RENAME COLUMN payment_method TO old_payment_method;
ALTER TABLE orders ADD COLUMN status TEXT NOT NULL DEFAULT 'placed' CONSTRAINT orders_status_known CHECK (status IN ('pending', 'placed', 'completed', 'cancelled'));
ALTER TABLE orders ADD COLUMN payment_status TEXT NOT NULL DEFAULT 'unpaid' CONSTRAINT orders_payment_status_known CHECK (payment_status IN ('unpaid', 'part_paid', 'paid', 'overpaid', 'part_refunded', 'refunded'));
ALTER TABLE orders ADD COLUMN fulfilment_status TEXT NOT NULL DEFAULT 'unfulfilled' CONSTRAINT orders_fulfilment_status_known CHECK (fulfilment_status IN ('not_needed', 'unfulfilled', 'part_shipped', 'shipped', 'part_returned', 'returned'));
ALTER TABLE orders ADD COLUMN payment_method TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE orders ADD COLUMN pay_until TEXT;
UPDATE orders SET
  status = old_status,
  payment_status = CASE old_payment_status WHEN 'none' THEN 'unpaid' ELSE old_payment_status END,
  fulfilment_status = CASE old_fulfilment_status WHEN 'fulfilled' THEN 'shipped' ELSE old_fulfilment_status END,
  payment_method = old_payment_method;
ALTER TABLE orders DROP COLUMN old_status;
ALTER TABLE orders DROP COLUMN old_payment_status;
ALTER TABLE orders DROP COLUMN old_fulfilment_status;
ALTER TABLE orders DROP COLUMN old_payment_method;
CREATE INDEX orders_status ON orders (status, placed_at);
CREATE INDEX orders_payment_status ON orders (payment_status, placed_at);
CREATE INDEX orders_fulfilment_status ON orders (fulfilment_status, placed_at);
CREATE INDEX orders_pay_until ON orders (pay_until);

ALTER TABLE order_line ADD COLUMN requires_shipping INTEGER NOT NULL DEFAULT 1;
ALTER TABLE order_line ADD COLUMN shipped INTEGER NOT NULL DEFAULT 0 CONSTRAINT order_line_shipped_range CHECK (shipped BETWEEN 0 AND quantity);
ALTER TABLE order_line ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CONSTRAINT order_line_returned_range CHECK (returned BETWEEN 0 AND shipped);
UPDATE order_line SET shipped = quantity WHERE order_id IN (SELECT id FROM orders WHERE fulfilment_status = 'shipped');

-- The timeline: append only. `data` is a JSON object; a shopper sees what is `public`.
CREATE TABLE order_event (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  data TEXT NOT NULL,
  public INTEGER NOT NULL
) STRICT;
CREATE INDEX order_event_order_id ON order_event (order_id, id);
CREATE TRIGGER order_event_stays BEFORE UPDATE ON order_event
BEGIN
  SELECT RAISE(ABORT, 'a timeline row is never changed');
END;

CREATE TABLE shipment (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL,
  tracking_url TEXT NOT NULL,
  shipped_at TEXT NOT NULL,
  CONSTRAINT shipment_order_position_key UNIQUE (order_id, position)
) STRICT;

CREATE TABLE shipment_line (
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  order_line_id INTEGER NOT NULL REFERENCES order_line (id),
  quantity INTEGER NOT NULL CONSTRAINT shipment_line_quantity_range CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, order_line_id)
) STRICT;
CREATE INDEX shipment_line_order_line_id ON shipment_line (order_line_id);

CREATE TABLE order_return (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  status TEXT NOT NULL CONSTRAINT order_return_status_known CHECK (status IN ('requested', 'approved', 'declined', 'received')),
  reason TEXT NOT NULL CONSTRAINT order_return_reason_known CHECK (reason IN ('damaged', 'wrong_item', 'not_as_described', 'changed_mind', 'other')),
  note TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  CONSTRAINT order_return_order_position_key UNIQUE (order_id, position)
) STRICT;
CREATE INDEX order_return_status ON order_return (status, requested_at);

CREATE TABLE order_return_line (
  order_return_id INTEGER NOT NULL REFERENCES order_return (id),
  order_line_id INTEGER NOT NULL REFERENCES order_line (id),
  quantity INTEGER NOT NULL CONSTRAINT order_return_line_quantity_range CHECK (quantity > 0),
  received INTEGER NOT NULL DEFAULT 0,
  restocked INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (order_return_id, order_line_id),
  CONSTRAINT order_return_line_received_range CHECK (received BETWEEN 0 AND quantity),
  CONSTRAINT order_return_line_restocked_range CHECK (restocked BETWEEN 0 AND received)
) STRICT;
CREATE INDEX order_return_line_order_line_id ON order_return_line (order_line_id);

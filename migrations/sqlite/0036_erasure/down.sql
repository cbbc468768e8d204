DROP TRIGGER invoice_is_never_changed;
DROP INDEX invoice_buyer_forgotten;
ALTER TABLE invoice DROP COLUMN buyer_forgotten;
CREATE TRIGGER invoice_is_never_changed BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;

DROP TRIGGER order_event_stays;
CREATE TRIGGER order_event_stays BEFORE UPDATE ON order_event
BEGIN
  SELECT RAISE(ABORT, 'a timeline row is never changed');
END;

DROP INDEX customer_cart_updated_at;
DROP INDEX orders_of_guests;
DROP TABLE erasure;

-- Orders of somebody who wants to be forgotten, which were not done when she asked: each is forgotten as soon as it is.
CREATE TABLE erasure (
  order_id INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
  asked_at TEXT NOT NULL
) STRICT;

-- Guests whose orders grow old.
CREATE INDEX orders_of_guests ON orders (placed_at) WHERE customer_id IS NULL AND email <> '';
CREATE INDEX customer_cart_updated_at ON customer_cart (updated_at);

-- A timeline keeps what happened and when; what was told of it can be taken out.
DROP TRIGGER order_event_stays;
CREATE TRIGGER order_event_stays BEFORE UPDATE ON order_event
WHEN NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id OR NEW.kind <> OLD.kind OR NEW.actor <> OLD.actor
  OR NEW.happened_at <> OLD.happened_at OR NEW.public <> OLD.public OR NEW.data NOT IN (OLD.data, '{}')
BEGIN
  SELECT RAISE(ABORT, 'a timeline row is never changed');
END;

-- After ten years the buyer may be taken out of an invoice, and nothing else.
ALTER TABLE invoice ADD COLUMN buyer_forgotten INTEGER NOT NULL DEFAULT 0;
CREATE INDEX invoice_buyer_forgotten ON invoice (buyer_forgotten, issued_at);
DROP TRIGGER invoice_is_never_changed;
CREATE TRIGGER invoice_is_never_changed BEFORE UPDATE ON invoice
WHEN OLD.issued_at > datetime('now', '-10 years') OR NEW.id <> OLD.id OR NEW.series_id <> OLD.series_id
  OR NEW.sequence <> OLD.sequence OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind OR NEW.order_id <> OLD.order_id
  OR NEW.corrects_id IS NOT OLD.corrects_id OR NEW.issued_at <> OLD.issued_at OR NEW.locale <> OLD.locale
  OR NEW.currency <> OLD.currency OR NEW.net_amount <> OLD.net_amount OR NEW.tax_amount <> OLD.tax_amount
  OR NEW.rounding_amount <> OLD.rounding_amount OR NEW.total_amount <> OLD.total_amount OR NEW.round <> OLD.round
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;

-- Orders of somebody who wants to be forgotten, which were not done when she asked: each is forgotten as soon as it is.
CREATE TABLE erasure (
  order_id BIGINT NOT NULL PRIMARY KEY REFERENCES orders (id),
  asked_at TIMESTAMP NOT NULL
);

-- Guests whose orders grow old.
CREATE INDEX orders_of_guests ON orders (placed_at) WHERE customer_id IS NULL AND email <> '';
CREATE INDEX customer_cart_updated_at ON customer_cart (updated_at);

-- A timeline keeps what happened and when; what was told of it can be taken out.
DROP TRIGGER order_event_stays ON order_event;
CREATE TRIGGER order_event_stays BEFORE UPDATE ON order_event FOR EACH ROW
WHEN (to_jsonb(NEW) - 'data' <> to_jsonb(OLD) - 'data' OR NEW.data NOT IN (OLD.data, '{}'))
EXECUTE FUNCTION order_event_stays();

-- After ten years the buyer may be taken out of an invoice, and nothing else.
ALTER TABLE invoice ADD COLUMN buyer_forgotten BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX invoice_buyer_forgotten ON invoice (buyer_forgotten, issued_at);
DROP TRIGGER invoice_is_never_changed ON invoice;
CREATE TRIGGER invoice_is_never_changed BEFORE UPDATE ON invoice FOR EACH ROW
WHEN (OLD.issued_at > now() AT TIME ZONE 'UTC' - INTERVAL '10 years' OR 
  to_jsonb(NEW) - '{document,buyer_forgotten}'::TEXT[] <> to_jsonb(OLD) - '{document,buyer_forgotten}'::TEXT[])
EXECUTE FUNCTION refuse_to_change_an_invoice();
CREATE TRIGGER invoice_is_never_deleted BEFORE DELETE ON invoice
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_an_invoice();

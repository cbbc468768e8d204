DROP TRIGGER invoice_is_never_deleted ON invoice;
DROP TRIGGER invoice_is_never_changed ON invoice;
DROP INDEX invoice_buyer_forgotten;
ALTER TABLE invoice DROP COLUMN buyer_forgotten;
CREATE TRIGGER invoice_is_never_changed BEFORE UPDATE OR DELETE ON invoice
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_an_invoice();

DROP TRIGGER order_event_stays ON order_event;
CREATE TRIGGER order_event_stays BEFORE UPDATE ON order_event FOR EACH ROW EXECUTE FUNCTION order_event_stays();

DROP INDEX customer_cart_updated_at;
DROP INDEX orders_of_guests;
DROP TABLE erasure;

DROP INDEX invoice_one_for_an_order;
CREATE UNIQUE INDEX invoice_one_for_an_order ON invoice (order_id) WHERE kind = 'invoice';
ALTER TABLE invoice DROP COLUMN round;

-- An order that is taken up again is invoiced anew, as the invoice of its first life was taken back when it was cancelled.

-- How often the order had been taken up again by then.
ALTER TABLE invoice ADD COLUMN round BIGINT NOT NULL DEFAULT 0;
DROP INDEX invoice_one_for_an_order;
CREATE UNIQUE INDEX invoice_one_for_an_order ON invoice (order_id, round) WHERE kind = 'invoice';

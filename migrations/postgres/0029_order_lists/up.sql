-- Lists of orders by two statuses go by an index as those by one do. The first is also how orders are found whose money is
-- overdue: most orders had a `pay_until` once, few still wait.
CREATE INDEX orders_status_payment_status ON orders (status, payment_status, placed_at);
CREATE INDEX orders_status_fulfilment_status ON orders (status, fulfilment_status, placed_at);
CREATE INDEX orders_payment_status_fulfilment_status ON orders (payment_status, fulfilment_status, placed_at);
DROP INDEX orders_pay_until;

-- What waits to be seen to is found and counted in here alone: the orders that have not come to their end are few,
-- and a row of `orders` is a page of the file.
CREATE INDEX orders_open ON orders (status, placed_at, id, fulfilment_status, payment_status, payment_method, stop_reason) WHERE status = 'placed';

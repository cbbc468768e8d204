CREATE INDEX orders_pay_until ON orders (pay_until);
DROP INDEX orders_payment_status_fulfilment_status;
DROP INDEX orders_status_fulfilment_status;
DROP INDEX orders_status_payment_status;

DROP INDEX orders_customer_id;
ALTER TABLE orders DROP COLUMN customer_id;
DROP TABLE customer_cart;
DROP TABLE customer_address;
DROP TABLE link;
DROP TABLE session;
DROP TABLE customer;

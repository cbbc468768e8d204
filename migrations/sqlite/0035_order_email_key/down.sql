DROP INDEX orders_email_key;
ALTER TABLE orders DROP COLUMN email_key;

-- Her address as it is compared: in small letters. What a guest has ordered is found by it.
ALTER TABLE orders ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
UPDATE orders SET email_key = lower(trim(email));
CREATE INDEX orders_email_key ON orders (email_key) WHERE customer_id IS NULL;

-- Lists of orders by country and by way to pay, each newest first by an index of its own, which also says what else they
-- are narrowed by. The country is that of delivery, or of the bill where nothing is delivered.
ALTER TABLE orders ADD COLUMN country TEXT NOT NULL DEFAULT '';
UPDATE orders SET country = coalesce(
  (SELECT country FROM order_address WHERE order_id = orders.id AND kind = 'delivery' AND country <> ''),
  (SELECT country FROM order_address WHERE order_id = orders.id AND kind = 'billing'),
  '');
CREATE INDEX orders_country ON orders (country, placed_at, id, status, payment_method, total_amount);
CREATE INDEX orders_payment_method ON orders (payment_method, placed_at, id, status, total_amount);

-- Sums over days, and lists by amount, are read from the index alone.
DROP INDEX orders_placed_at;
CREATE INDEX orders_placed_at ON orders (placed_at, id, status, currency, total_amount);

-- What somebody types of an order or a customer: the beginning of an e-mail address, a phone number, the beginning of a first or a last name.
DROP INDEX orders_email;
CREATE INDEX orders_email ON orders (lower(email), id);
CREATE INDEX orders_phone ON orders (phone, id);
CREATE INDEX order_address_name ON order_address (lower(name), order_id);
CREATE INDEX order_address_last_name ON order_address (lower(replace(name, rtrim(name, replace(name, ' ', '')), '')), order_id);
CREATE INDEX customer_email ON customer (lower(email), id);
CREATE INDEX customer_name ON customer (lower(name), id);
CREATE INDEX customer_last_name ON customer (lower(replace(name, rtrim(name, replace(name, ' ', '')), '')), id);

-- What needs somebody, however many payments there were.
CREATE INDEX payment_tests ON payment (order_id, id) WHERE live = 0;
CREATE INDEX payment_trouble ON payment (trouble, order_id);

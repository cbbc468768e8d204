DROP TABLE order_address;
DROP TABLE order_tax;
DROP TABLE order_line;
DROP TABLE orders;

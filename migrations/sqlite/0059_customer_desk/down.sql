DROP INDEX customer_address_phone;
DROP INDEX customer_customer_group;
DROP TABLE block;
DROP TABLE customer_note;

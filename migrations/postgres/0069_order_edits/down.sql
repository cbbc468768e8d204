DROP TABLE order_edit;

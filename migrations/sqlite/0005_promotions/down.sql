DROP TABLE order_discount;
DROP TABLE promotion_customer;
DROP TABLE redemption;
DROP TABLE promotion_code;
DROP TABLE promotion_target;
DROP TABLE promotion_text;
DROP TABLE promotion;

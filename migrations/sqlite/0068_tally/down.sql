DROP TABLE cart_day;
DROP TABLE search_day;

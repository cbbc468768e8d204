DROP TABLE wish;
DROP TABLE wishlist;

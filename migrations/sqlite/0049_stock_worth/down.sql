DROP TABLE stock_worth;

ALTER TABLE mail DROP COLUMN unsubscribe;
DROP TABLE stock_alert;

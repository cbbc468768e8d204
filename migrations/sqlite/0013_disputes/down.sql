DROP TABLE payment_dispute;

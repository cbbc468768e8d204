DROP TABLE refund_line;
DROP TABLE refund;
DROP TABLE payment_inbox;
DROP TABLE payment_proof;
DROP TABLE payment_receipt;
DROP TABLE payment;

DROP TABLE refund_line;
DROP TABLE refund;
DROP FUNCTION refund_is_counted;
DROP TABLE payment_inbox;
DROP TABLE payment_proof;
DROP TABLE payment_receipt;
DROP TABLE payment;

DROP INDEX refund_order_return_id;
ALTER TABLE refund DROP COLUMN order_return_id;
ALTER TABLE order_return DROP COLUMN answer;
ALTER TABLE order_return DROP COLUMN wish;

DROP INDEX orders_stopped;
ALTER TABLE orders DROP COLUMN stop_reason;

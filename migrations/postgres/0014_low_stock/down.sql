DROP INDEX mail_created_at;
DROP INDEX stock_fell_low_at;
ALTER TABLE stock DROP COLUMN fell_low_at;

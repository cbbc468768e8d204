DROP INDEX redemption_amount;
ALTER TABLE redemption DROP COLUMN amount;

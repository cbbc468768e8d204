DROP TABLE stock_move;
UPDATE stock SET on_hand = max(on_hand - reserved, 0);
ALTER TABLE stock DROP COLUMN reserved;
ALTER TABLE stock DROP COLUMN backorder_limit;

DROP TABLE stock_move;
DROP FUNCTION stock_move_stays();
UPDATE stock SET on_hand = greatest(on_hand - reserved, 0);
ALTER TABLE stock DROP COLUMN reserved, DROP COLUMN backorder_limit;

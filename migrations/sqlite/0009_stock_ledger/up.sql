-- Stock as three numbers and the ledger that they are the sums of.

-- Available is `on_hand - reserved`: below zero while something is on backorder. No CHECK ties the two, since a shelf that is
-- counted anew may hold less than was promised; only taking is guarded (stock/queries.rs).
ALTER TABLE stock ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0 CONSTRAINT stock_reserved_range CHECK (reserved >= 0);
ALTER TABLE stock ADD COLUMN backorder_limit INTEGER NOT NULL DEFAULT 0 CONSTRAINT stock_backorder_limit_range CHECK (backorder_limit >= 0);

-- Append only. `cause` names what made the move: one cause moves a kind once.
CREATE TABLE stock_move (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  moved_at TEXT NOT NULL,
  CONSTRAINT stock_move_kind_cause_key UNIQUE (kind, cause),
  CONSTRAINT stock_move_kind_fits CHECK (
    (kind = 'received' AND on_hand > 0 AND reserved = 0)
    OR (kind = 'allocated' AND on_hand = 0 AND reserved > 0)
    OR (kind = 'released' AND on_hand = 0 AND reserved < 0)
    OR (kind = 'shipped' AND on_hand < 0 AND reserved = on_hand)
    OR (kind = 'returned' AND on_hand > 0 AND reserved = 0)
    OR (kind = 'adjusted' AND on_hand <> 0 AND reserved = 0 AND reason <> ''))
) STRICT;
CREATE INDEX stock_move_variant_id ON stock_move (variant_id, id);

CREATE TRIGGER stock_move_stays BEFORE UPDATE ON stock_move
BEGIN
  SELECT RAISE(ABORT, 'a ledger row is never changed');
END;

-- Orders that wait to be packed hold what they had taken.
INSERT INTO stock_move (variant_id, kind, on_hand, reserved, cause, reason, actor, moved_at)
SELECT stock.variant_id, 'received', stock.on_hand + coalesce(waiting.units, 0), 0, 'opening:' || stock.variant_id, '', 'migration', strftime('%Y-%m-%d %H:%M:%f', 'now')
FROM stock LEFT JOIN (
  SELECT order_line.variant_id, sum(order_line.quantity) AS units
  FROM order_line JOIN orders ON orders.id = order_line.order_id
  WHERE orders.status = 'placed' AND orders.fulfilment_status = 'unfulfilled'
  GROUP BY order_line.variant_id
) AS waiting ON waiting.variant_id = stock.variant_id
WHERE stock.on_hand + coalesce(waiting.units, 0) > 0;

INSERT INTO stock_move (variant_id, kind, on_hand, reserved, cause, reason, actor, moved_at)
SELECT order_line.variant_id, 'allocated', 0, order_line.quantity, 'order:' || orders.id || ':' || order_line.position, '', 'migration', orders.placed_at
FROM order_line JOIN orders ON orders.id = order_line.order_id JOIN stock ON stock.variant_id = order_line.variant_id
WHERE orders.status = 'placed' AND orders.fulfilment_status = 'unfulfilled';

UPDATE stock SET
  on_hand = coalesce((SELECT sum(stock_move.on_hand) FROM stock_move WHERE stock_move.variant_id = stock.variant_id), 0),
  reserved = coalesce((SELECT sum(stock_move.reserved) FROM stock_move WHERE stock_move.variant_id = stock.variant_id), 0);

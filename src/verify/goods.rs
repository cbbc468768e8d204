//! Goods: what lies on the shelf, what is promised, what was sent and came back.

use super::books::Book;

pub(super) const GOODS: &[Book] = &[
    Book {
        holds: "the stock of a variant is the sum of its ledger",
        sql: "SELECT variant.sku || ': on hand ' || stock.on_hand || ', reserved ' || stock.reserved
              || ', but the ledger says ' || coalesce(ledger.on_hand, 0) || ' and ' || coalesce(ledger.reserved, 0) AS line
              FROM stock JOIN variant ON variant.id = stock.variant_id
              LEFT JOIN (SELECT variant_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved
                         FROM stock_move GROUP BY variant_id) AS ledger ON ledger.variant_id = stock.variant_id
              WHERE stock.on_hand <> coalesce(ledger.on_hand, 0) OR stock.reserved <> coalesce(ledger.reserved, 0)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "what is reserved of a variant is what waiting orders hold of it",
        sql: "SELECT variant.sku || ': reserved ' || stock.reserved || ', but orders hold ' || coalesce(waiting.units, 0) AS line
              FROM stock JOIN variant ON variant.id = stock.variant_id
              LEFT JOIN (SELECT order_line.variant_id, sum(order_line.quantity - order_line.shipped) AS units
                         FROM order_line JOIN orders ON orders.id = order_line.order_id
                         WHERE order_line.quantity > order_line.shipped AND orders.status <> 'cancelled' GROUP BY order_line.variant_id) AS waiting
              ON waiting.variant_id = stock.variant_id
              WHERE stock.reserved <> coalesce(waiting.units, 0)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "the units shipped of a line are those in its parcels",
        sql: "SELECT orders.number || ', line ' || line.position || ': ' || line.shipped || ' shipped, but ' || line.sent || ' in parcels' AS line
              FROM (SELECT order_id, position, shipped,
                    coalesce((SELECT sum(shipment_line.quantity) FROM shipment_line WHERE shipment_line.order_line_id = order_line.id), 0) AS sent
                    FROM order_line WHERE order_id > :after AND order_id <= :until AND requires_shipping) AS line
              JOIN orders ON orders.id = line.order_id
              WHERE line.shipped <> line.sent
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "the units returned of a line are those that were received",
        sql: "SELECT orders.number || ', line ' || line.position || ': ' || line.returned || ' returned, but ' || line.back || ' received' AS line
              FROM (SELECT order_id, position, returned,
                    coalesce((SELECT sum(order_return_line.received) FROM order_return_line WHERE order_return_line.order_line_id = order_line.id), 0) AS back
                    FROM order_line WHERE order_id > :after AND order_id <= :until) AS line
              JOIN orders ON orders.id = line.order_id
              WHERE line.returned <> line.back
              ORDER BY line LIMIT 101",
    },
];

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
              ORDER BY variant.sku LIMIT 101",
    },
    Book {
        holds: "what is reserved of a variant is what waiting orders hold of it",
        sql: "SELECT variant.sku || ': reserved ' || stock.reserved || ', but orders hold ' || coalesce(waiting.units, 0) AS line
              FROM stock JOIN variant ON variant.id = stock.variant_id
              LEFT JOIN (SELECT order_line.variant_id, sum(order_line.quantity - order_line.shipped) AS units
                         FROM order_line JOIN orders ON orders.id = order_line.order_id
                         WHERE orders.status <> 'cancelled' GROUP BY order_line.variant_id) AS waiting
              ON waiting.variant_id = stock.variant_id
              WHERE stock.reserved <> coalesce(waiting.units, 0)
              ORDER BY variant.sku LIMIT 101",
    },
    Book {
        holds: "the units shipped of a line are those in its parcels",
        sql: "SELECT orders.number || ', line ' || order_line.position || ': ' || order_line.shipped
              || ' shipped, but ' || coalesce(sent.units, 0) || ' in parcels' AS line
              FROM order_line JOIN orders ON orders.id = order_line.order_id
              LEFT JOIN (SELECT order_line_id, sum(quantity) AS units FROM shipment_line GROUP BY order_line_id) AS sent
              ON sent.order_line_id = order_line.id
              WHERE order_line.requires_shipping AND order_line.shipped <> coalesce(sent.units, 0)
              ORDER BY order_line.id LIMIT 101",
    },
    Book {
        holds: "the units returned of a line are those that were received",
        sql: "SELECT orders.number || ', line ' || order_line.position || ': ' || order_line.returned
              || ' returned, but ' || coalesce(back.units, 0) || ' received' AS line
              FROM order_line JOIN orders ON orders.id = order_line.order_id
              LEFT JOIN (SELECT order_line_id, sum(received) AS units FROM order_return_line GROUP BY order_line_id) AS back
              ON back.order_line_id = order_line.id
              WHERE order_line.returned <> coalesce(back.units, 0)
              ORDER BY order_line.id LIMIT 101",
    },
];

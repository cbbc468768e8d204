//! Orders and promotions: where each stands, and what was used up.

use super::books::Book;

pub(super) const DEALINGS: &[Book] = &[
    Book {
        holds: "a promotion with a limit was used as often as it was redeemed",
        sql: "SELECT promotion.slug || ': used ' || promotion.used || ', but redeemed ' || count(redemption.order_id) AS line
              FROM promotion LEFT JOIN redemption ON redemption.promotion_id = promotion.id
              WHERE promotion.usage_limit IS NOT NULL
              GROUP BY promotion.id, promotion.slug, promotion.used
              HAVING promotion.used <> count(redemption.order_id)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a customer has used a promotion as often as she redeemed it",
        sql: "SELECT promotion.slug || ': a customer used ' || promotion_customer.used || ', but redeemed ' || count(redemption.order_id) AS line
              FROM promotion_customer JOIN promotion ON promotion.id = promotion_customer.promotion_id
              LEFT JOIN redemption ON redemption.promotion_id = promotion.id AND redemption.customer_key = promotion_customer.customer_key
              WHERE promotion.per_customer_limit IS NOT NULL
              GROUP BY promotion.id, promotion.slug, promotion_customer.customer_key, promotion_customer.used
              HAVING promotion_customer.used <> count(redemption.order_id)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a cancelled order uses no promotion up",
        sql: "SELECT orders.number || ': ' || promotion.slug AS line
              FROM redemption JOIN orders ON orders.id = redemption.order_id JOIN promotion ON promotion.id = redemption.promotion_id
              WHERE orders.status = 'cancelled' AND redemption.order_id > :after AND redemption.order_id <= :until
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "the status of an order is where its timeline ends",
        sql: "SELECT orders.number || ': ' || orders.status || ', but it was last ' || latest.kind AS line
              FROM orders
              JOIN (SELECT order_id, max(id) AS id FROM order_event
              WHERE order_id > :after AND order_id <= :until
              AND kind IN ('placed', 'confirmed', 'completed', 'cancelled', 'reopened') GROUP BY order_id) AS ending
              ON ending.order_id = orders.id
              JOIN order_event AS latest ON latest.id = ending.id
              WHERE orders.status <> CASE latest.kind WHEN 'completed' THEN 'completed' WHEN 'cancelled' THEN 'cancelled'
              WHEN 'placed' THEN CASE orders.status WHEN 'pending' THEN 'pending' ELSE 'placed' END ELSE 'placed' END
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "an order that is paid no longer waits for a gateway, and is completed when it is sent",
        sql: "SELECT number || ': ' || status || ', ' || payment_status || ', ' || fulfilment_status AS line
              FROM orders
              WHERE id > :after AND id <= :until AND payment_status IN ('paid', 'overpaid') AND (status = 'pending'
              OR (status = 'placed' AND fulfilment_status IN ('not_needed', 'shipped', 'part_returned', 'returned')))
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "nothing was sent of a cancelled order",
        sql: "SELECT number || ': ' || fulfilment_status AS line
              FROM orders WHERE id > :after AND id <= :until AND status = 'cancelled' AND fulfilment_status NOT IN ('not_needed', 'unfulfilled')
              ORDER BY line LIMIT 101",
    },
];

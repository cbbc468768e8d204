//! Money: what came, what went back, and whose it is.

use super::books::Book;

pub(super) const MONEY: &[Book] = &[
    Book {
        holds: "a cancelled order keeps no money that is not promised back",
        sql: "SELECT orders.number || ': ' || sum(payment.captured_amount - payment.refunded_amount) AS line
              FROM orders JOIN payment ON payment.order_id = orders.id
              WHERE payment.order_id > :after AND payment.order_id <= :until
              AND orders.status = 'cancelled' AND payment.captured_amount > payment.refunded_amount
              GROUP BY orders.id, orders.number
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a payment is captured when its whole amount has come, and a gateway sends all of it or nothing",
        sql: "SELECT attempt || ': ' || status || ', ' || captured_amount || ' of ' || amount AS line
              FROM payment
              WHERE order_id > :after AND order_id <= :until AND ((status = 'captured') <> (captured_amount >= amount)
              OR (gateway NOT IN ('bank_transfer', 'cash_on_delivery') AND captured_amount NOT IN (0, amount)))
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "what is captured by hand is the sum of its receipts",
        sql: "SELECT attempt || ': captured ' || captured_amount || ', but received ' || came AS line
              FROM (SELECT id, attempt, captured_amount,
                    coalesce((SELECT sum(payment_receipt.amount) FROM payment_receipt WHERE payment_receipt.payment_id = payment.id), 0) AS came
                    FROM payment WHERE order_id > :after AND order_id <= :until AND gateway IN ('bank_transfer', 'cash_on_delivery')) AS known
              WHERE captured_amount <> came
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a payment has one order, asks in its currency, and for no more than it comes to, or came to before it was changed",
        sql: "SELECT payment.attempt || ': ' || payment.amount || ' ' || payment.currency || ' for '
              || coalesce(orders.number || ', which is ' || orders.total_amount || ' ' || orders.currency, 'no order') AS line
              FROM payment LEFT JOIN orders ON orders.id = payment.order_id
              WHERE payment.order_id > :after AND payment.order_id <= :until
              AND (orders.id IS NULL OR payment.currency <> orders.currency OR (payment.amount > orders.total_amount
              AND (payment.status IN ('starting', 'open', 'processing') OR NOT EXISTS (SELECT 1 FROM order_edit
              WHERE order_edit.order_id = orders.id AND order_edit.total_amount >= payment.amount))))
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "gateways keep no more of an order's money than it comes to",
        sql: "SELECT orders.number || ': ' || sum(payment.captured_amount - coalesce(back.amount, 0)) || ' of ' || orders.total_amount AS line
              FROM payment JOIN orders ON orders.id = payment.order_id
              LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund
              WHERE kind = 'surplus' AND order_id > :after AND order_id <= :until GROUP BY payment_id) AS back
              ON back.payment_id = payment.id
              WHERE payment.order_id > :after AND payment.order_id <= :until AND payment.gateway NOT IN ('bank_transfer', 'cash_on_delivery')
              GROUP BY orders.id, orders.number, orders.total_amount
              HAVING sum(payment.captured_amount - coalesce(back.amount, 0)) > orders.total_amount
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "what is refunded of a payment is the sum of its refunds, and no more than was captured",
        sql: "SELECT attempt || ': refunded ' || refunded_amount || ' of ' || captured_amount || ', but its refunds are ' || back AS line
              FROM (SELECT id, attempt, captured_amount, refunded_amount,
                    coalesce((SELECT sum(refund.amount) FROM refund WHERE refund.payment_id = payment.id), 0) AS back
                    FROM payment WHERE order_id > :after AND order_id <= :until) AS known
              WHERE refunded_amount <> back OR refunded_amount > captured_amount
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a refund is of its payment's order",
        sql: "SELECT 'refund ' || refund.id || ' of ' || payment.attempt AS line
              FROM refund JOIN payment ON payment.id = refund.payment_id
              WHERE refund.order_id > :after AND refund.order_id <= :until AND refund.order_id <> payment.order_id
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a refund of goods is the sum of its rows",
        sql: "SELECT 'refund ' || known.id || ' of ' || orders.number || ': ' || known.amount || ', but its rows are ' || known.parts AS line
              FROM (SELECT id, order_id, amount,
                    coalesce((SELECT sum(refund_line.amount) FROM refund_line WHERE refund_line.refund_id = refund.id), 0) AS parts
                    FROM refund WHERE order_id > :after AND order_id <= :until AND kind = 'goods') AS known
              JOIN orders ON orders.id = known.order_id
              WHERE known.amount - known.parts NOT IN (0, orders.rounding_amount)
              ORDER BY line LIMIT 101",
    },
];

//! Money: what came, what went back, and whose it is.

use super::books::Book;

pub(super) const MONEY: &[Book] = &[
    Book {
        holds: "a cancelled order keeps no money that is not promised back",
        sql: "SELECT orders.number || ': ' || sum(payment.captured_amount - payment.refunded_amount) AS line
              FROM orders JOIN payment ON payment.order_id = orders.id
              WHERE orders.status = 'cancelled' AND payment.captured_amount > payment.refunded_amount
              GROUP BY orders.id, orders.number
              ORDER BY orders.id LIMIT 101",
    },
    Book {
        holds: "a payment is captured when its whole amount has come, and a gateway sends all of it or nothing",
        sql: "SELECT attempt || ': ' || status || ', ' || captured_amount || ' of ' || amount AS line
              FROM payment
              WHERE (status = 'captured') <> (captured_amount >= amount)
              OR (gateway NOT IN ('bank_transfer', 'cash_on_delivery') AND captured_amount NOT IN (0, amount))
              ORDER BY id LIMIT 101",
    },
    Book {
        holds: "what is captured by hand is the sum of its receipts",
        sql: "SELECT payment.attempt || ': captured ' || payment.captured_amount || ', but received ' || coalesce(came.amount, 0) AS line
              FROM payment
              LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM payment_receipt GROUP BY payment_id) AS came
              ON came.payment_id = payment.id
              WHERE payment.gateway IN ('bank_transfer', 'cash_on_delivery') AND payment.captured_amount <> coalesce(came.amount, 0)
              ORDER BY payment.id LIMIT 101",
    },
    Book {
        holds: "a payment has one order, asks in its currency, and for no more than it comes to",
        sql: "SELECT payment.attempt || ': ' || payment.amount || ' ' || payment.currency || ' for '
              || coalesce(orders.number || ', which is ' || orders.total_amount || ' ' || orders.currency, 'no order') AS line
              FROM payment LEFT JOIN orders ON orders.id = payment.order_id
              WHERE orders.id IS NULL OR payment.currency <> orders.currency OR payment.amount > orders.total_amount
              ORDER BY payment.id LIMIT 101",
    },
    Book {
        holds: "gateways keep no more of an order's money than it comes to",
        sql: "SELECT orders.number || ': ' || sum(payment.captured_amount - coalesce(back.amount, 0)) || ' of ' || orders.total_amount AS line
              FROM payment JOIN orders ON orders.id = payment.order_id
              LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund WHERE kind = 'surplus' GROUP BY payment_id) AS back
              ON back.payment_id = payment.id
              WHERE payment.gateway NOT IN ('bank_transfer', 'cash_on_delivery')
              GROUP BY orders.id, orders.number, orders.total_amount
              HAVING sum(payment.captured_amount - coalesce(back.amount, 0)) > orders.total_amount
              ORDER BY orders.id LIMIT 101",
    },
    Book {
        holds: "what is refunded of a payment is the sum of its refunds, and no more than was captured",
        sql: "SELECT payment.attempt || ': refunded ' || payment.refunded_amount || ' of ' || payment.captured_amount
              || ', but its refunds are ' || coalesce(back.amount, 0) AS line
              FROM payment
              LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund GROUP BY payment_id) AS back
              ON back.payment_id = payment.id
              WHERE payment.refunded_amount <> coalesce(back.amount, 0) OR payment.refunded_amount > payment.captured_amount
              ORDER BY payment.id LIMIT 101",
    },
    Book {
        holds: "a refund is of its payment's order",
        sql: "SELECT 'refund ' || refund.id || ' of ' || payment.attempt AS line
              FROM refund JOIN payment ON payment.id = refund.payment_id
              WHERE refund.order_id <> payment.order_id
              ORDER BY refund.id LIMIT 101",
    },
    Book {
        holds: "a refund of goods is the sum of its rows",
        sql: "SELECT 'refund ' || refund.id || ' of ' || orders.number || ': ' || refund.amount || ', but its rows are ' || coalesce(part.amount, 0) AS line
              FROM refund JOIN orders ON orders.id = refund.order_id
              LEFT JOIN (SELECT refund_id, sum(amount) AS amount FROM refund_line GROUP BY refund_id) AS part ON part.refund_id = refund.id
              WHERE refund.kind = 'goods' AND refund.amount - coalesce(part.amount, 0) NOT IN (0, orders.rounding_amount)
              ORDER BY refund.id LIMIT 101",
    },
];

//! What follows from a change: no job and no mail is lost. Jobs that were done long ago are forgotten, so
//! these sentences begin at `:since`.

use super::books::Book;

pub(super) const OUTBOX: &[Book] = &[
    Book {
        holds: "what happened to an order has its job",
        sql: "SELECT orders.number || ': ' || order_event.kind || ', event ' || order_event.id AS line
              FROM order_event JOIN orders ON orders.id = order_event.order_id
              LEFT JOIN job ON job.kind = 'order.event' AND job.payload = '{\"event\":' || order_event.id
              || ',\"order\":' || order_event.order_id || ',\"kind\":\"' || order_event.kind || '\"}'
              WHERE order_event.happened_at > ':since' AND job.id IS NULL
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a shopper was told what became of her order, when its job is done and was not dropped",
        sql: "SELECT orders.number || ': ' || order_event.kind || ', event ' || order_event.id AS line
              FROM order_event JOIN orders ON orders.id = order_event.order_id
              JOIN job ON job.kind = 'order.event' AND job.payload = '{\"event\":' || order_event.id
              || ',\"order\":' || order_event.order_id || ',\"kind\":\"' || order_event.kind || '\"}'
              LEFT JOIN mail ON mail.event = 'order.' || order_event.kind || '/' || order_event.id AND mail.template =
              CASE order_event.kind WHEN 'shipped' THEN 'order_shipped' WHEN 'cancelled' THEN 'order_cancelled'
              WHEN 'refunded' THEN 'order_refunded' ELSE 'order_placed' END
              WHERE (order_event.kind IN ('confirmed', 'cancelled', 'refunded')
              OR (order_event.kind = 'placed' AND order_event.data NOT LIKE '%\"waits\":true%')
              OR (order_event.kind = 'shipped' AND orders.delivery_kind = 'parcel'))
              AND order_event.happened_at > ':since' AND job.done_at IS NOT NULL AND NOT job.dropped AND mail.id IS NULL AND orders.email <> ''
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a refund that waits for its gateway has a job",
        sql: "SELECT 'refund ' || refund.id AS line
              FROM refund WHERE refund.status = 'pending' AND '' || refund.id NOT IN
              (SELECT payload FROM job WHERE kind = 'payments.refund' AND done_at IS NULL)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a notice that waits has a job",
        sql: "SELECT payment_inbox.gateway || ': ' || payment_inbox.event_id AS line
              FROM payment_inbox WHERE payment_inbox.processed_at IS NULL
              AND '{\"gateway\":\"' || payment_inbox.gateway || '\",\"event\":\"' || payment_inbox.event_id || '\"}' NOT IN
              (SELECT payload FROM job WHERE kind = 'payments.notice' AND done_at IS NULL)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a mail that waits has a job",
        sql: "SELECT 'mail ' || mail.id AS line
              FROM mail WHERE mail.status = 'waiting' AND '' || mail.id NOT IN
              (SELECT payload FROM job WHERE kind = 'mail.send' AND due_at IS NOT NULL)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a mail has gone when it says so, and says when",
        sql: "SELECT 'mail ' || id || ': ' || status AS line
              FROM mail WHERE (status IN ('sent', 'kept')) <> (sent_at IS NOT NULL)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a job that has ended is in nobody's hands",
        sql: "SELECT 'job ' || id || ': ' || kind AS line
              FROM job WHERE worker IS NOT NULL AND due_at IS NULL
              ORDER BY line LIMIT 101",
    },
];

//! Papers: invoices and the credit notes that correct them.

use super::books::Book;

pub(super) const PAPERS: &[Book] = &[
    Book {
        holds: "a series of invoices has no gap",
        sql: "SELECT series.prefix || ' of ' || series.year || ': ' || count(invoice.id) || ' issued up to '
              || coalesce(max(invoice.sequence), 0) || ', but the next is ' || series.next AS line
              FROM invoice_series AS series LEFT JOIN invoice ON invoice.series_id = series.id
              GROUP BY series.id, series.prefix, series.year, series.next
              HAVING count(invoice.id) <> series.next - 1 OR coalesce(max(invoice.sequence), 0) <> series.next - 1
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "the last invoice of an order comes to what its order came to",
        sql: "SELECT invoice.number || ': ' || invoice.total_amount || ', but the order is ' || orders.total_amount AS line
              FROM invoice JOIN orders ON orders.id = invoice.order_id
              WHERE invoice.order_id > :after AND invoice.order_id <= :until
              AND invoice.kind = 'invoice' AND invoice.total_amount <> orders.total_amount
              AND NOT EXISTS (SELECT 1 FROM invoice AS later WHERE later.order_id = invoice.order_id
              AND later.kind = 'invoice' AND later.round > invoice.round)
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "credit notes come to no more than the invoice that they correct",
        sql: "SELECT number || ': ' || total_amount || ', but its credit notes are ' || credited AS line
              FROM (SELECT invoice.number, invoice.total_amount,
              (SELECT sum(note.total_amount) FROM invoice AS note WHERE note.corrects_id = invoice.id) AS credited
              FROM invoice WHERE invoice.order_id > :after AND invoice.order_id <= :until) AS corrected
              WHERE credited > total_amount
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a refund of goods has a credit note, if there was an invoice to correct",
        sql: "SELECT 'refund ' || refund.id || ' of ' || invoice.number AS line
              FROM refund JOIN invoice ON invoice.order_id = refund.order_id AND invoice.kind = 'invoice'
              WHERE refund.order_id > :after AND refund.order_id <= :until
              AND refund.kind = 'goods' AND refund.credit_note_id IS NULL AND invoice.issued_at < refund.created_at
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a credit note is of its refund's order, and comes to the same",
        sql: "SELECT note.number || ': ' || note.total_amount || ', but refund ' || refund.id || ' is ' || refund.amount AS line
              FROM refund JOIN invoice AS note ON note.id = refund.credit_note_id
              WHERE refund.order_id > :after AND refund.order_id <= :until
              AND (note.kind <> 'credit_note' OR note.order_id <> refund.order_id OR (note.total_amount <> refund.amount
              AND NOT EXISTS (SELECT 1 FROM refund AS earlier WHERE earlier.order_id = refund.order_id
              AND earlier.kind = 'goods' AND earlier.credit_note_id IS NULL)))
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "a credit note of an order that was paid has one refund, but for one that was cancelled or changed",
        sql: "SELECT note.number || ': ' || count(refund.id) || ' refunds' AS line
              FROM invoice AS note JOIN orders ON orders.id = note.order_id LEFT JOIN refund ON refund.credit_note_id = note.id
              WHERE note.order_id > :after AND note.order_id <= :until AND note.kind = 'credit_note'
              GROUP BY note.id, note.number, note.order_id, orders.status
              HAVING count(refund.id) > 1 OR (count(refund.id) = 0 AND orders.status <> 'cancelled'
              AND EXISTS (SELECT 1 FROM payment WHERE payment.order_id = note.order_id AND payment.captured_amount > 0)
              AND NOT EXISTS (SELECT 1 FROM order_event WHERE order_event.order_id = note.order_id AND order_event.kind IN ('reopened', 'edited')))
              ORDER BY line LIMIT 101",
    },
    Book {
        holds: "an invoice is taken back when another takes its place, and that of an order that was cancelled is taken back",
        sql: "SELECT invoice.number || ': ' || invoice.total_amount || ', but its credit notes are ' || coalesce(sum(note.total_amount), 0) AS line
              FROM invoice JOIN orders ON orders.id = invoice.order_id LEFT JOIN invoice AS note ON note.corrects_id = invoice.id
              WHERE invoice.order_id > :after AND invoice.order_id <= :until AND invoice.kind = 'invoice'
              AND (orders.status = 'cancelled' OR EXISTS (SELECT 1 FROM invoice AS later WHERE later.order_id = invoice.order_id
              AND later.kind = 'invoice' AND later.round > invoice.round))
              GROUP BY invoice.id, invoice.number, invoice.total_amount
              HAVING invoice.total_amount <> coalesce(sum(note.total_amount), 0)
              ORDER BY line LIMIT 101",
    },
];

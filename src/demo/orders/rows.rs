//! Which rows belong to an order, and what of them is a copy's own: ids, which are moved by the copy's
//! `shift`, moments, and names that must be its own. The others are taken as they are.

/// A row of one table for each row that a template has in it.
pub(super) struct Rows {
    pub table: &'static str,
    /// Where they are found, as `t`.
    pub from: &'static str,
    /// Columns that are the copy's own; an empty one is left to the database.
    pub own: &'static [(&'static str, &'static str)],
    /// Columns that hold an instant, or a day.
    pub moments: &'static [&'static str],
    pub days: &'static [&'static str],
}

/// In the order in which rows refer to each other. `{random}` is 32 hexadecimal digits.
pub(super) const ROWS: &[Rows] = &[
    Rows {
        table: "orders",
        from: "orders AS t LEFT JOIN customer ON customer.email_key = sheet.email WHERE t.id = sheet.template",
        own: &[
            ("id", "sheet.id"),
            ("number", "sheet.number"),
            ("token", "sheet.token"),
            ("cart_id", "{random}"),
            ("email", "sheet.email"),
            ("email_key", "sheet.email"),
            ("customer_id", "customer.id"),
        ],
        moments: &["placed_at", "pay_until"],
        days: &["deliver_from", "deliver_until"],
    },
    Rows {
        table: "order_line",
        from: "order_line AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_tax",
        from: "order_tax AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_discount",
        from: "order_discount AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_address",
        from: "order_address AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id"), ("name", "sheet.name")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "redemption",
        from: "redemption AS t WHERE t.order_id = sheet.template",
        own: &[("order_id", "sheet.id"), ("customer_key", "sheet.email")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_event",
        // No story has two returns, or two refunds.
        from: "order_event AS t LEFT JOIN refund ON refund.order_id = t.order_id
               LEFT JOIN order_return ON order_return.order_id = t.order_id WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            (
                "data",
                "replace(replace(t.data, '\"refund\":' || coalesce(refund.id, 0), '\"refund\":' || (coalesce(refund.id, 0) + sheet.shift)),
                 '\"return\":' || coalesce(order_return.id, 0), '\"return\":' || (coalesce(order_return.id, 0) + sheet.shift))",
            ),
        ],
        moments: &["happened_at"],
        days: &[],
    },
    Rows {
        table: "payment",
        from: "payment AS t WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            ("attempt", "{random}"),
            ("reference", "CASE WHEN t.reference IS NOT NULL THEN 'cs_' || {random} END"),
        ],
        moments: &["expires_at", "checked_at", "created_at"],
        days: &[],
    },
    Rows {
        table: "payment_receipt",
        from: "payment CROSS JOIN payment_receipt AS t WHERE payment.order_id = sheet.template AND t.payment_id = payment.id",
        own: &[("id", ""), ("payment_id", "t.payment_id + sheet.shift")],
        moments: &["received_at"],
        days: &[],
    },
    Rows {
        table: "shipment",
        from: "shipment AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &["shipped_at"],
        days: &[],
    },
    Rows {
        table: "shipment_line",
        from: "shipment CROSS JOIN shipment_line AS t WHERE shipment.order_id = sheet.template AND t.shipment_id = shipment.id",
        own: &[
            ("shipment_id", "t.shipment_id + sheet.shift"),
            ("order_line_id", "t.order_line_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "order_return",
        from: "order_return AS t WHERE t.order_id = sheet.template",
        own: &[("id", "t.id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &["requested_at"],
        days: &[],
    },
    Rows {
        table: "order_return_line",
        from: "order_return CROSS JOIN order_return_line AS t
               WHERE order_return.order_id = sheet.template AND t.order_return_id = order_return.id",
        own: &[
            ("order_return_id", "t.order_return_id + sheet.shift"),
            ("order_line_id", "t.order_line_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "invoice",
        from: "paper CROSS JOIN invoice AS t WHERE paper.nth = sheet.nth AND t.id = paper.id",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("series_id", "paper.series_id"),
            ("sequence", "paper.sequence"),
            ("number", "paper.number"),
            ("document", "paper.document"),
            ("order_id", "sheet.id"),
            ("corrects_id", "t.corrects_id + sheet.shift"),
        ],
        moments: &["issued_at"],
        days: &[],
    },
    Rows {
        table: "invoice_credit",
        from: "invoice CROSS JOIN invoice_credit AS t WHERE invoice.order_id = sheet.template AND t.credit_note_id = invoice.id",
        own: &[
            ("credit_note_id", "t.credit_note_id + sheet.shift"),
            ("invoice_id", "t.invoice_id + sheet.shift"),
        ],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "refund",
        from: "refund AS t WHERE t.order_id = sheet.template",
        own: &[
            ("id", "t.id + sheet.shift"),
            ("order_id", "sheet.id"),
            ("payment_id", "t.payment_id + sheet.shift"),
            ("credit_note_id", "t.credit_note_id + sheet.shift"),
            ("order_return_id", "t.order_return_id + sheet.shift"),
            ("idempotency_key", "{random}"),
        ],
        moments: &["created_at", "settled_at"],
        days: &[],
    },
    Rows {
        table: "refund_line",
        from: "refund_line AS t WHERE t.order_id = sheet.template",
        own: &[("refund_id", "t.refund_id + sheet.shift"), ("order_id", "sheet.id")],
        moments: &[],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "order_line CROSS JOIN stock_move AS t WHERE order_line.order_id = sheet.template
               AND t.kind IN ('allocated', 'released') AND t.cause = 'order:' || order_line.order_id || ':' || order_line.position",
        own: &[("id", ""), ("cause", "'order:' || sheet.id || ':' || order_line.position")],
        moments: &["moved_at"],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "shipment CROSS JOIN shipment_line CROSS JOIN order_line CROSS JOIN stock_move AS t
               WHERE shipment.order_id = sheet.template AND shipment_line.shipment_id = shipment.id
               AND order_line.id = shipment_line.order_line_id
               AND t.kind = 'shipped' AND t.cause = 'shipment:' || shipment.id || ':' || order_line.position",
        own: &[
            ("id", ""),
            ("cause", "'shipment:' || (shipment.id + sheet.shift) || ':' || order_line.position"),
        ],
        moments: &["moved_at"],
        days: &[],
    },
    Rows {
        table: "stock_move",
        from: "order_return CROSS JOIN order_return_line CROSS JOIN order_line CROSS JOIN stock_move AS t
               WHERE order_return.order_id = sheet.template AND order_return_line.order_return_id = order_return.id
               AND order_line.id = order_return_line.order_line_id
               AND t.kind = 'returned' AND t.cause = 'return:' || order_return.id || ':' || order_line.position",
        own: &[
            ("id", ""),
            ("cause", "'return:' || (order_return.id + sheet.shift) || ':' || order_line.position"),
        ],
        moments: &["moved_at"],
        days: &[],
    },
];

/// The mails of what happened of late, in the words of the template's, days included.
pub(super) const MAILS: Rows = Rows {
    table: "mail",
    from: "order_event AS e CROSS JOIN orders CROSS JOIN mail AS t
           WHERE e.order_id = sheet.template AND {e.happened_at} > '{since}' AND orders.id = sheet.template
           AND t.event = 'order.' || e.kind || '/' || e.id",
    own: &[
        ("id", ""),
        ("event", "'order.' || e.kind || '/' || (e.id + sheet.shift)"),
        ("order_id", "sheet.id"),
        ("recipient", "replace(t.recipient, orders.email, sheet.email)"),
        ("reply_to", "replace(t.reply_to, orders.email, sheet.email)"),
        ("message_id", "{random} || '@example.com'"),
        ("subject", "replace(t.subject, orders.number, sheet.number)"),
        ("text", "replace(replace(t.text, orders.number, sheet.number), orders.token, sheet.token)"),
        ("html", "replace(replace(t.html, orders.number, sheet.number), orders.token, sheet.token)"),
        ("status", "'sent'"),
        ("created_at", "{e.happened_at}"),
        ("sent_at", "{e.happened_at}"),
    ],
    moments: &[],
    days: &[],
};

/// What followed from what happened of late is done.
pub(super) const JOBS: &str = "
    INSERT INTO job (queue, kind, payload, created_at, attempts, done_at, last_error)
    SELECT 'shop', 'order.event', '{\"event\":' || (e.id + sheet.shift) || ',\"order\":' || sheet.id || ',\"kind\":\"' || e.kind || '\"}',
    {e.happened_at}, 1, {e.happened_at}, ''
    FROM sheet CROSS JOIN order_event AS e WHERE e.order_id = sheet.template AND {e.happened_at} > '{since}'";

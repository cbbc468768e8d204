-- Money: tries to pay an order, what was received by hand, what gateways tell, and refunds. Amounts are minor units of `currency`.

-- A try to pay. `attempt` is random and names it to the gateway for ever: the key of every repeat.
-- `refunded_amount` counts what refunds take of it from the moment that they are written.
CREATE TABLE payment (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  attempt TEXT NOT NULL CONSTRAINT payment_attempt_key UNIQUE,
  gateway TEXT NOT NULL,
  reference TEXT,
  live INTEGER NOT NULL,
  currency TEXT NOT NULL CONSTRAINT payment_currency_code CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CONSTRAINT payment_amount_range CHECK (amount > 0),
  status TEXT NOT NULL CONSTRAINT payment_status_known CHECK (status IN ('starting', 'open', 'processing', 'captured', 'failed', 'expired')),
  captured_amount INTEGER NOT NULL DEFAULT 0,
  refunded_amount INTEGER NOT NULL DEFAULT 0,
  redirect_url TEXT NOT NULL DEFAULT '',
  trouble TEXT NOT NULL DEFAULT '',
  expires_at TEXT,
  checked_at TEXT,
  created_at TEXT NOT NULL,
  CONSTRAINT payment_refunds_within_captures CHECK (0 <= refunded_amount AND refunded_amount <= captured_amount),
  CONSTRAINT payment_gateway_reference_key UNIQUE (gateway, reference)
) STRICT;
CREATE INDEX payment_order_id ON payment (order_id, id);
CREATE INDEX payment_status ON payment (status, created_at);

-- What staff saw arrive: the sum of a payment's receipts is what is captured of it.
CREATE TABLE payment_receipt (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  payment_id INTEGER NOT NULL REFERENCES payment (id),
  amount INTEGER NOT NULL CONSTRAINT payment_receipt_amount_range CHECK (amount > 0),
  reference TEXT NOT NULL,
  actor TEXT NOT NULL,
  received_at TEXT NOT NULL,
  CONSTRAINT payment_receipt_once_key UNIQUE (payment_id, reference)
) STRICT;

-- What shoppers upload to show that they have paid; for staff alone.
CREATE TABLE payment_proof (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL CONSTRAINT payment_proof_few CHECK (position BETWEEN 0 AND 4),
  media_type TEXT NOT NULL CONSTRAINT payment_proof_media_type_known CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes BLOB NOT NULL,
  uploaded_at TEXT NOT NULL,
  CONSTRAINT payment_proof_order_position_key UNIQUE (order_id, position)
) STRICT;

-- What gateways send, kept before anything is done about it.
CREATE TABLE payment_inbox (
  gateway TEXT NOT NULL,
  event_id TEXT NOT NULL,
  attempt TEXT,
  reference TEXT,
  payload TEXT NOT NULL,
  received_at TEXT NOT NULL,
  processed_at TEXT,
  error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (gateway, event_id)
) STRICT;
CREATE INDEX payment_inbox_processed_at ON payment_inbox (processed_at, received_at);

CREATE TABLE refund (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  payment_id INTEGER NOT NULL REFERENCES payment (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  amount INTEGER NOT NULL CONSTRAINT refund_amount_range CHECK (amount > 0),
  kind TEXT NOT NULL CONSTRAINT refund_kind_known CHECK (kind IN ('goods', 'surplus', 'goodwill')),
  reason TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT refund_status_known CHECK (status IN ('pending', 'done', 'failed', 'by_hand')),
  idempotency_key TEXT NOT NULL CONSTRAINT refund_idempotency_key_key UNIQUE,
  credit_note_id INTEGER REFERENCES invoice (id),
  actor TEXT NOT NULL,
  created_at TEXT NOT NULL,
  settled_at TEXT
) STRICT;
CREATE INDEX refund_payment_id ON refund (payment_id);
CREATE INDEX refund_order_id ON refund (order_id, id);
CREATE INDEX refund_credit_note_id ON refund (credit_note_id);
CREATE INDEX refund_status ON refund (status, created_at);

-- The rows are a part of what the payment gives: nobody writes one past its counter.
CREATE TRIGGER refund_is_counted BEFORE INSERT ON refund
WHEN NEW.amount + (SELECT COALESCE(SUM(amount), 0) FROM refund WHERE payment_id = NEW.payment_id)
  > (SELECT refunded_amount FROM payment WHERE id = NEW.payment_id)
BEGIN
  SELECT RAISE(ABORT, 'more is refunded than was taken of the payment');
END;

-- Which units of which row of the bill come back: `line:0`, `delivery`, `fee:0`, as in invoice_credit.
CREATE TABLE refund_line (
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  row_key TEXT NOT NULL,
  from_unit INTEGER NOT NULL CONSTRAINT refund_line_from_unit_range CHECK (from_unit >= 0),
  to_unit INTEGER NOT NULL,
  amount INTEGER NOT NULL CONSTRAINT refund_line_amount_range CHECK (amount >= 0),
  PRIMARY KEY (refund_id, row_key),
  CONSTRAINT refund_line_units_ascend CHECK (to_unit > from_unit),
  CONSTRAINT refund_line_once_key UNIQUE (order_id, row_key, from_unit)
) STRICT;

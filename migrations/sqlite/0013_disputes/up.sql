-- Payments that a shopper's bank takes back, or tries to: for staff, who answer at the gateway. Amounts are minor units of the payment.
CREATE TABLE payment_dispute (
  payment_id INTEGER NOT NULL REFERENCES payment (id),
  reference TEXT NOT NULL,
  amount INTEGER NOT NULL CONSTRAINT payment_dispute_amount_range CHECK (amount > 0),
  reason TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT payment_dispute_status_known CHECK (status IN ('open', 'won', 'lost')),
  opened_at TEXT NOT NULL,
  moved_at TEXT NOT NULL,
  PRIMARY KEY (payment_id, reference)
) STRICT;

-- What gateways are asked for has a queue of its own.
UPDATE job SET queue = 'gateway' WHERE kind LIKE 'payments.%';

-- Payments of the gateway that moves no money, as it keeps them: the shop's own row is in `payment`.
-- `reference` is what it calls one; amounts are minor units of `currency`.
CREATE TABLE rehearsal (
  reference TEXT NOT NULL PRIMARY KEY,
  attempt TEXT NOT NULL CONSTRAINT rehearsal_attempt_key UNIQUE,
  order_number TEXT NOT NULL,
  currency TEXT NOT NULL CONSTRAINT rehearsal_currency_code CHECK (length(currency) = 3),
  amount BIGINT NOT NULL CONSTRAINT rehearsal_amount_range CHECK (amount > 0),
  status TEXT NOT NULL CONSTRAINT rehearsal_status_known CHECK (status IN ('open', 'processing', 'captured', 'failed', 'expired')),
  refunded_amount BIGINT NOT NULL CONSTRAINT rehearsal_refunds_within_amount CHECK (refunded_amount BETWEEN 0 AND amount),
  return_url TEXT NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  created_at TIMESTAMP NOT NULL
);

-- Money that it has given back, once for each key.
CREATE TABLE rehearsal_refund (
  idempotency_key TEXT NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL REFERENCES rehearsal (reference),
  amount BIGINT NOT NULL CONSTRAINT rehearsal_refund_amount_range CHECK (amount > 0)
);
CREATE INDEX rehearsal_refund_reference ON rehearsal_refund (reference);

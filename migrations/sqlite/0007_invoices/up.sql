-- Invoices and credit notes: numbered without gaps, issued once, never changed. Amounts are minor units of `currency`.

-- `next` is moved on by the transaction that takes a number, and by nothing else.
CREATE TABLE invoice_series (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CONSTRAINT invoice_series_kind_known CHECK (kind IN ('invoice', 'credit_note')),
  year INTEGER NOT NULL,
  prefix TEXT NOT NULL,
  next INTEGER NOT NULL CONSTRAINT invoice_series_next_range CHECK (next >= 1),
  CONSTRAINT invoice_series_kind_year_prefix_key UNIQUE (kind, year, prefix)
) STRICT;

-- `document` is the whole paper as JSON (invoices/document.rs); the amounts beside it are copies for sums and lists.
CREATE TABLE invoice (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  series_id INTEGER NOT NULL REFERENCES invoice_series (id),
  sequence INTEGER NOT NULL CONSTRAINT invoice_sequence_range CHECK (sequence >= 1),
  number TEXT NOT NULL CONSTRAINT invoice_number_key UNIQUE,
  kind TEXT NOT NULL CONSTRAINT invoice_kind_known CHECK (kind IN ('invoice', 'credit_note')),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  corrects_id INTEGER REFERENCES invoice (id),
  issued_at TEXT NOT NULL,
  locale TEXT NOT NULL,
  currency TEXT NOT NULL CONSTRAINT invoice_currency_code CHECK (length(currency) = 3),
  document TEXT NOT NULL,
  net_amount INTEGER NOT NULL CONSTRAINT invoice_net_amount_range CHECK (net_amount >= 0),
  tax_amount INTEGER NOT NULL CONSTRAINT invoice_tax_amount_range CHECK (tax_amount >= 0),
  rounding_amount INTEGER NOT NULL,
  total_amount INTEGER NOT NULL CONSTRAINT invoice_total_amount_range CHECK (total_amount >= 0),
  CONSTRAINT invoice_adds_up CHECK (net_amount + tax_amount + rounding_amount = total_amount),
  CONSTRAINT invoice_credit_note_corrects CHECK ((kind = 'credit_note') = (corrects_id IS NOT NULL)),
  CONSTRAINT invoice_series_sequence_key UNIQUE (series_id, sequence)
) STRICT;
CREATE INDEX invoice_order_id ON invoice (order_id, id);
CREATE UNIQUE INDEX invoice_one_for_an_order ON invoice (order_id) WHERE kind = 'invoice';
CREATE INDEX invoice_corrects_id ON invoice (corrects_id);
CREATE INDEX invoice_issued_at ON invoice (issued_at, id);

-- Which units of which row of an invoice a credit note gives back, from one until before another.
-- `row_key` is a row of the document: `line:0`, `delivery`, `fee:0`.
CREATE TABLE invoice_credit (
  credit_note_id INTEGER NOT NULL REFERENCES invoice (id),
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  row_key TEXT NOT NULL,
  from_unit INTEGER NOT NULL CONSTRAINT invoice_credit_from_unit_range CHECK (from_unit >= 0),
  to_unit INTEGER NOT NULL,
  PRIMARY KEY (credit_note_id, row_key),
  CONSTRAINT invoice_credit_units_ascend CHECK (to_unit > from_unit),
  CONSTRAINT invoice_credit_once_key UNIQUE (invoice_id, row_key, from_unit)
) STRICT;

CREATE TRIGGER invoice_is_never_changed BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;
CREATE TRIGGER invoice_is_never_deleted BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never deleted'); END;

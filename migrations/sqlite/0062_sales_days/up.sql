-- What was sold, in sums over days that are over (src/reports). All of it can be reckoned anew from orders and refunds.

-- A day whose sums are kept: by the shop's clock, from one instant to before another.
CREATE TABLE sales_day (
  day TEXT NOT NULL PRIMARY KEY,
  begins_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  CONSTRAINT sales_day_ends_later CHECK (ends_at > begins_at)
) STRICT;

-- 64 days, by the first of them: whoever sums up one of them writes this row first, so that no two do that at once.
CREATE TABLE sales_block (
  first_day TEXT NOT NULL PRIMARY KEY
) STRICT;

-- What orders came to on a day by what they are about: `item`, `note` and `ppm` are those of src/reports/entries.rs.
-- Amounts are minor units of `currency`. `days` is how many days the sum is of, of which `day` is the first.
CREATE TABLE sales_sum (
  report TEXT NOT NULL CONSTRAINT sales_sum_report_known CHECK (report IN ('countries', 'products', 'discounts', 'taxes')),
  days INTEGER NOT NULL CONSTRAINT sales_sum_days_known CHECK (days IN (1, 8, 64)),
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  item TEXT NOT NULL,
  note TEXT NOT NULL,
  ppm INTEGER NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  list_amount INTEGER NOT NULL,
  discount_amount INTEGER NOT NULL,
  extra_amount INTEGER NOT NULL,
  net_amount INTEGER NOT NULL,
  tax_amount INTEGER NOT NULL,
  rounding_amount INTEGER NOT NULL,
  gross_amount INTEGER NOT NULL,
  back_amount INTEGER NOT NULL,
  PRIMARY KEY (report, days, day, currency, item, note, ppm)
) STRICT, WITHOUT ROWID;

-- An instant of which something has changed since: its day is reckoned anew. Written by triggers in the transaction of the
-- change, and only ever added to, so that no two changes wait for each other. What is not half an hour old is of no
-- day that is kept.
CREATE TABLE sales_change (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX sales_change_at ON sales_change (at);

CREATE TRIGGER orders_are_late AFTER INSERT ON orders
WHEN NEW.placed_at < strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 minutes')
BEGIN
  INSERT INTO sales_change (at) VALUES (NEW.placed_at);
END;

CREATE TRIGGER orders_count_otherwise AFTER UPDATE OF status, placed_at, currency, country, total_amount, bill ON orders
WHEN (OLD.placed_at < strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 minutes') OR NEW.placed_at < strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 minutes'))
AND ((OLD.status IN ('pending', 'cancelled')) <> (NEW.status IN ('pending', 'cancelled')) OR OLD.placed_at <> NEW.placed_at
OR OLD.currency <> NEW.currency OR OLD.country <> NEW.country OR OLD.total_amount <> NEW.total_amount OR OLD.bill <> NEW.bill)
BEGIN
  INSERT INTO sales_change (at) VALUES (OLD.placed_at), (NEW.placed_at);
END;

-- Another way to pay may move real money where none moved before.
CREATE TRIGGER payment_of_a_late_order AFTER INSERT ON payment BEGIN
  INSERT INTO sales_change (at) SELECT placed_at FROM orders
  WHERE id = NEW.order_id AND placed_at < strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 minutes');
END;

CREATE TRIGGER payment_is_real_or_not AFTER UPDATE OF live ON payment BEGIN
  INSERT INTO sales_change (at) SELECT placed_at FROM orders WHERE id = NEW.order_id;
END;

CREATE TRIGGER refund_is_late AFTER INSERT ON refund
WHEN NEW.created_at < strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 minutes')
BEGIN
  INSERT INTO sales_change (at) VALUES (NEW.created_at);
END;

CREATE TRIGGER refund_counts_otherwise AFTER UPDATE OF created_at, amount, kind ON refund BEGIN
  INSERT INTO sales_change (at) VALUES (OLD.created_at), (NEW.created_at);
END;

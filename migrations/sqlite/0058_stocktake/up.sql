-- A count sheet: what is to be counted, what was counted, and what was made of it. `since_move` is the end of the ledger when it
-- was made; `version` moves on with everything that is typed in.
CREATE TABLE stocktake (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CONSTRAINT stocktake_name_length CHECK (length(name) BETWEEN 1 AND 200),
  status TEXT NOT NULL CONSTRAINT stocktake_status_known CHECK (status IN ('making', 'open', 'booking', 'booked')),
  version INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  currency TEXT NOT NULL CONSTRAINT stocktake_currency_code CHECK (length(currency) = 3),
  since_move INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  booked_at TEXT,
  booked_by TEXT NOT NULL,
  CONSTRAINT stocktake_counts_its_lines CHECK (counted BETWEEN 0 AND lines),
  CONSTRAINT stocktake_is_booked_once CHECK ((booked_at IS NULL) = (status IN ('making', 'open')))
) STRICT;

-- What lay there by the ledger when it was counted stands beside the count, so that nothing that was sent or came afterwards
-- falsifies it. `unit_amount` is what one cost everybody then.
CREATE TABLE stocktake_line (
  stocktake_id INTEGER NOT NULL REFERENCES stocktake (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
  counted INTEGER CONSTRAINT stocktake_line_counted_range CHECK (counted IS NULL OR counted BETWEEN 0 AND 1000000),
  expected INTEGER,
  unit_amount INTEGER,
  counted_at TEXT,
  counted_by TEXT NOT NULL,
  outcome TEXT CONSTRAINT stocktake_line_outcome_known CHECK (outcome IS NULL OR outcome IN ('booked', 'left')),
  PRIMARY KEY (stocktake_id, number),
  CONSTRAINT stocktake_line_variant_key UNIQUE (stocktake_id, variant_id),
  CONSTRAINT stocktake_line_is_counted_whole CHECK ((counted IS NULL) = (expected IS NULL) AND (counted IS NULL) = (counted_at IS NULL))
) STRICT;
CREATE INDEX stocktake_line_variant_id ON stocktake_line (variant_id, counted_at);
CREATE INDEX stocktake_line_differs ON stocktake_line (stocktake_id, number) WHERE counted <> expected;
CREATE INDEX stocktake_line_to_book ON stocktake_line (stocktake_id, variant_id) WHERE counted IS NOT NULL AND outcome IS NULL;

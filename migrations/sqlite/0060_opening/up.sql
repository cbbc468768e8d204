-- A new shop is closed until it is opened; one that was there before stays open.
INSERT INTO setting (key, value)
SELECT 'open', 'true'
WHERE EXISTS (SELECT 1 FROM setting) OR EXISTS (SELECT 1 FROM staff) OR EXISTS (SELECT 1 FROM product);

-- Which questions of the first five minutes the owner has answered.
CREATE TABLE opening_step (
  code TEXT NOT NULL PRIMARY KEY,
  answered_at TEXT NOT NULL
) STRICT;

-- What the demo has put beside the owner's own goods: the kind of a thing, and its id there.
CREATE TABLE demo_thing (
  kind TEXT NOT NULL CONSTRAINT demo_thing_kind_known CHECK (kind IN ('product', 'category', 'brand', 'attribute', 'option')),
  thing_id INTEGER NOT NULL,
  PRIMARY KEY (kind, thing_id)
) STRICT;

-- A change of many products at once: who, what (JSON), and how far it is.
CREATE TABLE bulk_edit (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  change TEXT NOT NULL,
  stage TEXT NOT NULL CONSTRAINT bulk_edit_stage_known CHECK (stage IN ('doing', 'done', 'undoing', 'undone')),
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX bulk_edit_staff_id ON bulk_edit (staff_id);
CREATE INDEX bulk_edit_made_at ON bulk_edit (made_at);

-- Each product of it, with what was there before and after (JSON), or why it was left alone.
CREATE TABLE bulk_change (
  bulk_edit_id INTEGER NOT NULL REFERENCES bulk_edit (id) ON DELETE CASCADE,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  stand TEXT NOT NULL CONSTRAINT bulk_change_stand_known CHECK (stand IN ('waiting', 'done', 'same', 'left', 'undone', 'kept')),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (bulk_edit_id, product_id)
) STRICT;
CREATE INDEX bulk_change_product_id ON bulk_change (product_id);
CREATE INDEX bulk_change_next ON bulk_change (bulk_edit_id, stand, product_id);

-- Goods that come as a file: how far each file is, what is wrong with it, and what it has changed of each product, so that
-- it can be undone.
CREATE TABLE goods_import (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  size INTEGER NOT NULL,
  dialect TEXT NOT NULL CONSTRAINT goods_import_dialect_known CHECK (dialect IN ('own', 'shopify', 'woocommerce')),
  ignored TEXT NOT NULL,
  stock TEXT NOT NULL CONSTRAINT goods_import_stock_known CHECK (stock IN ('nowhere', 'new', 'all')),
  state TEXT NOT NULL CONSTRAINT goods_import_state_known CHECK (state IN ('checking', 'unread', 'checked', 'running', 'stopped', 'done', 'undoing', 'undone')),
  at_byte INTEGER NOT NULL,
  at_line INTEGER NOT NULL,
  made INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  same INTEGER NOT NULL,
  wrong INTEGER NOT NULL,
  problems INTEGER NOT NULL,
  undone INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX goods_import_staff_id ON goods_import (staff_id);
CREATE INDEX goods_import_created_at ON goods_import (created_at);

CREATE TABLE goods_import_problem (
  import_id INTEGER NOT NULL REFERENCES goods_import (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  cell TEXT NOT NULL,
  message TEXT NOT NULL,
  is_note INTEGER NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT;

CREATE TABLE goods_import_item (
  import_id INTEGER NOT NULL REFERENCES goods_import (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  handle TEXT NOT NULL,
  effect TEXT NOT NULL CONSTRAINT goods_import_item_effect_known CHECK (effect IN ('made', 'changed')),
  version INTEGER NOT NULL,
  changes TEXT NOT NULL,
  PRIMARY KEY (import_id, line)
) STRICT;

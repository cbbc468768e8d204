-- What header and footer lead to; a menu without a row is the one that the shop has of itself. Entries below another stand in
-- its menu; `position` counts among those of one parent. Labels are optional where what it leads to has a name.
CREATE TABLE menu_item (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  menu TEXT NOT NULL CONSTRAINT menu_item_menu_known CHECK (menu IN ('header', 'footer')),
  parent_id INTEGER REFERENCES menu_item (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  category_id INTEGER REFERENCES category (id) ON DELETE CASCADE,
  page_id INTEGER REFERENCES page (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  CONSTRAINT menu_item_leads_to_one CHECK (category_id IS NULL OR (page_id IS NULL AND address = '')),
  CONSTRAINT menu_item_page_alone CHECK (page_id IS NULL OR address = '')
) STRICT;
CREATE INDEX menu_item_parent_id ON menu_item (parent_id);
CREATE INDEX menu_item_category_id ON menu_item (category_id);
CREATE INDEX menu_item_page_id ON menu_item (page_id);

CREATE TABLE menu_item_text (
  menu_item_id INTEGER NOT NULL REFERENCES menu_item (id) ON DELETE CASCADE,
  locale TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (menu_item_id, locale)
) STRICT;

-- A list of the back office as somebody of the staff has narrowed it, under a name of hers: what its address asks for.
CREATE TABLE saved_view (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  list TEXT NOT NULL CONSTRAINT saved_view_list_known CHECK (list IN ('products', 'orders')),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  CONSTRAINT saved_view_staff_id_list_name_key UNIQUE (staff_id, list, name)
) STRICT;

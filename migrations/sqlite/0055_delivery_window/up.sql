-- When a way of delivery is offered: from the first moment until just before the last; always where none is said.
ALTER TABLE delivery_method ADD COLUMN starts_at TEXT;
ALTER TABLE delivery_method ADD COLUMN ends_at TEXT CONSTRAINT delivery_method_window_ascends CHECK (ends_at > starts_at);

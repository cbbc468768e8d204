-- What an order came to before staff changed it, each time: its bill, and what that was reckoned from. The order itself says what it comes to now.
CREATE TABLE order_edit (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  edited_at TEXT NOT NULL,
  total_amount INTEGER NOT NULL CONSTRAINT order_edit_total_amount_range CHECK (total_amount >= 0),
  quote_request TEXT NOT NULL,
  bill TEXT NOT NULL,
  PRIMARY KEY (order_id, position)
) STRICT;

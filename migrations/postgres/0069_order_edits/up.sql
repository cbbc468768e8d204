-- What an order came to before staff changed it, each time: its bill, and what that was reckoned from. The order itself says what it comes to now.
CREATE TABLE order_edit (
  order_id BIGINT NOT NULL REFERENCES orders (id),
  position BIGINT NOT NULL,
  edited_at TIMESTAMP NOT NULL,
  total_amount BIGINT NOT NULL CONSTRAINT order_edit_total_amount_range CHECK (total_amount >= 0),
  quote_request TEXT NOT NULL,
  bill TEXT NOT NULL,
  PRIMARY KEY (order_id, position)
);

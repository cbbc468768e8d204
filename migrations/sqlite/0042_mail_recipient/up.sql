-- What was written to somebody and is about no order is found by it when she asks for it, or to be forgotten.
CREATE INDEX mail_lower_recipient ON mail (lower(recipient)) WHERE order_id IS NULL;

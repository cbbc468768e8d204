-- What lay on the shelf of each category, and what it would have brought, when it was last reckoned (src/reports/worth.rs).
-- `category` is a slug, empty for none. Empty in a shop with few goods, of which it is reckoned when somebody asks.
CREATE TABLE stock_worth (
  currency TEXT NOT NULL CONSTRAINT stock_worth_currency_code CHECK (length(currency) = 3),
  category TEXT NOT NULL,
  units BIGINT NOT NULL,
  unpriced BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  PRIMARY KEY (currency, category)
);

-- What a promotion gave with each order, in minor units of its currency, so that lists say how much it gave in all.
ALTER TABLE redemption ADD COLUMN amount BIGINT NOT NULL DEFAULT 0 CONSTRAINT redemption_amount_range CHECK (amount >= 0);
UPDATE redemption SET amount = coalesce(
  (SELECT sum(order_discount.amount) FROM order_discount
   JOIN promotion ON promotion.slug = order_discount.promotion_slug
   WHERE order_discount.order_id = redemption.order_id AND promotion.id = redemption.promotion_id),
  0);
CREATE INDEX redemption_amount ON redemption (promotion_id, amount);

# The first five minutes of a shop, and a closed one: src/admin/start/, src/admin/closed.rs.
admin-start = Set up your shop
start-lead = Every step is saved by itself. Skip what you do not know yet: it stays on this list.
start-steps = Steps
start-done = Done
start-to-do = To do
start-save = Save and go on
start-skip = Skip for now
start-next = Go on
start-look = Look at your shop
start-is-open = Open
start-is-closed = Closed
start-open-heading = Open the shop
start-open-advice = Nothing is missing. From then on everybody sees your shop and can order; you can close it again at any time.
start-missing = This is still missing:
start-open = Open the shop
start-open-anyway = Open it all the same
start-close-heading = Close the shop
start-close-advice = Shoppers see that the shop is closed, and nobody orders. Whoever has ordered can still follow, pay and return her order. You and your colleagues still see the shop.
start-close = Close the shop
start-opened = Your shop is open.
start-closed = Your shop is closed. Only you and your colleagues see it.
start-not-told = The shop is still closed: meanwhile something else is missing. Look at the list and open it again.
start-goods = Demo goods
start-goods-advice = 59 products with pictures, to see what your shop looks like. You can take them out again in one step; what you have made yourself is not touched.
start-goods-add = Add demo goods
start-goods-remove-advice = Takes all demo goods out with their categories and brands. What you have made or changed yourself stays; what somebody has ordered is archived.
start-goods-remove = Remove demo goods
start-goods-added = The demo goods are in your shop.
start-goods-removed = { $gone ->
    [one] 1 product is removed.
   *[other] { $gone } products are removed.
} { $stay ->
    [0] Nothing of them is left.
    [one] 1 stays, as it was changed or ordered.
   *[other] { $stay } stay, as they were changed or ordered.
}
start-goods-taken = Nothing was added: something of yours has the same name in its address, or the same SKU, as one of the demo goods.
start-product-made = Your product is in the shop.
start-product-go-on = Add pictures, texts and variants
start-reach = Where do you deliver?
start-reach-anywhere = Everywhere
start-method = What the delivery is called
start-method-hint = As shoppers choose it, such as “Courier”.
start-method-missing = Enter what it is called.
start-days-from = Days until it is there, at least
start-days-to = Days until it is there, at most
start-days-wrong = Enter a number of days from 0 to 365.
start-days-order = This must not be less than the days above.
start-delivers = Your shop delivers already. There is nothing to do here.
start-sells = Your shop has a product on sale already. You can add another one.
start-units = How many there are
start-units-wrong = Enter a whole number from 0 to 1000000.

step-name = Name
step-lead-name = What your shop is called, and where shoppers write to.
step-place = Country
step-lead-place = Where your shop is. New addresses are assumed to be there.
step-money = Currency and taxes
step-lead-money = What you sell in, and whether your prices contain the tax.
step-languages = Languages
step-lead-languages = Menus, buttons and mails are there in each of them. Texts that you write fall back to the shop’s own language.
step-delivery = Delivery
step-lead-delivery = A first place that you send to, and what that costs. Prices by weight, other zones and pick-up can follow later.
step-payment = Payment
step-lead-payment = How shoppers pay you. Ways that need nobody else are set up here.
step-payment-online = Set up by your operator, and offered as well: { $gateways }
step-payment-none = Cards and wallets need an account with Stripe or Midtrans, which your operator sets up in the configuration (docs/payments.md).
step-product = First product
step-lead-product = A name and a price are enough. It is on sale at once, and everything about it can be changed later.

lacks-name = The shop has no name of its own.
lacks-delivery = It delivers nowhere.
lacks-payment = Nobody can pay.
lacks-product = There is nothing of yours to buy.
lacks-demo = The demo goods are still there.

closed-heading = We are closed at the moment
closed-advice = The shop is being prepared. Please come back a little later.
closed-order = Find an order
closed-staff = For staff
preview-notice = Preview
preview-words = The shop is closed: only you and your colleagues see this page.
preview-link = Set up and open
task-closed = The shop is closed. Set it up and open it.
deed-demo-goods-added = Added the demo goods
deed-demo-goods-removed = Removed the demo goods

# Changing an order before anything of it is sent: src/admin/orders/edit.rs, and the mail about it.
orders-edit = Change the order
edit-lead = Look at what a change does before you make it. Nothing is changed until you press the button below it.
edit-preview = What this does
edit-from-to = from { $before } to { $after }
edit-button = Change the order so
edit-look = Show what this does
edit-units = Units
edit-units-advice = Set a line to 0 to take it out. What stays keeps the price that it was sold for.
edit-add = Add goods
edit-add-advice = At today's price. Without a number one is added.
edit-sku = SKU
edit-delivery = Delivery
edit-way = Way of delivery
edit-way-kept = As it was sold: { $name }
edit-way-hint = Another way costs what it costs today.
edit-why = Why
edit-reason = Reason
edit-reason-hint = The shopper reads it in the mail and on the credit note.
edit-money-due = { $amount } is still to be paid. The mail leads the shopper to where she can pay it.
edit-money-instead = Nothing was paid yet: { $amount } is to be paid now.
edit-money-back = { $amount } goes back by the way in which it was paid. What was paid by hand you send by hand.
edit-money-none = The total stays { $amount }. No money moves.
edit-stock-held = { $count ->
    [one] 1 more of { $sku } is held for the order.
   *[other] { $count } more of { $sku } are held for the order.
}
edit-stock-freed = { $count ->
    [one] 1 of { $sku } goes back on sale.
   *[other] { $count } of { $sku } go back on sale.
}
edit-stock-none = No stock moves.
edit-invoice-renewed = The invoice is taken back by a credit note, and a new one is issued.
edit-invoice-stays = The invoice stays as it is.
edit-invoice-none = There is no invoice yet; one that is issued later shows the order as it is then.
edit-mail = The shopper is told by mail.
edit-needs-refunder = Money would go back: ask a colleague who may refund to make this change.
edit-not-now = This order cannot be changed any more: something of it was sent or refunded, or it is not open.
edit-being-paid = The shopper is about to pay this order on the page of a payment provider. Wait until she has paid, or until the page has closed, and try again.
edit-refunded = Something of this order was refunded, so it cannot be changed. Refund the rest, or let her order anew.
edit-nothing = Nothing would change. Enter other units, goods or another address.
edit-empty = Nothing would be left in the order. Cancel it instead.
edit-no-such = There is no SKU { $sku }.
edit-not-for-sale = { $sku } is not for sale: it has no price, or is not shown in the shop.
edit-short = { $count ->
    [0] No more of { $sku } can be had.
    [one] Only 1 more of { $sku } can be had.
   *[other] Only { $count } more of { $sku } can be had.
}
edit-too-many = A line holds at most 9,999 units: { $sku } would have more.
edit-other-handover = An order that is sent keeps something to send, and one of which nothing is sent takes nothing that is. Cancel it and make another.
edit-no-way = The way of delivery does not go there, or does not take these goods. Choose another one.
edit-other-prices = This order was sold in another currency, or with tax reckoned otherwise, than the shop sells now. Only units can be lowered or raised.
edit-unpriceable = This cannot be reckoned: the amounts are too large.
edit-wrong-units = Enter a whole number, 0 to take it out.
edit-other-country = The fields are those of another country now. Look at them and send the form once more.
edit-changed-meanwhile = The order, or what the change comes to, is not what you looked at any more. Look at it once more.
event-edited = Order changed
event-readdressed = Delivery address changed
deed-order-changed = Changed an order
order-changed-reason = Order changed
mail-order-changed-subject = Your order { $number } was changed
mail-order-changed-heading = Your order was changed
mail-order-changed-lead = This is what is in it now, and where it goes.
mail-order-changed-due = { $amount } is still to be paid.
mail-order-changed-door = Please have { $amount } ready for the courier.
mail-order-changed-back = { $amount } goes back to you.

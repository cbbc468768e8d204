# Cart page: templates/cart/, src/cart/.
cart-heading = Cart
cart-description = What you have chosen so far, with delivery and tax. No account is needed to check out.
cart-items = Items in your cart
cart-empty = Your cart is empty
cart-empty-advice = What you choose stays here for 60 days, on this device.
cart-look-around = Look around the shop
cart-added = { $name } is in your cart
cart-go-on = Go on shopping
cart-removed = { $name } removed
cart-undo = Undo
cart-undo-what = and put { $name } back
cart-each = { $price } each
cart-quantity-of = Quantity of { $name }
cart-update = Update
cart-update-what = quantity of { $name }
cart-remove = Remove
cart-take = Take { $count }
cart-unknown = An item that is no longer sold
cart-gone = This is no longer sold. Remove it to check out.
cart-on-backorder = { $count ->
    [one] One of them is on backorder: it is sent as soon as it comes in.
   *[other] { $count } of them are on backorder: they are sent as soon as they come in.
}
cart-sold-out = Sold out. Remove it to check out.
cart-short = { $count ->
    [one] Only 1 is left. Take it, or remove this item.
   *[other] Only { $count } are left. Take them, or choose fewer.
}
cart-dearer = This now costs { $now }. It was { $was } when you added it.
cart-cheaper = This now costs only { $now }. It was { $was } when you added it.
cart-bad-quantity = Enter a whole number from 1 to 9,999, or 0 to remove the item
cart-summary = Summary
cart-delivery-to = Delivery to { $place } (estimate)
free-delivery-from = { $amount } more for free delivery
cart-check-out = Check out
cart-mend-first = { $count ->
    [one] One item needs a change before you can check out.
   *[other] { $count } items need a change before you can check out.
}
cart-no-account = No account needed
cart-too-much = This is more than one order can hold. Lower a quantity, or write to us.

# The sums, also in the checkout and on the order.
totals-goods = Subtotal
totals-discount = Discount
totals-fees = Fees
totals-tax-included = { $name } included
totals-rounding = Rounding
totals-total = Total
free = Free
error-title = Error: { $title }

# Codes for discounts, also in the checkout.
code-heading = Discount code
code-label = Discount code
code-apply = Apply
code-kept = Codes in use
code-missing = Enter the code first
code-unknown = We do not know this code. Check how it is written, or go on without it
code-not-begun = This code is not valid yet
code-over = This code is no longer valid
code-used-up = This code has been used up
code-used-by-you = This code has already been used with your email address
code-too-many = Three codes are in use already. Remove one to use this one
code-doubled = Another code for the same offer is in use; it counts once
code-subtotal-short = Add { $amount } more to your cart to use it
code-too-few = { $count ->
    [one] Add 1 more item of the offer to use it
   *[other] Add { $count } more items of the offer to use it
}
code-no-line = Nothing in your cart is part of this offer
code-outdone = Another offer saves you more, so this one is not counted
code-no-delivery = This one is for delivery, and nothing needs to be delivered
code-nothing-left = There is nothing left for it to take off
line-discount = { $name }: { $amount }

cart-again = What you ordered is in your cart again, at the prices of today.
cart-again-but = What can still be had of your order is in your cart, at the prices of today. What is missing:
cart-again-gone = { $name } can no longer be had.
cart-again-short = { $name }: only { $count } of { $wanted }, no more are left.
cart-again-full = { $name } finds no place: a cart holds 50 different things.

# Discounts in the back office: src/admin/discounts/.
admin-discounts = Discounts
discounts-lead = In the order in which they are applied: those off single goods first, then those off the order, then those off delivery.
discounts-all = All
discounts-running = Running
discounts-scheduled = Scheduled
discounts-used-up = Used up
discounts-over = Ended
discounts-stopped = Stopped
discounts-empty = Give your customers a reason to buy today
discounts-empty-advice = A discount takes something off by itself, or when a shopper types a code.
discounts-none = No discounts here
discount-new = New discount
discount-new-lead = What does it take money off? You can try it on a cart before anybody sees it.
discount-name = Name
discount-state = State
discount-running = Running
discount-scheduled = Scheduled
discount-used-up = Used up
discount-over = Ended
discount-stopped = Stopped
discount-when = When
discount-used = Used
discount-used-of = { $count } of { $limit }
discount-given = Given
discount-automatic = Automatic
discount-no-codes = No codes yet
discount-codes-count = { $count ->
    [one] 1 code
   *[other] { $count } codes
}

discount-kind-goods-percent = Percent off goods
discount-kind-amount-per-unit = Amount off each unit
discount-kind-fixed-price = A fixed price for goods
discount-kind-buy-get = Buy some, get some
discount-kind-order-percent = Percent off the order
discount-kind-order-amount = Amount off the order
discount-kind-free-delivery = Free delivery
discount-kind-delivery-percent = Percent off delivery
discount-kind-delivery-amount = Amount off delivery
discount-about-goods-percent = 15% off all coffee, or off everything. It stands at the lines of the cart.
discount-about-amount-per-unit = Each mug costs so much less.
discount-about-fixed-price = Each of these goods costs the same for a while. Nothing becomes dearer.
discount-about-buy-get = Three for two: of each group that is complete, the cheapest cost less or nothing.
discount-about-order-percent = 10% off the whole order, or off those of its goods that you name.
discount-about-order-amount = So much off once, for an order that is large enough for instance.
discount-about-free-delivery = Delivery costs nothing, up to an amount if you like.
discount-about-delivery-percent = Half the price of delivery, for instance.
discount-about-delivery-amount = So much off delivery, at most what it costs.
discount-gives-goods-percent = { $value }% off goods
discount-gives-amount-per-unit = { $value } off each unit
discount-gives-fixed-price = { $value } each
discount-gives-buy-get = Buy { $buy }, get { $get } at { $percent }% off
discount-gives-order-percent = { $value }% off the order
discount-gives-order-amount = { $value } off the order
discount-gives-free-delivery = Free delivery
discount-gives-delivery-percent = { $value }% off delivery
discount-gives-delivery-amount = { $value } off delivery

discount-percent = Percent off
discount-percent-hint = From 0 to 100, with decimals if you like.
discount-amount = Amount
discount-amount-hint = In the currency of the shop.
discount-buy = Units to pay in full
discount-buy-hint = Of each group, the dearest.
discount-get = Units that cost less
discount-get-hint = Of each group, the cheapest. With 2 and 1 it is three for two.
discount-max-discount = At most
discount-max-discount-hint = It never gives more than this. Leave it empty for no limit.

discount-who = Who gets it
discount-opens = Opened by
discount-opens-automatic = Nothing: every cart that fits gets it
discount-opens-codes = A code that the shopper types
discount-codes = Codes
discount-codes-hint = One to a line, each opens it. Letters, digits, - _ and . only; capitals or not is the same. Only read when a code opens it.
discount-usage-limit = Orders in all
discount-usage-limit-hint = After so many it is used up. Leave it empty for no limit.
discount-per-customer-limit = Orders of one customer
discount-per-customer-limit-hint = Customers are told apart by e-mail address. Leave it empty for no limit.

discount-goods = For which goods
discount-goods-lead = Whatever you name here counts, and only that. Name nothing for everything in the shop.
discount-categories = Categories, with all below them
discount-products = Products
discount-products-hint = Handles, as in the address of a product, one to a line.
discount-skus = SKUs
discount-skus-hint = Single variants, one to a line.

discount-needs = What a cart needs
discount-min-subtotal = Least amount
discount-min-subtotal-hint = Of the goods that it is for. Leave it empty for none.
discount-subtotal-basis = Reckoned
discount-subtotal_basis-list = before any discount
discount-subtotal_basis-remaining = after the discounts that come earlier
discount-min-quantity = Least number of units
discount-min-quantity-hint = Of the goods that it is for. Leave it empty for none.

discount-starts-at = Begins
discount-starts-at-hint = By the clock of the shop. Leave it empty for now.
discount-ends-at = Ends
discount-ends-at-hint = It holds until just before. Leave it empty for no end.

discount-others = Beside other discounts
discount-exclusive = Stands alone
discount-exclusive-hint = Among discounts off the same thing (goods, order, delivery) either this one holds or the others do, whichever gives more.
discount-priority = Turn
discount-priority-hint = Lower numbers take their turn first, each from what the one before has left. Most shops leave it at 0.

discount-stop = Stop
discount-start = Start
discount-remove = Remove
discount-remove-advice = One that orders have used is not removed but stopped, and its codes are free again; orders keep what it gave. To keep its codes, stop it instead.
discount-meanwhile = Somebody else has saved this discount while you were at it. Nothing of yours is lost, and nothing was overwritten: look at what changed and save again.

discount-wrong-amount = Enter an amount, such as 25.000 in rupiah.
discount-wrong-percent = Enter a percentage from 0 to 100, with at most four decimals.
discount-wrong-units = Enter a whole number of units.
discount-wrong-priority = Enter a whole number; it may be below 0.
discount-wrong-time = Enter a day and a time that the clock of the shop has.
discount-wrong-end = Enter a day and a time after the beginning.
discount-wrong-limit = Enter a whole number of orders, or leave it empty.
discount-wrong-name = Enter a name of at most 100 characters: shoppers read it on the bill.
discount-wrong-code = “{ $code }” cannot be used. A code has at most 40 letters, digits, - _ and . and opens one discount alone.
discount-wrong-product = The shop has no product “{ $name }”, or it is named twice.
discount-wrong-sku = The shop has no SKU “{ $name }”, or it is named twice.
discount-too-many-codes = A discount has at most 1,000 codes.
discount-too-many-automatic = At most 80 automatic discounts run at a time. Stop one, or let a code open this one.
discount-too-many = There are 5,000 discounts. Remove some that are not needed any more.

codes = Codes
codes-of = Codes: { $name }
codes-count = { $count ->
    [one] 1 code
   *[other] { $count } codes
}
codes-make = Make codes
codes-lead = Each opens the discount. Give every customer one of her own, and set how many orders there are in all to as many: a code alone does not end with its use.
codes-how-many = How many
codes-most = A discount has at most 1,000.
codes-prefix = Beginning
codes-prefix-hint = Such as MAY-; eight letters and digits follow by chance.
codes-button = Make codes
codes-all = All codes
codes-download = Download
codes-wrong-count = Enter a whole number. A discount has at most 1,000 codes in all.
codes-wrong-prefix = A code has letters, digits, - _ and . only.

example = Worked example
example-lead = What your form comes to on a cart, by the function that prices every cart, as if it ran now and its code had been typed.
example-goods = Goods
example-goods-hint = A SKU to a line and how many of it, such as: MUG-1 2
example-country = Delivered to
example-region = Region
example-postcode = Postcode
example-try = Reckon with this
example-without = Without it
example-with = With it
example-none = There is nothing to reckon yet: say how much it gives, and name goods that are on sale.
example-not-saved = This is tried out and not saved.
example-missing = { $sku } is not on sale at this moment and is left out.
example-wrong-line = “{ $line }” is no SKU with a number behind it. At most 20 lines.

why-title = Why did it not apply?
why-lead = Each discount with what became of it, for an order or for a cart, by the same steps as the bill.
why-order = Order number
why-order-hint = As it was priced when it was placed. A code that was not typed then is tried on it.
why-code = Code
why-code-hint = What the shopper typed, or says she typed. Leave it empty to see the automatic ones alone.
why-lines = Goods
why-country = Delivered to
why-email = E-mail address of the customer
why-email-hint = Counts only where one customer may use a discount so many times.
why-by-order = For an order
why-by-cart = Or for a cart
why-button = Look
why-no-order = There is no order with this number.
why-no-goods = Name goods or an order: without a cart no discount can be told.
why-of-order = Order { $number }
why-of-cart = This cart
why-nothing = No discount speaks about it.
why-yes = Applied
why-no = Not applied
why-applied = It takes { $amount } off.
why-subtotal-short = The goods that it is for come to { $amount } too little.
why-too-few = { $count ->
    [one] Of the goods that it is for 1 unit is missing.
   *[other] Of the goods that it is for { $count } units are missing.
}
why-not-begun = It has not begun yet.
why-over = It has ended.
why-code-missing = Its code was not typed.
why-no-line = None of its goods are in the cart.
why-outdone = Another discount off the same thing gives more, and the two do not go together.
why-nothing-left = It had its turn, and the discounts before it have left nothing, or its own limit is 0.
why-no-delivery = It is for delivery, and nothing is delivered or there is no way of delivery.
why-used-up = It has been used as often as it may be.
why-used-by-customer = This customer has used it as often as one may.
why-doubled = Another code has opened it already.
why-unknown = No discount has this code.
why-stopped = It is stopped.
why-other-currency = Its amounts are in another currency than the shop’s.

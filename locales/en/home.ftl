# The first page of the back office: src/admin/tasks.rs, figures.rs, chart.rs.
task-packing = { $count ->
    [one] 1 order to pack
   *[other] { $shown } orders to pack
}
task-money = { $count ->
    [one] 1 order waits for its transfer
   *[other] { $shown } orders wait for their transfers
}
task-proof = { $count ->
    [one] 1 transfer to confirm: the shopper has sent a picture of it
   *[other] { $shown } transfers to confirm: the shoppers have sent pictures of them
}
task-return = { $count ->
    [one] 1 order with a return to see to
   *[other] { $shown } orders with a return to see to
}
task-refund = { $count ->
    [one] 1 order with money to send back by hand
   *[other] { $shown } orders with money to send back by hand
}
task-stopped = { $count ->
    [one] 1 order on hold
   *[other] { $shown } orders on hold
}
task-trouble = { $count ->
    [one] 1 order whose payment is in trouble
   *[other] { $shown } orders whose payments are in trouble
}
task-mail = { $count ->
    [one] 1 order with a mail that could not be sent
   *[other] { $shown } orders with a mail that could not be sent
}
task-low-stock = { $count ->
    [one] 1 variant is low or sold out
   *[other] { $shown } variants are low or sold out
}
task-jobs = { $count ->
    [one] 1 background job has failed
   *[other] { $shown } background jobs have failed
}

figures-sold = Sold
figures-span = Days
figures-days = { $count ->
    [one] Today
   *[other] { $count } days
}
figures-from = From
figures-until = Until
figures-show = Show
figures-wrong-days = Choose two days, the later one here, with ten years between them at most.
figures-sales = Sales
figures-average = Average order
figures-given-back = Given back
figures-change = { $count ->
    [one] { $change } against the day before
   *[other] { $change } against the { $count } days before
}
figures-chart = Sales per day, { $unit }
figures-chart-weeks = Sales in four weeks each, { $unit }
figures-since = Four weeks from { $day }
figures-ordered-carts = Carts ordered
figures-unknown = Not known
figures-which-carts = Carts ordered are the orders among the carts into which something was put on these days; carts are counted without knowing whose they are, and not known where fewer were counted than ordered.
figures-now = These days
figures-before = As many days before
figures-alternative = { $sum } in all, and { $before } on as many days before. The most was { $most } on { $day }.
figures-table = The same as a table
figures-day = Day
figures-which = An order counts on the day on which it is placed, with delivery and tax, paid or not, unless it is cancelled or waits for a payment page. Test orders do not count. What is given back is not taken off the sales.
figures-best = Best sellers
figures-units = { $count } sold
figures-nothing-sold = Nothing was sold on these days.
chart-ones = {""}
chart-thousands = thousand
chart-millions = million
chart-billions = billion

admin-search = Search
admin-search-what = Search orders, products, customers
found-products = Products
search-more = Show more
search-nothing = Nothing was found.
search-advice = Type the number of an order, a name, an e-mail address or a phone number, words of a product or its SKU. Of names and addresses the beginning is enough.

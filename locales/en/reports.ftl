# What was sold, in tables: src/admin/reports/.
admin-reports = Reports
report-days = By day
report-products = By product
report-categories = By category
report-countries = By country
report-discounts = By discount
report-taxes = Tax
report-units = Units
report-net = Without tax
report-gross = With tax
report-country = Country
report-discount = Discount
report-code = Code
report-taken-off = Taken off
report-of-orders = Sales of these orders
report-tax = Tax
report-tax-amount = Tax in it
report-no-category = In no category
report-more = { $count ->
    [one] and 1 line more, which the file has
   *[other] and { $count } lines more, which the file has
}
report-file = This table as a file
report-orders-file = Orders for the books
report-goods = Goods
report-extra = Delivery and fees
report-rounding = Rounding
report-back = Given back
report-rate = Rate
report-taxed = Sales without tax
report-total = Total
report-as-of = as of { $instant }
report-searches = Searches
report-stock = Stock value
report-words = Words
report-in-vain = Found nothing
report-all-words = All words
report-choices = Show
report-empty = There is nothing to report on these days.
report-searches-hint = Each search counts once, on its first page and without filters, from the day on which counting began, for a year and a month. Addresses with an @ and long numbers are not kept.
report-unpriced = Without a price
report-value = Value
report-stock-hint = What lies on the shelf now, with what is reserved for orders, at what one costs everybody today. The shop does not know what it was bought for.

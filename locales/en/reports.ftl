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

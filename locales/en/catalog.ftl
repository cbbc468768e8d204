# Home, category, product, search.

shop-by-category = Shop by category
shop-is-empty = There is nothing on the shelves yet. Come back soon.
subcategories = More precisely
view-all = View all
products-word = products
products = Products
product-count = { $count ->
    [one] { $count } product
   *[other] { $count } products
}
badge-new = New
price-from = From { $amount }
sale-price = Sale price
regular-price = Regular price
lowest-before = Lowest price in the 30 days before: { $amount }
tiers = Price for several
tier = From { $count }: { $amount } each
colours = Colours: { $names }
sold-out = Sold out
in-stock = In stock
on-backorder = On backorder: sent as soon as it comes in
few-left = { $count ->
    [one] Only { $count } left
   *[other] Only { $count } left
}

filter = Filter
filters = Filters
close-filters = Close filters
filters-in-use = Filters in use
remove-filter = Remove
clear-all = Clear all
apply-filters = Show products
show-all-values = Show all { $count }
brand = Maker
price = Price
lowest-price = Lowest price
highest-price = Highest price
price-at-least = From { $amount }
price-at-most = Up to { $amount }
availability = Availability
filter-in-stock = In stock
sort-by = Sort: { $order }
sort-popular = Popular
sort-newest = Newest
sort-price-up = Price, low to high
sort-price-down = Price, high to low
sort-name = Name
no-product-passes = No product has all of that
no-product-passes-advice = Take one of the filters off and look again.
pages = Pages
page = Page
previous-page = Previous page
next-page = Next page

all-products = All products
results-for = Results for “{ $words }”
results-description = Search all goods of { $shop }.
nothing-found = We found nothing for that
nothing-found-advice = Try fewer or other words, or look around in a category.
did-you-mean = Did you mean
popular-now = Popular now

photos = Photos
photo-number = Photo { $count }
buy = Buy
tax-included = Tax included
tax-added = Tax is added at checkout
quantity = Quantity
add-to-cart = Add to cart
show-choice = Show price and photos of this choice
not-together = Not in this combination
description = Description
specifications = Details
shipping-weight = Weight with packaging
goes-well-with = Goes well with
recently-viewed = You looked at these
delivery-from = Delivery from { $amount }
delivery-free-over = Free over { $amount }.
delivery-in-days = With you in { $min } to { $max } days.
more-on-delivery = More on delivery
returns-in-days = { $count } days to return
more-on-returns = How returns work
product-gone = { $name } is no longer sold
product-gone-advice = We have taken it out of the shop for good. Perhaps one of these is for you.
product-gone-instead = Instead

not-added = Not added yet
problem-choice-missing = Choose one of each option, then try again.
problem-no-such-choice = There is nothing with these options together. Choose another combination.
problem-sold-out = This choice is sold out. Choose another one.
problem-too-many = { $count ->
    [one] Only { $count } is left. Take one.
   *[other] Only { $count } are left. Choose { $count } or fewer.
}
problem-too-many-with-cart = Only { $count } left, and { $cart } of them are in your cart already.
problem-bad-quantity = Give the quantity as a whole number from 1 to 9,999.
problem-cart-full = A cart holds { $count } different things. Take one out, or order these first.
product-preview = This is a preview. Shoppers see it once it is live.

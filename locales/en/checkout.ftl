# Checkout: templates/checkout/, src/checkout/.
checkout-heading = Check out
checkout-back-to-cart = Back to cart
checkout-summary = Order summary
checkout-summary-items = { $count ->
    [one] Order summary, 1 item
   *[other] Order summary, { $count } items
}
checkout-quantity = Quantity
checkout-contact = Contact
checkout-address = Delivery address
checkout-collector = Who collects it
checkout-book = Your addresses
checkout-book-hint = Pick one and press “Continue” to fill it in.
checkout-book-other = Another address
checkout-billing-book = Your addresses, for the bill
checkout-keep-address = Keep this address in my address book
checkout-billing-same = Billing address is the same
checkout-billing-none = No billing address needed
checkout-billing = Company, tax number or another billing address
checkout-company = Company or tax number
checkout-billing-hint = Fill in the following only when the billing address is another one.
checkout-continue = Continue
checkout-continue-hint = We look at your address and show delivery and costs for it. Nothing is ordered yet.
checkout-delivery = Delivery
checkout-delivery-method = Delivery method
checkout-delivery-by = Delivery, { $name }
checkout-no-delivery = We do not deliver to { $place } yet.
checkout-too-heavy = This parcel is too heavy for delivery to { $place }.
checkout-unfit = This cart is too small or too large for delivery to { $place }.
checkout-address-first = Fill in your address and press “Continue”. We then show how we deliver there and what it costs.
checkout-no-delivery-advice = Choose another address and press “Continue”, change your cart, or ask us what we can do.
checkout-collect-advice = You can collect it from us instead. Or choose another address and press “Continue”, or ask us what we can do.
checkout-ask-us = Contact us
checkout-assumed = Prices for { $place }. Fill in your address and press “Continue” to see those for yours.
checkout-payment = Payment
checkout-payment-method = Payment method
checkout-free = There is nothing to pay for this order.
checkout-note = Add a note to the shop
checkout-update-total = Update total
checkout-place = Place order, { $total }
checkout-mend = Take out what is missing and go on
checkout-agree-before = By ordering you agree to our
checkout-terms = terms
checkout-agree-and = and
checkout-privacy = privacy notice
checkout-cannot-be-had = Not available

# What happened.
checkout-problem = There is a problem
checkout-of-billing = Billing address: { $text }
checkout-picked = The address you picked is filled in. Please check the rest and the total.
checkout-looked = Your address is complete. Choose delivery and payment, check the total and place your order.
checkout-other-country = The address now has the fields of the country you chose. Please complete it.
checkout-mended = We took out what is no longer available. Please check the total.
checkout-changed = Nothing has been ordered yet: something has changed
checkout-changed-advice = If this is fine with you, place your order again.
checkout-other-cart = Your cart was changed in another window. This is what it holds now.
checkout-gone = { $name } is no longer sold.
checkout-sold-out = { $name } has just been sold out.
checkout-short = { $count ->
    [one] Only 1 of { $name } is left.
   *[other] Only { $count } of { $name } are left.
}
checkout-new-price = { $name } now costs { $now }; it was { $was }.
checkout-code-lost = { $code }: { $reason }.
checkout-codes = Your codes are up to date. Please look at the total again.
checkout-now-delivery = Delivery is now by { $name }.
checkout-now-total = The total is now { $now }; it was { $was }.
checkout-total-is = The total is { $now }.

# Fields.
optional = (optional)
choose-one = Choose one
label-email = Email
hint-email = For your receipt and questions about your order
label-phone = Mobile number
hint-phone = The courier calls if they cannot find you
label-country = Country
label-name = Full name
label-line1 = Street address
hint-line1-id = Street, house number, RT/RW
hint-line1-sg = Block or house number, street, unit
label-line2 = Building, landmark
label-province = Province
label-state = State
label-region = State or region
label-regency = City or regency
label-city = City
label-district = District
label-postcode = Postcode
label-zip = ZIP code
label-company = Company
label-tax-number = Tax number
hint-tax-number = In Indonesia your NPWP, for the tax invoice
label-note = Note to the shop

# What to do about a field.
missing-email = Enter your email address
wrong-email = Enter an email address like name@example.com
missing-phone = Enter your mobile number
wrong-phone = Enter a mobile number with 7 to 15 digits, like 0812 3456 7890
missing-name = Enter the full name
missing-line1 = Enter the street and house number
missing-province = Choose a province
missing-state = Choose a state
missing-regency = Enter the city or regency
missing-city = Enter the city
missing-district = Enter the district
wrong-postcode-5 = Enter a postcode with 5 digits, like { $example }
wrong-postcode-6 = Enter a postcode with 6 digits, like { $example }
wrong-zip = Enter a ZIP code with 5 or 9 digits, like { $example }
missing-country = Choose a country
wrong-country = We do not deliver there yet. Choose another country, or ask us what we can do
wrong-billing-same = Untick this to use the billing address you typed, or clear that address
wrong-characters = Use letters, digits and punctuation only
too-long = Shorten this to at most { $most } characters
missing-delivery = Choose how we deliver
no-delivery = Nothing can be delivered there: choose another address or change your cart
missing-payment = Choose how you pay
no-payment = We cannot take payments for this country yet. Choose another country, or write to us.

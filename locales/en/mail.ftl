# Mails: templates/mail/, src/mail/. What an order's page says as well is in orders.ftl.
mail-see-order = See the order
mail-order-placed-subject = Your order { $number }
mail-order-placed-heading = Thank you for your order
mail-order-why = You get this mail because an order at { $shop } was placed with this address.
mail-new-order-subject = New order { $number }: { $total }
mail-new-order-reply = Your answer to this mail goes to the customer.

# The frame of every page, and pages about mistakes.

skip-to-content = Skip to content
shop-notice = Shop notice
menu = Menu
close-menu = Close menu
main-navigation = Main
search = Search
search-products = Search products
home = Home
breadcrumb = You are here
cart-with-count = { $count ->
    [0] Cart, empty
    [one] Cart, { $count } item
   *[other] Cart, { $count } items
}
footer-shop = Shop
footer-help = Help
we-accept = We accept
bank-transfer = Bank transfer
pay-stripe = Card or digital wallet
pay-midtrans = QRIS, virtual account or e-wallet
pay-rehearsal = Test payment
cash-on-delivery = Cash on delivery
nothing-to-pay = Nothing to pay
to-home-page = Go to the home page
to-cart = Go to the cart
yes = Yes
no = No

error-reference = Reference for us:
error-not-found-heading = This page is not here
error-not-found-advice = The address may be mistyped, or the page has moved. Search for what you wanted, or start from one of these places.
error-gone-heading = This page is gone
error-gone-advice = It was here once and will not come back. Search for something like it, or start from one of these places.
error-invalid-heading = Something is missing or wrong
error-invalid-advice = Go back, look at what you typed, and send it again. Nothing was changed.
error-malformed-heading = We could not read that
error-malformed-advice = Your browser sent something that makes no sense to us. Nothing was changed. Go back, reload the page and try again.
error-cross-site-heading = This did not come from our pages
error-cross-site-advice = For your safety we only accept forms that you send from this shop. Nothing was changed. Open the page here and try again.
error-too-slow-heading = That took too long
error-too-slow-advice = The form did not reach us in time. Nothing was changed. Your connection may be weak just now: go back and send it again.
error-too-large-heading = That was too much at once
error-too-large-advice = The form was larger than we accept. Nothing was changed. Go back, shorten what you typed and send it again.
error-too-many-heading = A little slower, please
error-too-many-advice = { $count ->
    [one] That was more often than we can take from one visitor. Wait a minute, then try again. Your cart is kept.
   *[other] That was more often than we can take from one visitor. Wait { $count } minutes, then try again. Your cart is kept.
}
error-busy-heading = The shop is busy
error-busy-advice = We could not answer just now. Nothing was lost. Wait a few seconds and try again.
error-internal-heading = Something went wrong on our side
error-internal-advice = It is not your fault, and nothing was half done. Try again in a moment. If it happens again, write to us and give us this reference.

elsewhere-heading = The shop is at another address
elsewhere-advice = We do not answer under the name that you have used. You find the shop here:

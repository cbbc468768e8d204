# Ways to pay, and what becomes of a payment: templates/payments/, src/payments/.
pay-by-transfer = { $count ->
    [one] You see our account after ordering and have 1 day to pay
   *[other] You see our account after ordering and have { $count } days to pay
}
pay-by-stripe = You pay after ordering, on the secure page of Stripe
pay-by-midtrans = You pay after ordering, on the secure page of Midtrans
pay-by-cash = You pay the courier, in cash
pay-by-cash-fee = You pay the courier, in cash; adds { $fee }
pay-by-rehearsal = No money moves: to try the shop out

# Paying an order that was placed before.
pay-heading = Pay for order { $number }
pay-due = Still to be paid: { $amount }
pay-now = Pay { $amount }
pay-no-way = This order cannot be paid here any more. Write to us, and we find a way.
pay-back-to-order = Back to the order

# A shopper cancels her order.
cancel-heading = Cancel order { $number }
cancel-goods = Nothing of it will be sent, and this cannot be undone.
cancel-money-none = You have paid nothing for it, so nothing has to go back to you.
cancel-money-coming = Please do not pay any more. Money that is already on its way comes back to you when it arrives.
cancel-money-as-paid = { $amount } goes back to you by the way you paid. Your bank may need a few working days to show it.
cancel-money-by-hand = We send { $amount } back to you by bank transfer. If we need to know your account, we write to you.
cancel-reason = Why do you cancel?
cancel-button = Cancel the order
cancel-keep = Keep the order
cancel-sent = Something of this order has been sent already, so it can no longer be cancelled here. You can send back what you do not want once it has arrived.
cancel-too-late = This order is being packed, so it can no longer be cancelled here. Write to us, and we do what we can.

# The page of the gateway that moves no money: templates/rehearsal/.
rehearsal-loud = Test payment: no money moves
rehearsal-about = This page stands for the page of a payment provider. Choose what is to happen, and the shop behaves as if it had.
rehearsal-order = Order
rehearsal-amount = Amount
rehearsal-later = Pay, but the money arrives later
rehearsal-decline = Decline the payment
rehearsal-leave = Leave without paying
rehearsal-arrive = Let the money arrive
rehearsal-bounce = Let the payment fail
rehearsal-processing = The shopper has paid, and the money is on its way.
rehearsal-captured = This payment is done.
rehearsal-failed = This payment has failed.
rehearsal-expired = This page has closed: it was cancelled, or its time is over.
rehearsal-back = Back to the shop

# Printing and sending orders, and the page of one: src/admin/orders/.
slips-advice = Print this page: every order begins on a sheet of its own, and the menu is left out.
slips-none = There is nothing to pack in the orders that you ticked. Go back and tick some.
slip-to = Deliver to
slip-units = Units
slip-item = Item
slip-note = Message from the customer
picking-orders = { $count ->
    [one] For 1 order, by SKU
   *[other] For { $count } orders, by SKU
}
invoices-none = The orders that you ticked have no invoice yet.
sending-advice = Everything that is left of each order goes in one parcel: it leaves the stock, the shopper is told by mail with the tracking number, and an invoice is issued where the shop issues it on sending. No money moves.
sending-sent = { $count ->
    [0] Nothing was sent.
    [one] 1 order is marked as sent.
   *[other] { $count } orders are marked as sent.
}
sending-units = { $count ->
    [one] 1 unit
   *[other] { $count } units
}
sending-done = Sent

orders-print-slip = Packing slip
orders-language = Language
orders-ready = Ready to be fetched
orders-ready-advice = The shopper is told by mail, once, that she can fetch her order. No stock and no money moves.
orders-ready-button = Tell her that it is ready
ship-units = Units in this parcel
ship-left = of { $count } left
ship-no-units = Enter how many units of a line go, as whole numbers.
order-phone = Phone
order-proof-picture = Proof of payment { $count }
order-mail = Mail
order-mails = Mails
mail-waiting = Waits to be sent
mail-sent = Sent
mail-kept = Kept as a file
mail-failed = Could not be sent
mail-resend = Send it once more
mail-resend-advice = It goes to { $email } once more, word for word.
mail-has-a-secret = Its link is kept nowhere, so it cannot be sent again. Let her ask for another one.
note-field = Note for your team, which no shopper reads
note-add = Add the note
note-empty = Write something first.
event-noted = Note
deed-order-noted = Left a note
deed-mail-resent = Sent a mail once more
refund-send-advice = { $amount } waits to be sent back by hand. Send it, then enter the reference of your bank: the shopper is told by mail.
refund-sent-button = It is sent
return-number = Return { $count }
return-status-requested = Asked for
return-status-approved = On its way
return-status-declined = Declined
return-status-received = Received
back-asked = { $count } asked for
back-came = { $count } came
back-refunded = { $amount } goes back for it.
return-answer = What the shopper is told
return-decide-advice = She is told by mail. Approving asks her to send the goods; declining ends the return and needs a reason. No stock and no money moves yet.
return-approve = Approve
return-decline = Decline
return-no-reason = Tell the shopper why her return is declined.
return-count = Count what came
return-count-advice = What goes on the shelf again can be sold; what came and does not go there is written off. The shopper is told by mail. No money moves yet.
back-received = came
return-restocked = go on the shelf
return-receive = Take them in
return-wrong-count = Enter whole numbers of what came and of what goes on the shelf.
return-refund = Refund what came
return-refund-advice = The price of what came goes back by the way in which it was paid, and a credit note is written if there is an invoice. For another amount, or with delivery, use the refund above.
# An order that staff keep back: src/orders/stops.rs.
orders-stopped = On hold
waits-stopped = On hold
event-stopped = Put on hold
event-let_go = Released
deed-order-stopped = Put an order on hold
deed-order-let-go = Released an order
move-stopped = This order is on hold. Release it before anything of it is sent.
stop-heading = Put on hold
stop-advice = As when you doubt who has paid. Nothing of it can be packed or sent until somebody releases it; the customer is not told.
stop-reason = Reason
stop-button = Put on hold
stop-stopped = On hold, nothing of it is sent: { $reason }
stop-let-go = Release
stop-no-reason = Say why, in at most 200 characters.
views-own = Views of your own
view-save = Save this view
view-edit = Rename or remove
view-new = Save this view
view-lead = It stands above the list as it is narrowed now, for you alone.
view-name = Name
view-name-hint = Such as: Unpaid since Monday.
view-name-missing = Enter a name.
view-taken = You have a view of this name already. Choose another one.
view-too-many = There is room for 20 views. Remove one first.
view-back = To the list
view-remove = Remove the view
view-remove-advice = Only the view goes. What it showed stays.

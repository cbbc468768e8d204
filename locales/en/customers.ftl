# Customers in the back office: templates/admin/customers/, src/admin/customers/.
admin-customers = Customers
customers-accounts = With an account
customers-guests = Guests
customers-text = Name, e-mail or phone
customers-empty = Nobody yet
customers-empty-advice = Whoever makes an account or orders without one stands here.
customers-none-advice = Try the beginning of a first or last name or of an e-mail address, or the whole phone number.
customers-show-all = Show all customers
customers-last-order = Last order
customers-ordered = Ordered
customer-guest = Guest
customer-blocked = Blocked
customer-is-blocked = Blocked by “{ $pattern }”: { $reason } ({ $name }, { $at })
customer-since = Customer since
customer-group = Group
customer-group-hint = Small letters, digits and hyphens, such as wholesale. Prices that are made for this group are hers then. Empty for none.
customer-group-wrong = Enter small letters, digits and hyphens, such as wholesale.
customer-meanwhile = Somebody else has put her into another group while you were at it. Nothing was overwritten: look at the page again.
customer-person = Person
customer-news = Newsletter
customer-news-since = Agreed on { $at }
customer-no-news = Has not agreed
customer-orders = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
customer-orders-over = { $count ->
    [one] 1 order of the last 1,000
   *[other] { $count } orders of the last 1,000
}
customer-all-orders = All orders
customer-no-orders = Nothing ordered yet.
customer-addresses = Addresses
customer-no-addresses = No address is kept.
customer-devices = Where she is signed in
customer-note = Note
customer-no-devices = Nowhere at the moment.
customer-notes = Notes
customer-notes-advice = Among the staff. But she gets to read them if she asks what is known of her.
customer-door = Door
customer-block = Block
customer-block-advice = From now on nobody orders or signs in with this address; whoever tries is told politely to write to you. Orders that are placed already go on as they are.
customer-block-reason = Reason
customer-block-reason-hint = For the staff alone.
customer-unblock = Let in again
customer-unblock-advice = She can order and sign in again.
customer-privacy = Personal data
customer-data = Download what is known
customer-data-advice = Everything that is known of her, as a file for her. Make sure that it is she who asks.
customer-erase = Forget this person
customer-erase-advice = What becomes of her orders is shown first.
customer-merge = Merge
customer-done-noted = The note is added.
customer-done-group = Her group is changed.
customer-done-blocked = She is blocked.
customer-done-unblocked = She can order and sign in again.
customer-done-merged = The two accounts are one now.
blocks = Blocked
blocks-lead = Who neither orders nor signs in.
blocks-none = Nobody is blocked.
block-new = Block somebody
block-pattern = E-mail address or pattern
block-pattern-hint = A * stands for any letters, such as *@spam.example.
block-wrong = Enter an e-mail address, or one with * that has an @ and at least three letters besides.
block-known = This is blocked already, or there are 500 patterns, the most that each order is compared with.
merge-lead = What is with another account of the same person comes here, and that account ends. This cannot be undone.
merge-hint = Of the other account, which ends.
merge-look = Show what will happen
merge-effects = What will happen
merge-effect = { $from } becomes part of { $into }.
merge-orders = { $count ->
    [one] 1 order comes along.
   *[other] { $count } orders come along.
}
merge-addresses = { $count ->
    [one] 1 address comes along, if it is not there yet and a place is left.
   *[other] { $count } addresses come along, as far as they are not there yet and a place is left.
}
merge-notes = { $count ->
    [one] 1 note comes along.
   *[other] { $count } notes come along.
}
merge-wishes = { $count ->
    [one] 1 wish and the cart come along.
   *[other] { $count } wishes and the cart come along.
}
merge-codes = Discount codes that either has used count as used.
merge-end = Nobody signs in with { $email } any more. Newsletters go on as agreed with each address. No mail is sent.
merge-button = Merge them
merge-none = Nobody has an account with this address.
merge-same = This is the same account.
merge-gone = One of the two accounts is gone meanwhile. Nothing was done.
erase-lead = As far as the law lets her be forgotten. This cannot be undone.
erase-guest = What is kept by her e-mail address goes: mails, newsletter, and what she waits for.
erase-account = Her account goes, with addresses, cart, wishes, notes, sign-ins, mails and newsletter.
erase-done = { $count ->
    [one] 1 order that is done keeps what was sold for how much, and no name.
   *[other] { $count } orders that are done keep what was sold for how much, and no name.
}
erase-waiting = Still under way, and forgotten when they are done: { $numbers }
erase-invoices = Invoices keep their buyer for ten years, as tax law has it.
erase-not = Leave it
customer-done-erased = She is forgotten, as far as the law allows.
may-customers-erase = Merge and forget customers
deed-customer-noted = Wrote a note about a customer
deed-customer-grouped = Changed a customer’s group
deed-customer-blocked = Blocked somebody
deed-customer-unblocked = Let somebody in again
deed-customers-merged = Merged two customers
checkout-blocked = We cannot take an order with this e-mail address. If you think that this is a mistake, please write to us.
account-blocked = This account is closed. If you think that this is a mistake, please write to us.
orders-to-customer = Orders, addresses, notes

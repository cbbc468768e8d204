# Accounts: templates/customers/, src/customers/; and the link to them in every header.
account-link = Your account
account-link-of = Your account, { $name }

account-sign-in-heading = Sign in
account-sign-in-lead = With the email address and the password of your account.
account-sign-in-button = Sign in
account-keep = Keep me signed in on this device
account-wrong = This address and this password do not belong together. Check both, or choose a new password
account-forgot = Choose a new password
account-new-here = Create an account
account-known-here = I have an account already
account-to-sign-in = Sign in
account-sign-out = Sign out

account-register-heading = Create an account
account-register-lead = Find your orders again, pay faster and keep your cart on every device. We send you a link, and behind it you choose your password.
account-register-button = Send me the link
account-forgot-heading = Choose a new password
account-forgot-lead = Tell us the address of your account. We send you a link, and behind it you choose a new password.
account-forgot-button = Send me the link
account-sent-heading = Look into your mailbox
account-sent-lead = We have sent you a mail. Open it and follow the link in it.
account-sent-advice = Nothing there after a few minutes? Look into the folder for unwanted mail, and check that you typed the address right.

account-welcome-heading = Choose your password
account-welcome-lead = Your address is confirmed. With a password your account is ready.
account-welcome-button = Create my account
account-reset-heading = Choose a new password
account-reset-lead = You are then signed in here, and signed out everywhere else.
account-reset-button = Save the password
account-password-heading = Change the password
account-password-lead = You stay signed in here, and are signed out everywhere else.
account-password-button = Save the password
account-dead-link-heading = This link does not work any more
account-dead-link-lead = It was used already, or is too old. Sign in, or let us send you a new one.

label-password = Password
password-show = Show the password
label-new-password = New password
hint-new-password = At least 8 characters, of any kind. A few words that do not belong together are easy to keep in mind.
wrong-password = This is not your password. Try again
password-too-short = Use at least { $most } characters
password-too-easy = Choose another one: this is among the first that somebody would try

account-heading = Your account
account-back = Back to your account
account-orders = Your orders
account-orders-pages = More orders
account-no-orders = You have not ordered anything yet.
account-newer = Newer orders
account-older = Older orders
account-order-cancelled = cancelled
account-order-unpaid = waiting for your payment
account-order-packed = in preparation
account-order-shipped = sent
account-devices = Where you are signed in
account-device-unknown = Unknown device
account-this-device = This device
account-seen = Last used on { $date }
account-end = Sign out there
account-end-others = Sign out everywhere else
account-safety = Safety
account-done-password = Your password is changed. Everywhere else you are signed out.
account-done-sessions = Done. Whoever was signed in there has to sign in again.

account-find-heading = Find an order
account-find-lead = Type the number of your order and the email address that you placed it with. You see how far it is, and we send the link to all of it to that address.
account-find-button = Show my order
label-order-number = Order number
hint-order-number = Nine digits, like 482-177-305. It stands in every mail about the order.
wrong-order-number = Enter the nine digits of your order number
order-not-found = We have no order with this number and this address. Check both as they stand in your mail
found-unpaid = It waits for your payment.
found-packed = We are preparing it.
found-sent = It is done.
found-mailed = The link to your whole order, with your invoice, addresses and returns, is on its way to the address that you placed it with.

account-name-heading = Change your name
account-name-lead = As we greet you. Orders that you have placed keep their name.
account-name-button = Save the name
account-done-name = Your name is changed.
account-email-heading = Change your email address
account-email-lead = We write to both addresses. When you have confirmed the change in both mailboxes, you sign in with the new one, and are signed out everywhere else.
account-email-button = Send me both links
label-new-email = New email
same-email = This is the address that you have already. Enter the new one
account-sent-both = We have sent a mail to your old address and one to the new one. Follow the link in each of them.
account-leave-email-heading = Leave this address?
account-leave-email-lead = Your account moves to { $email } as soon as both addresses have agreed.
account-leave-email-button = Yes, I agree
account-new-email-heading = Use this address?
account-new-email-lead = Your account moves to { $email } as soon as both addresses have agreed.
account-new-email-button = Yes, I agree
account-half-heading = One more mail
account-half-lead = This address has agreed. Now follow the link in the mail to the other address.
account-moved-heading = Your address is changed
account-moved-lead = You sign in with the new address from now on. Everywhere else you are signed out.

addresses-heading = Your addresses
addresses-lead = What you save here, the checkout fills in for you. Orders that you have placed keep the address that they were placed with.
addresses-none = You have not saved an address yet.
addresses-for-delivery = We deliver here unless you say otherwise
addresses-for-billing = Bills go here unless you say otherwise
addresses-deliver-here = Deliver here
addresses-bill-here = Send bills here
addresses-full = { $count ->
    [one] Your address book is full: it holds one address. Remove it to save another one.
   *[other] Your address book is full: it holds { $count } addresses. Remove one to save another one.
}
addresses-added = The address is saved.
addresses-known = This address was saved already.
addresses-changed = The address is changed.
addresses-removed = The address is removed.
addresses-usual = Done. The checkout begins with this address from now on.
address-new = Add an address
address-change = Change the address
address-edit = Change
address-lead = As it stands on a parcel.
address-save = Save the address
address-remove = Remove this address
address-back = Back to your addresses
address-book-full = Your address book is full: it holds { $most } addresses. Remove one first
account-details = Your details
account-addresses = Addresses

account-offer-heading = Keep this order in an account
account-offer = Find it again, follow it and order faster next time. We send a link to { $email }; behind it you choose a password.
account-offer-button = Create an account

cart-joined = What your account had kept is in this cart, too. Of the same thing the larger quantity stays.
cart-joined-left-out = { $count ->
    [one] What your account had kept is in this cart, too, except for 1 thing: a cart holds 50 different ones.
   *[other] What your account had kept is in this cart, too, except for { $count } things: a cart holds 50 different ones.
}

mail-account-register-subject = Confirm your address for { $shop }
mail-account-register-text = Somebody, hopefully you, wants an account at { $shop } with this address. The link works once, for one day. If it was not you, do nothing: there is no account then.
mail-account-register-button = Choose a password
mail-account-known-subject = You already have an account at { $shop }
mail-account-known-text = Somebody, hopefully you, wanted to create an account at { $shop } with this address. You have one already: sign in with it. If you have forgotten the password, choose a new one.
mail-account-known-button = Choose a new password
mail-account-reset-subject = A new password for { $shop }
mail-account-reset-text = Somebody, hopefully you, wants a new password for your account at { $shop }. The link works once, for one hour. If it was not you, do nothing: your password stays as it is.
mail-account-reset-button = Choose a new password
mail-account-password-changed-subject = Your password at { $shop } was changed
mail-account-password-changed-text = The password of your account at { $shop } has just been changed, and you were signed out everywhere else. If it was not you, choose a new one right now.
mail-account-password-changed-button = It was not me
mail-account-leave-email-subject = Your account at { $shop } is to move to another address
mail-account-leave-email-text = Somebody who knows your password wants your account at { $shop } to move to { $email }. If it was you, agree here, and in the mail to the new address. The link works once, for one day. If it was not you, do not follow it: nothing changes. But choose a new password, since somebody knows yours.
mail-account-leave-email-button = Agree to the change
mail-account-new-email-subject = Confirm this address for your account at { $shop }
mail-account-new-email-text = Somebody, hopefully you, wants to use this address for an account at { $shop }. Agree here, and in the mail to the old address. The link works once, for one day. If it was not you, do nothing: nothing changes.
mail-account-new-email-button = Use this address
mail-account-email-taken-subject = This address has an account at { $shop } already
mail-account-email-taken-text = Somebody, hopefully you, wants to use this address for another account at { $shop }. It has an account of its own already, so nothing was changed. If you have forgotten its password, choose a new one.
mail-account-email-taken-button = Choose a new password
mail-account-email-changed-subject = Your account at { $shop } has moved to another address
mail-account-email-changed-text = Both addresses have agreed: your account at { $shop } now belongs to { $email }, and this address opens it no longer. If it was not you, write to us right now.
mail-account-email-changed-button = Sign in
mail-account-order-asked-for-subject = Your order at { $shop }
mail-account-order-asked-for-text = Somebody, hopefully you, has looked for this order by its number and this address. Here is all of it. Keep the link to yourself: whoever has it sees your order.
mail-account-order-asked-for-button = Open my order

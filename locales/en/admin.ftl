# The back office: templates/admin/, src/admin/.
admin-menu = Back office
admin-menu-shop = Shop
admin-home = Home
admin-staff = Staff
admin-roles = Roles
admin-audit = Audit log
admin-view-shop = View the shop
admin-account-of = { $name }, your account
admin-sign-out = Sign out
admin-save = Save
admin-name = Name
admin-email = E-mail
admin-role = Role
admin-state = State
admin-is-on = On
admin-is-off = Off

admin-welcome = Hello, { $name }
admin-to-do = To do
admin-nothing-to-do = Nothing is waiting for you.
admin-to-pack = { $count ->
    [one] 1 order to pack
   *[other] { $count } orders to pack
}
admin-to-be-paid = { $count ->
    [one] 1 order waits for its payment to be confirmed
   *[other] { $count } orders wait for their payments to be confirmed
}
admin-returns-waiting = { $count ->
    [one] 1 return to see to
   *[other] { $count } returns to see to
}
admin-refunds-waiting = { $count ->
    [one] 1 refund to send by hand
   *[other] { $count } refunds to send by hand
}
admin-failed-mails = { $count ->
    [one] 1 mail could not be sent
   *[other] { $count } mails could not be sent
}
admin-failed-jobs = { $count ->
    [one] 1 background job has failed
   *[other] { $count } background jobs have failed
}

forbidden-title = You may not do this
forbidden-advice = Your role does not include it. An owner can give you another role.

admin-sign-in = Sign in
admin-sign-in-wrong = E-mail and password do not match. Nobody can sign in with them.
admin-password = Password
admin-forgot = Forgotten your password?
admin-forgot-lead = Tell us your e-mail address. If it belongs to an account, we send a link to choose a new password.
admin-forgot-button = Send the link
admin-forgot-sent = Look into your mailbox
admin-forgot-sent-lead = If the address belongs to an account, a mail with a link is on its way. The link works once, within an hour.
admin-email-wrong = Enter an e-mail address, such as ani@shop.example.
admin-name-wrong = Enter a name of up to 100 characters.
admin-code = Code
admin-code-heading = Enter your code
admin-code-lead = Open your authenticator app and type the six digits that it shows for this shop. If you do not have the app at hand, use one of your recovery codes.
admin-code-wrong = This code is not valid now. Each code works once, for 30 seconds: wait for the next one.
admin-confirm = Confirm that it is you
admin-confirm-lead = What comes next can do much harm in the wrong hands, so please sign in once more. You are not asked again for ten minutes.
admin-confirm-button = Go on
admin-password-wrong = This is not your password.
admin-first-owner = Your account as the owner
admin-first-owner-lead = This shop has no staff yet. Whoever fills in this form becomes its owner and may do everything.
admin-join = Join the staff
admin-join-lead = Choose a name and a password. You sign in with { $email }.
admin-join-button = Create my account
admin-new-password = New password
admin-password-hint = At least 12 characters. A few words in a row are easy to remember and hard to guess.
admin-password-short = Choose a password of at least 12 characters.
admin-password-long = Choose a password of at most 128 characters.
admin-password-easy = This password is easy to guess. Add another word or two.
admin-link-gone = This link does nothing any more
admin-link-gone-lead = It was used already or is too old. Ask for a new one.

admin-account = Your account
admin-change-password = Change password
admin-change-password-lead = You stay signed in here and are signed out everywhere else.
admin-password-now = Current password
admin-second-factor = Second factor
admin-second-factor-on = When you sign in, you are also asked for a code from your app.
admin-second-factor-off = With a code from an app on your phone, a stolen password alone does not open the shop.
admin-second-factor-required = This shop asks everybody for a second factor. Set yours up to go on.
admin-second-factor-replaces = The new app takes the place of the one that you have. Your recovery codes are replaced as well.
admin-second-factor-set-up = Set up the second factor
admin-second-factor-replace = Set it up anew
admin-scan = Scan this picture with an authenticator app, then type the code that the app shows.
admin-qr = Picture to scan with your authenticator app
admin-scan-key = Or type this key into the app:
admin-codes = Your recovery codes
admin-codes-lead = The second factor is set up. Print these codes or write them down: each lets you in once when you do not have your app. They are never shown again.
admin-codes-kept = I have kept them
admin-sessions = Where you are signed in
admin-session-this = This device
admin-session-end = Sign out there
admin-sessions-end-others = Sign out everywhere else
admin-unknown-device = Unknown device
admin-signed-in-since = since { $date }

admin-invite = Invite somebody
admin-invite-lead = She receives a link by mail, chooses a password, and may do what her role allows.
admin-invite-button = Send the invitation
admin-role-missing = Choose a role.
admin-person = Member of staff
admin-require-second-factor = Everybody needs a second factor
admin-require-second-factor-hint = Whoever has none sets one up before anything else.
staff-active = Active
staff-invited = Invited
staff-disabled = Disabled
staff-link-sent = A mail with a link is on its way to { $email }.
staff-out-of-reach = You cannot change this account: it is your own, or it may do more than yours.
staff-access = Access
staff-link = Send a link
staff-link-advice = A link to choose a new password. It works once, within an hour.
staff-invite-advice = A new link to join by. It works once, within a day.
staff-reset = Take away the second factor
staff-reset-advice = For who has lost the app and the recovery codes: make sure that you are talking to the right person. Signs her out everywhere and sends a link for a new password.
staff-disable = Disable the account
staff-disable-advice = Signs her out at once. What she has done stays in the audit log.
staff-enable = Enable the account
staff-enable-advice = She can sign in again with her password.
staff-last-owner = The shop needs an owner who can sign in. Make somebody else an owner first.
staff-too-much = This takes more than you may do yourself.
staff-herself = You cannot change your own role or shut yourself out.
staff-taken = There is one with this name or address already.
staff-in-use = Somebody has this role. Give her another one first.
staff-gone = This is not there any more.

admin-roles-lead = A role says what its holders may do. Nobody can give what she may not do herself.
admin-role-new = New role
admin-role-name = Name of the role
admin-role-name-wrong = Enter a name of up to 60 characters.
admin-role-remove = Remove the role
role-built-in = Built in
role-may-everything = Everything
role-owner = Owner
role-manager = Manager
role-packer = Packer
role-service = Customer service
role-editor = Editor
area-orders = Orders
area-products = Products
area-customers = Customers
area-selling = Selling
area-shop = Shop
may-orders-view = See orders
may-orders-ship = Pack and ship
may-orders-change = Confirm payments, cancel, decide on returns
may-orders-refund = Refund
may-orders-export = Export orders
may-products-view = See products
may-products-change = Change products
may-products-stock = Change stock
may-products-export = Export products
may-customers-view = See customers
may-customers-change = Change customers
may-customers-export = Export customers
may-selling-discounts = Prices and discounts
may-selling-content = Pages and look
may-selling-reports = See reports
may-shop-settings = Settings
may-shop-staff = See the staff
may-shop-roles = Invite staff and give roles
may-shop-audit = See the audit log

admin-audit-lead = Everything that staff and operators have done. Entries cannot be changed; `etalase verify` finds any that were.
audit-when = When
audit-who = Who
audit-action = What
audit-of = Of
audit-details = Details
audit-any-action = Anything
audit-text = Order number or name
audit-none = Nothing was found
audit-before = Before: { $text }
audit-after = After: { $text }
audit-newest = Newest
audit-older = Older
actor-operator = Operator
actor-operator-named = Operator ({ $name })
actor-nobody = Not signed in
entity-order = Order { $number }
entity-staff = Staff { $id }
entity-role = Role { $id }
entity-shop = Shop
deed-signed-in = Signed in
deed-sign-in-refused = Sign-in refused
deed-signed-out = Signed out
deed-confirmed = Confirmed who she is
deed-password-changed = Changed the password
deed-password-reset = Chose a new password by link
deed-second-factor-set = Set up the second factor
deed-recovery-code-used = Used a recovery code
deed-staff-invited = Invited somebody
deed-staff-joined = Joined
deed-staff-changed = Gave another role
deed-staff-disabled = Disabled an account
deed-staff-enabled = Enabled an account
deed-staff-reset = Took away a second factor
deed-link-asked = Asked for a link
deed-role-made = Made a role
deed-role-changed = Changed a role
deed-role-removed = Removed a role
deed-settings-changed = Changed settings
deed-rules-applied = Applied rules
deed-order-paid = Confirmed a payment
deed-order-shipped = Shipped
deed-order-cancelled = Cancelled an order
deed-order-refunded = Refunded
deed-refund-sent = Sent a refund
deed-return-approved = Approved a return
deed-return-declined = Declined a return
deed-return-received = Received a return

mail-staff-invite = Join the staff of { $shop }
mail-staff-invite-lead = You have been invited to work in the back office. Choose a password to begin. The link works once, within a day.
mail-staff-invite-button = Join
mail-staff-reset = A new password for { $shop }
mail-staff-reset-lead = Somebody has asked for a new password for your staff account. The link works once, within an hour.
mail-staff-reset-button = Choose a new password
mail-staff-link-foot = If you did not expect this mail, do nothing: without the link nobody gets in.

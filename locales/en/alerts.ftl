# Back in stock: templates/alerts/, src/alerts/; its form on the product page, its mails in src/mail/back_in_stock.rs.
alert-heading = Know when it is back
alert-hint = One mail when it can be ordered again, and nothing else.
alert-to-account = We write to the address of your account: one mail when it can be ordered again, and nothing else.
alert-button = Mail me when it is back
alert-confirm-heading = One more click
alert-confirm-lead = Shall we write to you when it can be ordered again?
alert-confirm-button = Yes, write to me
alert-done-heading = You hear from us
alert-done-lead = As soon as it can be ordered again we send you a mail: one, within half a year. You can end it in that mail.
alert-dead-heading = This link does not work any more
alert-dead-lead = It was used already, or is too old. If it is still sold out, ask once more on its page.
alert-stop-heading = No more mails about stock?
alert-stop-lead = We then write to you about none of the things that you wait for. Mails about your orders still come.
alert-stop-button = No more mails
alert-stopped-heading = No more mails about stock
alert-stopped-lead = We have forgotten what you were waiting for. Mails about your orders still come.

mail-stock-ask-subject = Shall we tell you when { $name } is back at { $shop }?
mail-stock-ask-text = Somebody, hopefully you, wants a mail from { $shop } when { $name } can be ordered again. The link works once, for one day. If it was not you, do nothing: nobody writes to you then.
mail-stock-ask-button = Yes, write to me
mail-stock-news-subject = { $name } is back at { $shop }
mail-stock-news-text = { $name } can be ordered again. We tell you because you asked us to, and others did, too: there may not be enough for everybody.
mail-stock-news-button = Have a look
mail-stock-stop = No more mails about stock

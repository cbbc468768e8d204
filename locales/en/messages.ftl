# Messages to the shop: the contact form (templates/messages/), the back office (src/admin/messages/), their mails.
contact-heading = Write to us
contact-lead = Your message goes to { $shop }, and we answer by e-mail.
label-topic = What is it about?
contact-choose = Please choose
topic-order = An order
topic-product = A product
topic-return = A return or a complaint
topic-other = Something else
label-message = Your message
contact-email-hint = Our answer goes there.
contact-send = Send the message
contact-kept = We keep your message to answer it, and forget it a year later.
contact-trap = Leave this field empty
contact-again = Please send it once more
contact-too-fast = That was faster than people type, and machines write to us a lot. Everything that you typed is still here: look it over and press the button again.
contact-too-old = This page was open for more than a day. Everything that you typed is still here: just press the button again.
contact-too-many = { $count ->
    [one] We have just had several messages from you. Everything that you typed is still here: wait a minute, then press the button again.
   *[other] We have just had several messages from you. Everything that you typed is still here: wait { $count } minutes, then press the button again.
}
missing-topic = Choose what it is about
missing-message = Write your message
contact-thanks-heading = Your message has arrived
contact-thanks-lead = Thank you. We answer to the e-mail address that you gave. No other mail confirms this, so you need not wait for one.

mail-new-message-subject = Message from { $name }: { $topic }
mail-new-message-button = Answer in the back office
mail-new-message-reply = If you answer this mail instead, your answer goes to whoever wrote, and your colleagues do not see it.
mail-message-answer-subject = Your message to { $shop }
mail-message-answer-wrote = You wrote on { $at }:

admin-messages = Messages
messages-lead = What visitors write by the contact form of the shop.
messages-open = Open
messages-done = Done
messages-spam = Spam
messages-all = All
messages-text = Name, e-mail or order number
messages-empty = No message here
messages-empty-advice = The contact form is in the footer of every page. You hear of each message by mail.
messages-none-advice = Try the beginning of a first or last name or of an e-mail address, the whole number of an order, or all messages.
messages-show-open = Show the open ones
message = Message
message-is-open = Open
message-is-done = Done
message-is-spam = Spam
message-entries = Answers and notes
message-to-answer = Answer
message-answer = Answer
message-answer-advice = It goes to { $email } as you write it, with the message below it, and the message is done. What is written back comes to the mailbox of the shop.
message-send = Send the answer
message-proven = Written while signed in: the address is hers.
message-unproven = Anybody can type an address. What only its owner may know belongs into the answer, which goes there, and nowhere else.
message-her-order = Asks about { $number }, which was ordered with this address.
message-no-order = Asks about { $number }: no order with this number was placed with this address. Tell nothing of it.
message-no-orders = Nothing was ordered with this address.
message-state = What becomes of it
message-to-open = Open it again
message-to-done = Mark as done
message-to-spam = Mark as spam
message-advice-open = It is to be seen to.
message-advice-done = It needs no answer. It is forgotten after a year.
message-advice-spam = It is forgotten after 30 days, and does not come again word for word.
message-meanwhile = Somebody else has seen to this message while you were at it, or it has come again. Nothing was done, and what you typed is still here: look at the page again.
message-done-answered = Your answer is on its way, and the message is done.
message-done-moved = The message is where you put it.
task-message = { $count ->
    [one] 1 message to answer
   *[other] { $shown } messages to answer
}
entity-message = Message { $id }
deed-message-answered = Answered a message
deed-message-noted = Wrote a note about a message
deed-message-moved = Put a message elsewhere

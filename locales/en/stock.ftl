# Stock in the back office: templates/admin/stock/, src/admin/stock/.
admin-stock = Stock
stock-all = All
stock-low = Running low
stock-out = Sold out
stock-owed = On backorder
stock-state = Scarce
stock-download = Download (CSV)
stock-empty = Nothing to count yet
stock-empty-advice = What you sell stands here with how much of it there is, as soon as you have made a product.
stock-none = Nothing fits
stock-none-advice = Try other words, or fewer filters.
stock-show-all = Show all stock
stock-on-hand = On the shelf
stock-reserved = Held by orders
stock-available = Available
stock-backorder = May be sold beyond
stock-of = Stock: { $sku }
stock-product = Product
stock-level = Now
stock-ledger = What has moved it
stock-ledger-empty = Nothing has come or gone yet.
stock-what = What
stock-why = Why
stock-by-shop = Shop
stock-by-shopper = Shopper
stock-move-received = Came in
stock-move-allocated = Held for an order
stock-move-released = Let go again
stock-move-shipped = Sent
stock-move-returned = Came back
stock-move-adjusted = Corrected
stock-receive = Goods have come
stock-receive-advice = They lie on the shelf then and can be ordered at once. Whoever waits for them is told by mail. No money moves.
stock-receive-button = Take them in
stock-units = Units
stock-units-wrong = Enter how many have come, as a whole number of at most 1,000,000.
stock-reference = Delivery note
stock-reference-hint = The same note is taken in once for this SKU, even if two of you enter it.
stock-received-twice = This delivery was taken in before, so nothing was done again. Another delivery needs another note.
stock-adjust = Correct the level
stock-adjust-advice = For what was found, lost or broken. Orders keep what they hold.
stock-adjust-button = Correct it
stock-by = More or fewer
stock-by-hint = Such as +3 or -2.
stock-by-wrong = Enter how many more or fewer lie there, such as +3 or -2.
stock-reason = Reason
stock-reason-hint = It stands in the ledger for good.
stock-fewer = So many do not lie there.
stock-limits = Limits
stock-backorder-hint = So many can be ordered although none is there. 0 for none.
stock-low-at = Running low at
stock-low-at-hint = { $count ->
    [one] You are told when so few can still be had. Empty for what the whole shop calls few: 1.
   *[other] You are told when so few can still be had. Empty for what the whole shop calls few: { $count }.
}
stock-whole = Enter a whole number of at most 1,000,000, without a sign.
stock-meanwhile = Somebody else has set these limits while you were at it. Nothing was overwritten: look at what changed and save again.
stock-done-received = The goods are on the shelf.
stock-done-adjusted = The level is corrected.
stock-done-limits = The limits are set.
deed-count-sheet-made = Made a count sheet
deed-counts-typed = Entered counts
deed-count-sheet-removed = Threw a count sheet away
entity-stocktake = Count sheet { $id }

count-sheets = Count sheets
count-lead = Count what lies on the shelf, while the shop is open: what is sold or comes meanwhile does not falsify a count.
count-none = No sheet yet. Make one, print it, and count.
count-new = New sheet
count-new-advice = It lists what is to be counted, by SKU. No stock moves before you book what differs.
count-make = Make the sheet
count-what = What to count
count-everything = Everything
count-since = Only what was not counted since
count-since-hint = Empty for all of it. A count is one when it was booked.
count-name-since = { $what }, not counted since { $since }
count-status-making = Being written
count-status-open = Counting
count-status-booking = Being booked
count-status-booked = Booked
count-is-making = The lines of this sheet are not all written. If it stays so, throw it away and make another.
count-is-booking = Booking was interrupted. Go on: nothing is booked twice.
count-is-booked = This sheet is booked. Its corrections stand in the ledger of each SKU, with the reason “stocktake”.
count-progress = { $counted } of { $lines } counted
count-made = { $name }, { $at }
count-of = Count: { $name }
count-print = Print
count-print-advice = Print it, and write what lies there into the last column. Parcels that are packed and not yet marked as sent count as lying there.
count-download = As a table (CSV)
count-differences = Differences
count-back = Back to the sheet
count-find = Find a SKU on this sheet
count-sku-missing = { $sku } is not on this sheet.
count-line = Line
count-counted = Counted
count-previous = Previous page
count-place = Page { $page } of { $pages }
count-save-next = Save and go on
count-at = Counted at
count-at-hint = When you stood before the shelf. What was sent or came before or after that is reckoned with.
count-at-wrong = Enter a time after the sheet was made and not later than now.
count-came = { $count } came since the sheet was made
count-went = { $count } went since the sheet was made
count-came-and-went = { $came } came and { $went } went since the sheet was made
count-meanwhile = Somebody else has counted on this page while you were at it, or books the sheet. Nothing was overwritten: look at what changed and save again.
count-file = Counts from a file
count-file-advice = A table (CSV) with the columns sku and counted, such as this sheet's own. Rows without a count are left out. Nothing is taken over if a row is wrong.
count-file-label = File
count-file-button = Take the counts over
count-file-missing = Choose a file that has something in it.
count-file-large = The file has more than 10 MB. Split it.
count-file-odd = This is no text in UTF-8. Save it as “CSV UTF-8”.
count-file-wrong = Nothing was taken over. Mend these rows and send the file again:
count-file-columns = There are no columns called sku and counted in the first row.
count-row-twice = Row { $row }: { $text } stands in the file twice.
count-row-number = Row { $row }: “{ $text }” is no whole number from 0 to 1,000,000.
count-row-unknown = Row { $row }: { $text } is not on this sheet.
count-file-meanwhile = Somebody else counts on this sheet, or it is booked. Look at it and send the file again.
count-file-taken = { $count ->
    [one] 1 count is taken over.
   *[other] { $count } counts are taken over.
}
count-file-moved = Count these again
count-file-moved-advice = Something was sent or has come since the sheet was made, and a file does not say when you counted. Type these in with the time.
count-remove = Throw the sheet away
count-remove-advice = With all that was counted on it. No stock moves.
count-lines = What differs
count-same = Everything that was counted lies there as the ledger has it.
count-expected = Should be
count-difference = Difference
count-value = Value
count-by = Counted by
count-sums = Together
count-more = Found
count-less = Missing
count-balance = Balance
count-value-hint = At the selling price when it was counted.
count-book-advice = { $lines ->
    [0] Nothing differs: booking closes the sheet and moves no stock. { $uncounted ->
        [0] Every line is counted.
        [one] 1 line is not counted and stays as it is.
       *[other] { $uncounted } lines are not counted and stay as they are.
    }
    [one] 1 level is corrected, with the reason “stocktake”. { $uncounted ->
        [0] Every line is counted.
        [one] 1 line is not counted and stays as it is.
       *[other] { $uncounted } lines are not counted and stay as they are.
    }
   *[other] { $lines } levels are corrected, with the reason “stocktake”. { $uncounted ->
        [0] Every line is counted.
        [one] 1 line is not counted and stays as it is.
       *[other] { $uncounted } lines are not counted and stay as they are.
    }
}
count-book = Book the differences
count-book-on = Go on booking
count-moved-on = Somebody else has typed counts since you opened this page. These are the differences now: look at them and book again.
count-left = { $count ->
    [one] 1 level could not be corrected, because fewer lie there by now than are missing. Count it again with a new sheet.
   *[other] { $count } levels could not be corrected, because fewer lie there by now than are missing. Count them again with a new sheet.
}
count-not-booked = Not booked

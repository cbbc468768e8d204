# Goods that come and go as tables: src/admin/imports/.
imports-title = Import and export
imports-lead = Bring products from a file, or take all of them along as one.
imports-bring = Bring products
imports-file = A table (CSV)
imports-file-hint = An export of this shop, of Shopify or of WooCommerce, at most 200 MB. It is looked through first: nothing changes before you say so.
imports-check = Look it through
imports-export = Take all products along
imports-export-lead = One file with all products, variants, prices and stock. Brought back as it is, it changes nothing. Pictures stand in it by their names.
imports-export-button = Download all products
imports-brought = Files that were brought
imports-none = No file was brought yet. What each of the last ones has changed can be looked at here, and undone, for 90 days.
import-missing = Choose a file.
import-empty = The file is empty.
import-not-utf8 = The text cannot be read. Save the table as “CSV UTF-8” and try again.
import-unknown-columns = The first row has no columns that we know. It must be that of an export of this shop, of Shopify or of WooCommerce.
import-columns-twice = Two columns have the same name. Leave one of them out.
import-state-checking = Being looked through
import-state-unread = Not looked through
import-state-checked = Waits for you
import-state-running = Running
import-state-stopped = Stopped
import-state-done = Done
import-state-undoing = Being undone
import-state-undone = Undone
import-dialect-own = An export of this shop
import-lead = { $dialect }, brought { $at }. What it changes stands under the name of { $name }.
import-how = How it stands
import-said-checking = The file is looked through; nothing is changed.
import-said-unread = The file could not be looked through to its end, which need not be its fault. Nothing is changed.
import-said-held = It changes stock, which you may not do: somebody who may has to let it run, or you look it through again without.
import-said-checked = Nothing is changed yet. Below stands what the file would do. What is wrong in it is left out; the rest is brought.
import-said-nothing = There is nothing to bring: the shop has all of it, or what is new is wrong.
import-said-running = Products are being written. You can close this page: it goes on by itself.
import-said-stopped = What was written stays. You can go on from here, or undo it.
import-said-done = All of the file is written.
import-said-undoing = What the file has changed is being undone.
import-said-undone = Products that are as they were before: { $undone }. Left as they are, wholly or in part, since somebody has changed them: { $kept }.
import-look-again = See how far it is
import-look-no-more = Do not look again by itself
import-ignored = These columns are not taken over: { $columns }. Pictures of other sites are not fetched; add them on the pages of the products.
import-stock = Stock
import-stock-new = Of variants that are new
import-stock-all = Of all variants: what lies there is corrected to the file
import-stock-nowhere = Of none
import-check-again = Look it through again
import-run = { $count ->
    [one] Bring 1 product
   *[other] Bring { $count } products
}
import-stop = Stop
import-resume = Go on
import-undo = Undo
import-undo-advice = Undoing brings back what stood there before, and archives what is new. What somebody has changed since is left alone.
import-made = New
import-changed = Changed
import-same = As they are
import-wrong = Left out
import-problems = What is wrong
import-problems-advice = Mend these rows and bring them again: what is there already stays as it is. A product with a mistake is left out whole; one with a note is not.
import-row = Row
import-column = Column
import-problem = What is wrong
import-wrong-file = Download what was left out
import-note = Note
import-more-problems = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
import-effects = What changes, the first products
import-effect = Columns
import-effect-made = New product
import-effect-added = { $count ->
    [one] 1 new variant
   *[other] { $count } new variants
}
import-wrong-status = Write draft, active or archived.
import-wrong-time = Write a time such as 2026-11-23 09:00 (UTC).
import-wrong-tax = The shop has no tax class of this name.
import-wrong-yes = Write yes or no.
import-wrong-name = Write a name.
import-wrong-text = The text is too long, or holds characters that cannot be printed.
import-attribute-kind = The shop has an attribute of this name whose values are of another kind.
import-wrong-number = Write a whole number.
import-wrong-date = Write a date such as 2026-11-23.
import-wrong-whole = Write a whole number that is not below 0.
import-wrong-size = Write length, width and height in millimetres, such as 200x80x80.
import-wrong-price = Write an amount in the shop’s currency with a point before its decimals, such as 12.50.
import-wrong-prices = Write each price as its currency and amount, such as “IDR 45000 from 10”, with | between them.
import-note-picture = The shop does not have this picture. Nothing is fetched from other sites: add it on the product’s page.
import-no-handle = Write the product’s handle: the shop has no product with this SKU.
import-too-many-variants = A product has at most 2,000 variants.
import-too-many-pictures = A product has at most 40 pictures.
import-sku-taken = Another product has this SKU.
import-sku-twice = The SKU stands here twice.
import-no-price = A new variant needs a price.
import-compare-lower = The price before must be higher than the price.
import-no-value = The variant has no value of this option.
import-no-variant = The product has no variant.
import-options-differ = The product has other options in the shop. Name all its variants in the file, or change the options on its page.
import-values-twice = Two variants of the product have the same values.
import-too-many-cells = The row has more cells than the first one. A text with a comma or a line end must stand in quotes.
import-no-parent = The product of this variation does not stand in the file.
import-other-kind = Products of this kind cannot be brought.
import-refused = The shop cannot hold what these rows say. Look whether a code or a price stands there twice.
import-taken-meanwhile = Somebody has changed the product, or taken its SKU, at the same moment. Bring the file again.
import-too-long = From this row on the file cannot be read: a quote is missing somewhere.

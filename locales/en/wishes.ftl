# Wishlist: templates/wishes/, src/wishes/; its link in every header, its buttons on product and cart pages.
wishlist-heading = Wishlist
wishlist-keep = Keep for later
wishlist-move = Move to wishlist
wishlist-items = Things on the list
wishlist-added = { $name } is on your wishlist
wishlist-gone = No longer sold
wishlist-empty = Nothing on your wishlist yet
wishlist-empty-advice = Press “Keep for later” on the page of something you like, and find it again here.
wishlist-of-account = Have you kept things with your account?
wishlist-full = { $count ->
   *[other] A wishlist holds { $count } things. Remove one to keep another.
}
wishlist-stays-heading = On this device
wishlist-stays = Your list stays here for 60 days. With an account it stays as long as you like, and you find it on every device.
wishlist-share-heading = Share this list
wishlist-share = Whoever has the link sees what is on your list, but not whose it is. You can end it at any time.
wishlist-share-button = Make a link
wishlist-link = Link to your list
wishlist-stop = Stop sharing
wishlist-shared-heading = A wishlist at { $shop }
wishlist-shared-lead = Somebody would like to have these, and has given you the link.
wishlist-shared-empty = Nothing is on this list right now.
cart-kept = { $name } is on your wishlist now

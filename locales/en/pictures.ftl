# Pictures of the goods, as the staff keep them.
pictures-title = Pictures
pictures-add = Add pictures
pictures-files = Photographs
pictures-files-hint = JPEG, PNG, WebP or GIF, up to 20 MB each; several at once. They are turned upright, made in all sizes and freed of camera data (place, device) within a few seconds. Of a GIF that moves, the first picture is shown.
pictures-add-button = Add them
pictures-added = { $count ->
    [0] No picture was added.
    [one] One picture was added, but not all of them:
   *[other] { $count } pictures were added, but not all of them:
}
pictures-shown = In the shop, in this order
pictures-none = This product has no pictures yet.
pictures-main = Main picture
pictures-waiting = Being prepared
pictures-failed = Damaged
pictures-without-words = Not described in every language
pictures-earlier = Move picture { $count } one place forward
pictures-later = Move picture { $count } one place back
pictures-first = Make main: picture { $count }
pictures-make-main = Make main
pictures-edit = Describe, choose variants, remove
pictures-edit-number = Picture { $count }: describe, choose variants, remove
picture-title = Picture
picture-open = Open the picture in its full size
picture-words-heading = What it shows
picture-words = Description
picture-words-hint = For shoppers who cannot see the picture, and for search engines: what is to be seen, such as “Clay mug with a three-finger handle, from above”.
picture-for = Stands for
picture-for-hint = Shoppers who choose this see the picture first. A variant has one picture of its own.
picture-for-nothing = No variant in particular
picture-for-several = Several variants, as it is now
picture-remove = Remove
picture-remove-advice = Takes the picture off this product and its variants at once. Orders that show it keep it.
picture-remove-button = Remove the picture
picture-failed-advice = This file is damaged, so shoppers see a placeholder. Remove the picture and add it again from the original.
picture-changed-meanwhile = Somebody else has described this picture since you opened it. Open the page again to see her words; yours are below.
picture-missing = Choose at least one picture.
picture-too-large = It has more than 20 MB. Save it smaller: 2,000 pixels a side are enough.
picture-heic = Photographs in the HEIC format of iPhones cannot be read. Export it as JPEG; in the camera’s settings, “Most Compatible” makes all new ones JPEG.
picture-avif = Pictures in the AVIF format cannot be read. Save it as JPEG, PNG or WebP; shoppers get small files anyway.
picture-not-a-picture = This is no JPEG, PNG, WebP or GIF picture.
picture-too-many-pixels = It has more than 64 million pixels, or a side of more than 12,000. Save it smaller.
picture-unreadable = It is damaged and cannot be read. Export it anew.
picture-already-there = This product has this picture already.
picture-too-many = This product has 40 pictures, the most that a page shows. Remove one first.

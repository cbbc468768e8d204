# What is wrong with a file: src/uploads/.
upload-missing = Choose a picture first.
upload-too-large = The picture has more than 10 MB. Take a screenshot, or make it smaller.
upload-heic = The picture is in the HEIC format, which cannot be read here. A screenshot or a JPEG works.
upload-avif = The picture is in the AVIF format, which cannot be read here. A screenshot or a JPEG works.
upload-not-a-picture = This is no JPEG, PNG or WebP picture. A screenshot or a photo works.
upload-too-many-pixels = The picture is too large to be read. Take a screenshot, or make it smaller.
upload-unreadable = The picture is damaged and cannot be read. Send another one.

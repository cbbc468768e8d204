# Yang salah dengan berkas: src/uploads/.
upload-missing = Pilih gambar dulu.
upload-too-large = Ukuran gambar lebih dari 10 MB. Kirim tangkapan layar, atau perkecil gambarnya.
upload-heic = Gambar ini berformat HEIC, yang tidak bisa dibaca di sini. Kirim tangkapan layar atau JPEG.
upload-avif = Gambar ini berformat AVIF, yang tidak bisa dibaca di sini. Kirim tangkapan layar atau JPEG.
upload-not-a-picture = Berkas ini bukan gambar JPEG, PNG, atau WebP. Kirim tangkapan layar atau foto.
upload-too-many-pixels = Gambar terlalu besar untuk dibaca. Kirim tangkapan layar, atau perkecil gambarnya.
upload-unreadable = Gambar rusak dan tidak bisa dibaca. Kirim gambar lain.

# Gambar barang, seperti yang dikelola staf.
pictures-title = Gambar
pictures-add = Tambah gambar
pictures-files = Foto
pictures-files-hint = JPEG, PNG, WebP, atau GIF, maksimal 20 MB per berkas; boleh beberapa sekaligus. Dalam beberapa detik foto ditegakkan, dibuat dalam semua ukuran, dan data kameranya (lokasi, perangkat) dihapus. Dari GIF bergerak, yang tampil hanya gambar pertamanya.
pictures-add-button = Tambahkan
pictures-added = { $count ->
    [0] Tidak ada gambar yang ditambahkan.
   *[other] { $count } gambar sudah ditambahkan, tetapi tidak semuanya:
}
pictures-shown = Urutan di toko
pictures-none = Produk ini belum punya gambar.
pictures-main = Gambar utama
pictures-waiting = Sedang disiapkan
pictures-failed = Rusak
pictures-without-words = Belum dijelaskan dalam semua bahasa
pictures-earlier = Majukan gambar { $count } satu tempat
pictures-later = Mundurkan gambar { $count } satu tempat
pictures-first = Jadikan utama: gambar { $count }
pictures-make-main = Jadikan utama
pictures-edit = Jelaskan, pilih varian, hapus
pictures-edit-number = Gambar { $count }: jelaskan, pilih varian, hapus
picture-title = Gambar
picture-open = Buka gambar dalam ukuran penuh
picture-words-heading = Isi gambar
picture-words = Keterangan
picture-words-hint = Untuk pembeli yang tidak bisa melihat gambar dan untuk mesin pencari: apa yang terlihat, misalnya “Cangkir tanah liat dengan gagang tiga jari, tampak atas”.
picture-for = Mewakili
picture-for-hint = Pembeli yang memilih ini melihat gambar ini lebih dulu. Setiap varian hanya punya satu gambar sendiri.
picture-for-nothing = Tidak ada varian tertentu
picture-for-several = Beberapa varian, seperti sekarang
picture-remove = Hapus
picture-remove-advice = Gambar langsung hilang dari produk ini dan variannya. Pesanan yang menampilkannya tetap menyimpannya.
picture-remove-button = Hapus gambar
picture-failed-advice = Berkas ini rusak, jadi pembeli melihat gambar pengganti. Hapus gambar ini lalu tambahkan lagi dari berkas aslinya.
picture-changed-meanwhile = Ada orang lain yang mengubah keterangan gambar ini sejak Anda membukanya. Buka lagi halaman ini untuk melihatnya; tulisan Anda ada di bawah.
picture-missing = Pilih setidaknya satu gambar.
picture-too-large = Ukurannya lebih dari 20 MB. Simpan dengan ukuran lebih kecil: 2.000 piksel per sisi sudah cukup.
picture-heic = Foto berformat HEIC dari iPhone tidak bisa dibaca. Ekspor sebagai JPEG; di pengaturan kamera, “Paling Kompatibel” membuat semua foto baru menjadi JPEG.
picture-avif = Gambar berformat AVIF tidak bisa dibaca. Simpan sebagai JPEG, PNG, atau WebP; pembeli tetap menerima berkas yang kecil.
picture-not-a-picture = Berkas ini bukan gambar JPEG, PNG, WebP, atau GIF.
picture-too-many-pixels = Gambarnya lebih dari 64 juta piksel, atau salah satu sisinya lebih dari 12.000. Simpan dengan ukuran lebih kecil.
picture-unreadable = Berkasnya rusak dan tidak bisa dibaca. Ekspor ulang.
picture-already-there = Produk ini sudah punya gambar ini.
picture-too-many = Produk ini sudah punya 40 gambar, jumlah terbanyak di satu halaman. Hapus satu dulu.

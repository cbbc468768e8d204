# Pelanggan di ruang kerja: templates/admin/customers/, src/admin/customers/.
admin-customers = Pelanggan
customers-accounts = Punya akun
customers-guests = Tamu
customers-text = Nama, email, atau telepon
customers-empty = Belum ada siapa-siapa
customers-empty-advice = Siapa pun yang membuat akun atau memesan tanpa akun muncul di sini.
customers-none-advice = Coba awal nama depan, nama belakang, atau alamat email, atau nomor telepon lengkap.
customers-show-all = Tampilkan semua pelanggan
customers-last-order = Pesanan terakhir
customers-ordered = Memesan
customer-guest = Tamu
customer-blocked = Diblokir
customer-is-blocked = Diblokir oleh “{ $pattern }”: { $reason } ({ $name }, { $at })
customer-since = Pelanggan sejak
customer-group = Grup
customer-group-hint = Huruf kecil, angka, dan tanda hubung, misalnya grosir. Harga khusus grup ini berlaku untuknya. Kosongkan bila tidak ada.
customer-group-wrong = Isi huruf kecil, angka, dan tanda hubung, misalnya grosir.
customer-meanwhile = Orang lain memindahkannya ke grup lain saat Anda mengubahnya. Tidak ada yang tertimpa: lihat lagi halamannya.
customer-person = Data diri
customer-news = Newsletter
customer-news-since = Setuju pada { $at }
customer-no-news = Belum setuju
customer-orders = { $count ->
   *[other] { $count } pesanan
}
customer-orders-over = { $count ->
   *[other] { $count } pesanan dari 1.000 terakhir
}
customer-all-orders = Semua pesanan
customer-no-orders = Belum pernah memesan.
customer-addresses = Alamat
customer-no-addresses = Tidak ada alamat tersimpan.
customer-devices = Tempat ia masuk
customer-note = Catatan
customer-no-devices = Saat ini tidak di mana pun.
customer-notes = Catatan
customer-notes-advice = Hanya di antara staf. Namun ia akan membacanya bila meminta data tentang dirinya.
customer-door = Pintu
customer-block = Blokir
customer-block-advice = Mulai sekarang tidak ada yang bisa memesan atau masuk dengan alamat ini; yang mencoba diminta dengan sopan untuk menghubungi Anda. Pesanan yang sudah dibuat tetap berjalan.
customer-block-reason = Alasan
customer-block-reason-hint = Hanya untuk staf.
customer-unblock = Buka lagi
customer-unblock-advice = Ia bisa memesan dan masuk lagi.
customer-privacy = Data pribadi
customer-data = Unduh data yang tersimpan
customer-data-advice = Semua yang tersimpan tentang dirinya, sebagai berkas untuknya. Pastikan memang ia yang meminta.
customer-erase = Lupakan orang ini
customer-erase-advice = Nasib pesanannya ditampilkan lebih dulu.
customer-merge = Gabungkan
customer-done-noted = Catatan ditambahkan.
customer-done-group = Grupnya diubah.
customer-done-blocked = Ia sudah diblokir.
customer-done-unblocked = Ia bisa memesan dan masuk lagi.
customer-done-merged = Kedua akun kini menjadi satu.
blocks = Diblokir
blocks-lead = Yang tidak bisa memesan maupun masuk.
blocks-none = Tidak ada yang diblokir.
block-new = Blokir seseorang
block-pattern = Alamat email atau pola
block-pattern-hint = Tanda * mewakili huruf apa pun, misalnya *@spam.example.
block-wrong = Isi alamat email, atau pola dengan * yang memuat @ dan paling sedikit tiga huruf lain.
block-known = Ini sudah diblokir, atau sudah ada 500 pola, batas yang dibandingkan dengan tiap pesanan.
merge-lead = Semua yang ada di akun lain milik orang yang sama pindah ke sini, dan akun itu berakhir. Ini tidak bisa dibatalkan.
merge-hint = Milik akun lain yang akan berakhir.
merge-look = Tampilkan yang akan terjadi
merge-effects = Yang akan terjadi
merge-effect = { $from } menjadi bagian dari { $into }.
merge-orders = { $count ->
   *[other] { $count } pesanan ikut pindah.
}
merge-addresses = { $count ->
   *[other] { $count } alamat ikut pindah, selama belum ada di sana dan masih ada tempat.
}
merge-notes = { $count ->
   *[other] { $count } catatan ikut pindah.
}
merge-wishes = { $count ->
   *[other] { $count } barang di wishlist beserta keranjangnya ikut pindah.
}
merge-codes = Kode diskon yang pernah dipakai salah satunya dianggap sudah terpakai.
merge-end = Tidak ada lagi yang bisa masuk dengan { $email }. Newsletter tetap sesuai persetujuan tiap alamat. Tidak ada email yang dikirim.
merge-button = Gabungkan
merge-none = Tidak ada akun dengan alamat ini.
merge-same = Ini akun yang sama.
merge-gone = Salah satu akun sudah tidak ada. Tidak ada yang dilakukan.
erase-lead = Sejauh undang-undang mengizinkan. Ini tidak bisa dibatalkan.
erase-guest = Yang tersimpan atas alamat emailnya dihapus: email, newsletter, dan barang yang ditunggunya.
erase-account = Akunnya dihapus, beserta alamat, keranjang, wishlist, catatan, sesi masuk, email, dan newsletter.
erase-done = { $count ->
   *[other] { $count } pesanan yang sudah selesai tetap menyimpan apa yang terjual dan harganya, tanpa nama.
}
erase-waiting = Masih berjalan, dan dilupakan setelah selesai: { $numbers }
erase-invoices = Faktur menyimpan nama pembelinya selama sepuluh tahun sesuai hukum pajak.
erase-not = Biarkan
customer-done-erased = Ia sudah dilupakan, sejauh undang-undang mengizinkan.
may-customers-erase = Menggabungkan dan melupakan pelanggan
deed-customer-noted = Menulis catatan tentang pelanggan
deed-customer-grouped = Mengubah grup pelanggan
deed-customer-blocked = Memblokir seseorang
deed-customer-unblocked = Membuka lagi blokir
deed-customers-merged = Menggabungkan dua pelanggan
checkout-blocked = Kami tidak dapat menerima pesanan dengan alamat email ini. Jika menurut Anda ini keliru, silakan hubungi kami.
account-blocked = Akun ini ditutup. Jika menurut Anda ini keliru, silakan hubungi kami.
orders-to-customer = Pesanan, alamat, catatan

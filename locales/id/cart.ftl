# Halaman keranjang: templates/cart/, src/cart/.
cart-heading = Keranjang
cart-description = Barang yang sudah Anda pilih, dengan ongkos kirim dan pajak. Tidak perlu akun untuk memesan.
cart-items = Isi keranjang Anda
cart-empty = Keranjang Anda masih kosong
cart-empty-advice = Barang yang Anda pilih tersimpan di sini selama 60 hari, di perangkat ini.
cart-look-around = Lihat-lihat toko
cart-added = { $name } sudah masuk keranjang
cart-go-on = Lanjut belanja
cart-removed = { $name } dihapus
cart-undo = Batalkan
cart-undo-what = penghapusan { $name }
cart-each = { $price } per buah
cart-quantity-of = Jumlah { $name }
cart-update = Ubah
cart-update-what = jumlah { $name }
cart-remove = Hapus
cart-take = Ambil { $count }
cart-unknown = Barang yang sudah tidak dijual
cart-gone = Barang ini sudah tidak dijual. Hapus dulu agar bisa lanjut ke pembayaran.
cart-on-backorder = { $count ->
   *[other] { $count } di antaranya masih menunggu stok: dikirim begitu stok datang.
}
cart-sold-out = Stok habis. Hapus dulu agar bisa lanjut ke pembayaran.
cart-short = Stok tinggal { $count }. Ambil sejumlah itu atau pilih lebih sedikit.
cart-dearer = Harganya kini { $now }. Saat Anda menambahkannya, { $was }.
cart-cheaper = Harganya turun menjadi { $now }. Saat Anda menambahkannya, { $was }.
cart-bad-quantity = Isi dengan bilangan bulat 1 sampai 9.999, atau 0 untuk menghapus
cart-summary = Ringkasan
cart-delivery-to = Ongkos kirim ke { $place } (perkiraan)
free-delivery-from = Tambah { $amount } lagi untuk gratis ongkir
cart-check-out = Lanjut ke pembayaran
cart-mend-first = { $count } barang perlu diubah dulu sebelum Anda bisa lanjut.
cart-no-account = Tanpa perlu membuat akun
cart-too-much = Jumlahnya melebihi batas satu pesanan. Kurangi jumlah barang, atau hubungi kami.

# Rincian biaya, juga di halaman pembayaran dan pesanan.
totals-goods = Subtotal
totals-discount = Diskon
totals-fees = Biaya lain
totals-tax-included = Termasuk { $name }
totals-rounding = Pembulatan
totals-total = Total
free = Gratis
error-title = Kesalahan: { $title }

# Kode diskon, juga di halaman pembayaran.
code-heading = Kode diskon
code-label = Kode diskon
code-apply = Pakai
code-kept = Kode yang dipakai
code-missing = Isi kodenya dulu
code-unknown = Kode ini tidak kami kenal. Periksa penulisannya, atau lanjutkan tanpa kode
code-not-begun = Kode ini belum berlaku
code-over = Kode ini sudah tidak berlaku
code-used-up = Kuota kode ini sudah habis
code-used-by-you = Kode ini sudah pernah dipakai dengan alamat email Anda
code-too-many = Sudah ada tiga kode yang dipakai. Hapus salah satu untuk memakai kode ini
code-doubled = Kode lain dari promo yang sama sudah dipakai; promonya dihitung sekali
code-subtotal-short = Belanja { $amount } lagi untuk memakai kode ini
code-too-few = Tambah { $count } barang promo lagi untuk memakai kode ini
code-no-line = Tidak ada barang di keranjang Anda yang termasuk promo ini
code-outdone = Promo lain memberi potongan lebih besar, jadi yang ini tidak dihitung
code-no-delivery = Kode ini untuk ongkos kirim, dan tidak ada yang perlu dikirim
code-nothing-left = Sudah tidak ada yang bisa dipotong dengan kode ini
line-discount = { $name }: { $amount }

cart-again = Barang dari pesanan Anda sudah ada lagi di keranjang, dengan harga hari ini.
cart-again-but = Barang yang masih tersedia dari pesanan Anda sudah ada di keranjang, dengan harga hari ini. Yang tidak ada:
cart-again-gone = { $name } sudah tidak tersedia.
cart-again-short = { $name }: hanya { $count } dari { $wanted }, sisanya habis.
cart-again-full = { $name } tidak muat: keranjang memuat paling banyak 50 macam barang.

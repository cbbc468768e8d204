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
cart-delivery-to = Kirim ke { $country }, mulai
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

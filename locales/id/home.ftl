# Halaman pertama kantor toko: src/admin/tasks.rs, figures.rs, chart.rs.
task-packing = { $count ->
   *[other] { $shown } pesanan perlu dikemas
}
task-money = { $count ->
   *[other] { $shown } pesanan menunggu transfer
}
task-proof = { $count ->
   *[other] { $shown } transfer perlu dikonfirmasi: pembeli sudah mengirim buktinya
}
task-return = { $count ->
   *[other] { $shown } pesanan dengan pengembalian yang perlu ditangani
}
task-refund = { $count ->
   *[other] { $shown } pesanan dengan uang yang perlu dikirim kembali
}
task-stopped = { $count ->
   *[other] { $shown } pesanan ditahan
}
task-trouble = { $count ->
   *[other] { $shown } pesanan dengan masalah pembayaran
}
task-mail = { $count ->
   *[other] { $shown } pesanan dengan surel yang gagal terkirim
}
task-low-stock = { $count ->
   *[other] { $shown } varian menipis atau habis
}
task-jobs = { $count ->
   *[other] { $shown } tugas latar gagal
}

figures-sold = Penjualan
figures-span = Rentang hari
figures-days = { $count ->
    [1] Hari ini
   *[other] { $count } hari
}
figures-from = Dari
figures-until = Sampai
figures-show = Tampilkan
figures-wrong-days = Pilih dua tanggal, yang lebih akhir di sini, berjarak paling lama sepuluh tahun.
figures-sales = Nilai penjualan
figures-average = Rata-rata pesanan
figures-given-back = Dikembalikan
figures-change = { $count ->
    [1] { $change } dibanding hari sebelumnya
   *[other] { $change } dibanding { $count } hari sebelumnya
}
figures-chart = Penjualan per hari, { $unit }
figures-chart-weeks = Penjualan per empat minggu, { $unit }
figures-since = Empat minggu sejak { $day }
figures-ordered-carts = Keranjang jadi pesanan
figures-unknown = Belum diketahui
figures-which-carts = Keranjang jadi pesanan adalah banyaknya pesanan dibanding keranjang yang mulai diisi pada hari-hari ini; keranjang dihitung tanpa diketahui milik siapa, dan belum diketahui bila yang terhitung lebih sedikit daripada pesanan.
figures-now = Hari-hari ini
figures-before = Jumlah hari yang sama sebelumnya
figures-alternative = Total { $sum }, dan { $before } pada jumlah hari yang sama sebelumnya. Tertinggi { $most } pada { $day }.
figures-table = Sebagai tabel
figures-day = Tanggal
figures-which = Pesanan dihitung pada hari dibuatnya, beserta ongkos kirim dan pajak, sudah dibayar atau belum, kecuali yang dibatalkan atau masih menunggu halaman pembayaran. Pesanan uji coba tidak dihitung. Uang yang dikembalikan tidak mengurangi penjualan.
figures-best = Terlaris
figures-units = { $count } terjual
figures-nothing-sold = Tidak ada penjualan pada hari-hari ini.
chart-ones = {""}
chart-thousands = ribu
chart-millions = juta
chart-billions = miliar

admin-search = Cari
admin-search-what = Cari pesanan, produk, pelanggan
found-products = Produk
search-more = Tampilkan lagi
search-nothing = Tidak ada yang ditemukan.
search-advice = Ketik nomor pesanan, nama, alamat surel, atau nomor telepon, kata-kata produk atau SKU-nya. Untuk nama dan alamat, bagian awalnya sudah cukup.

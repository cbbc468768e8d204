# Stok di ruang kerja: templates/admin/stock/, src/admin/stock/.
admin-stock = Stok
stock-all = Semua
stock-low = Hampir habis
stock-out = Habis
stock-owed = Menunggu stok
stock-state = Yang langka
stock-download = Unduh (CSV)
stock-empty = Belum ada yang dihitung
stock-empty-advice = Barang yang Anda jual muncul di sini beserta jumlahnya begitu Anda membuat produk.
stock-none = Tidak ada yang cocok
stock-none-advice = Coba kata lain, atau kurangi saringannya.
stock-show-all = Tampilkan semua stok
stock-on-hand = Di rak
stock-reserved = Dipesan
stock-available = Tersedia
stock-backorder = Boleh dijual melebihi stok
stock-of = Stok: { $sku }
stock-product = Produk
stock-level = Sekarang
stock-ledger = Riwayat pergerakan
stock-ledger-empty = Belum ada barang masuk atau keluar.
stock-what = Kejadian
stock-why = Alasan
stock-by-shop = Toko
stock-by-shopper = Pembeli
stock-move-received = Masuk
stock-move-allocated = Disisihkan untuk pesanan
stock-move-released = Dilepas lagi
stock-move-shipped = Dikirim
stock-move-returned = Dikembalikan
stock-move-adjusted = Dikoreksi
stock-receive = Barang datang
stock-receive-advice = Barang langsung ada di rak dan bisa dipesan. Yang menunggunya diberi tahu lewat email. Tidak ada uang yang berpindah.
stock-receive-button = Catat barang masuk
stock-units = Jumlah
stock-units-wrong = Isi berapa yang datang, dengan bilangan bulat paling banyak 1.000.000.
stock-reference = Surat jalan
stock-reference-hint = Surat jalan yang sama hanya dicatat sekali untuk SKU ini, meski dua orang memasukkannya.
stock-received-twice = Kiriman ini sudah pernah dicatat, jadi tidak dicatat lagi. Untuk kiriman lain, isi surat jalan lain.
stock-adjust = Koreksi jumlah
stock-adjust-advice = Untuk barang yang ditemukan, hilang, atau rusak. Yang sudah dipesan tetap disisihkan.
stock-adjust-button = Koreksi
stock-by = Lebih atau kurang
stock-by-hint = Misalnya +3 atau -2.
stock-by-wrong = Isi berapa lebih banyak atau lebih sedikit, misalnya +3 atau -2.
stock-reason = Alasan
stock-reason-hint = Tercatat selamanya di riwayat.
stock-fewer = Barang di rak tidak sebanyak itu.
stock-limits = Batas
stock-backorder-hint = Sebanyak ini masih bisa dipesan walau stok kosong. 0 berarti tidak boleh.
stock-low-at = Dianggap hampir habis pada
stock-low-at-hint = { $count ->
   *[other] Anda diberi tahu bila yang tersedia tinggal sebanyak ini. Kosongkan untuk memakai batas seluruh toko: { $count }.
}
stock-whole = Isi bilangan bulat paling banyak 1.000.000, tanpa tanda.
stock-meanwhile = Orang lain mengatur batas ini saat Anda mengubahnya. Tidak ada yang tertimpa: periksa perubahannya, lalu simpan lagi.
stock-done-received = Barang sudah dicatat masuk ke rak.
stock-done-adjusted = Jumlahnya sudah dikoreksi.
stock-done-limits = Batasnya sudah diatur.
deed-count-sheet-made = Membuat lembar hitung
deed-counts-typed = Memasukkan hasil hitung
deed-count-sheet-removed = Membuang lembar hitung
entity-stocktake = Lembar hitung { $id }

count-sheets = Lembar hitung
count-lead = Hitung isi rak sementara toko tetap buka: yang terjual atau datang sementara itu tidak mengacaukan hitungan.
count-none = Belum ada lembar. Buat satu, cetak, lalu hitung.
count-new = Lembar baru
count-new-advice = Berisi daftar yang harus dihitung, urut SKU. Stok tidak berubah sebelum Anda membukukan selisihnya.
count-make = Buat lembar
count-what = Yang dihitung
count-everything = Semuanya
count-since = Hanya yang belum dihitung sejak
count-since-hint = Kosongkan untuk semuanya. Hitungan berlaku setelah dibukukan.
count-name-since = { $what }, belum dihitung sejak { $since }
count-status-making = Sedang ditulis
count-status-open = Sedang dihitung
count-status-booking = Sedang dibukukan
count-status-booked = Sudah dibukukan
count-is-making = Baris lembar ini belum lengkap. Bila tetap begitu, buang dan buat yang baru.
count-is-booking = Pembukuan terputus. Lanjutkan: tidak ada yang dibukukan dua kali.
count-is-booked = Lembar ini sudah dibukukan. Koreksinya tercatat di riwayat tiap SKU dengan alasan “stocktake”.
count-progress = { $counted } dari { $lines } sudah dihitung
count-made = { $name }, { $at }
count-of = Hitungan: { $name }
count-print = Cetak
count-print-advice = Cetak, lalu tulis jumlah yang ada di kolom terakhir. Paket yang sudah dikemas tetapi belum ditandai terkirim dihitung sebagai ada di rak.
count-download = Sebagai tabel (CSV)
count-differences = Selisih
count-back = Kembali ke lembar
count-find = Cari SKU di lembar ini
count-sku-missing = { $sku } tidak ada di lembar ini.
count-line = Baris
count-counted = Hasil hitung
count-previous = Halaman sebelumnya
count-place = Halaman { $page } dari { $pages }
count-save-next = Simpan dan lanjut
count-at = Dihitung pada
count-at-hint = Saat Anda berdiri di depan rak. Yang terkirim atau datang sebelum atau sesudahnya ikut diperhitungkan.
count-at-wrong = Isi waktu setelah lembar dibuat dan tidak lebih dari sekarang.
count-came = { $count } datang sejak lembar dibuat
count-went = { $count } keluar sejak lembar dibuat
count-came-and-went = { $came } datang dan { $went } keluar sejak lembar dibuat
count-meanwhile = Orang lain mengisi halaman ini saat Anda mengisinya, atau sedang membukukan lembarnya. Tidak ada yang tertimpa: periksa perubahannya, lalu simpan lagi.
count-file = Hasil hitung dari berkas
count-file-advice = Tabel (CSV) dengan kolom sku dan counted, misalnya tabel lembar ini sendiri. Baris tanpa hasil hitung dilewati. Bila ada baris yang salah, tidak ada yang diambil.
count-file-label = Berkas
count-file-button = Ambil hasil hitung
count-file-missing = Pilih berkas yang ada isinya.
count-file-large = Berkasnya lebih dari 10 MB. Bagi menjadi beberapa.
count-file-odd = Ini bukan teks UTF-8. Simpan sebagai “CSV UTF-8”.
count-file-wrong = Tidak ada yang diambil. Perbaiki baris-baris ini, lalu kirim lagi berkasnya:
count-file-columns = Tidak ada kolom bernama sku dan counted di baris pertama.
count-row-twice = Baris { $row }: { $text } ada dua kali di berkas.
count-row-number = Baris { $row }: “{ $text }” bukan bilangan bulat dari 0 sampai 1.000.000.
count-row-unknown = Baris { $row }: { $text } tidak ada di lembar ini.
count-file-meanwhile = Orang lain sedang mengisi lembar ini, atau lembarnya dibukukan. Periksa, lalu kirim lagi berkasnya.
count-file-taken = { $count ->
   *[other] { $count } hasil hitung diambil.
}
count-file-moved = Hitung lagi yang ini
count-file-moved-advice = Ada yang terkirim atau datang sejak lembar dibuat, dan berkas tidak menyebut kapan Anda menghitung. Ketik yang ini beserta waktunya.
count-remove = Buang lembar
count-remove-advice = Beserta semua hasil hitungnya. Stok tidak berubah.
count-lines = Yang berselisih
count-same = Semua yang dihitung sesuai dengan catatan.
count-expected = Seharusnya
count-difference = Selisih
count-value = Nilai
count-by = Dihitung oleh
count-sums = Seluruhnya
count-more = Lebih
count-less = Kurang
count-balance = Selisih bersih
count-value-hint = Dengan harga jual saat dihitung.
count-book-advice = { $lines ->
    [0] Tidak ada selisih: pembukuan menutup lembar dan tidak mengubah stok. { $uncounted ->
        [0] Semua baris sudah dihitung.
       *[other] { $uncounted } baris belum dihitung dan tetap seperti semula.
    }
   *[other] { $lines } jumlah dikoreksi dengan alasan “stocktake”. { $uncounted ->
        [0] Semua baris sudah dihitung.
       *[other] { $uncounted } baris belum dihitung dan tetap seperti semula.
    }
}
count-book = Bukukan selisih
count-book-on = Lanjutkan pembukuan
count-moved-on = Orang lain memasukkan hasil hitung sejak Anda membuka halaman ini. Inilah selisihnya sekarang: periksa, lalu bukukan lagi.
count-left = { $count ->
   *[other] { $count } jumlah tidak bisa dikoreksi karena barang di rak kini lebih sedikit daripada kekurangannya. Hitung lagi dengan lembar baru.
}
count-not-booked = Tidak dibukukan

# Cara membayar, dan jalannya pembayaran: templates/payments/, src/payments/.
pay-by-transfer = Nomor rekening tampil setelah Anda memesan, batas bayar { $count } hari
pay-by-stripe = Anda membayar setelah memesan, di halaman aman Stripe
pay-by-midtrans = Anda membayar setelah memesan, di halaman aman Midtrans
pay-by-cash = Bayar tunai kepada kurir
pay-by-cash-fee = Bayar tunai kepada kurir, tambah { $fee }
pay-by-rehearsal = Tidak ada uang yang berpindah: hanya untuk mencoba toko

# Membayar pesanan yang sudah dibuat.
pay-heading = Bayar pesanan { $number }
pay-due = Yang masih harus dibayar: { $amount }
pay-now = Bayar { $amount }
pay-no-way = Pesanan ini tidak bisa lagi dibayar di sini. Hubungi kami, kita cari jalan keluarnya.
pay-back-to-order = Kembali ke pesanan

# Halaman uji coba yang tidak memindahkan uang: templates/rehearsal/.
rehearsal-loud = Pembayaran uji coba: tidak ada uang yang berpindah
rehearsal-about = Halaman ini menggantikan halaman penyedia pembayaran. Pilih apa yang terjadi, dan toko akan bertindak seolah-olah itu benar-benar terjadi.
rehearsal-order = Pesanan
rehearsal-amount = Jumlah
rehearsal-later = Bayar, dananya masuk belakangan
rehearsal-decline = Tolak pembayaran
rehearsal-leave = Tinggalkan tanpa membayar
rehearsal-arrive = Dana masuk sekarang
rehearsal-bounce = Gagalkan pembayaran
rehearsal-processing = Pembeli sudah membayar, dananya sedang diproses.
rehearsal-captured = Pembayaran ini sudah selesai.
rehearsal-failed = Pembayaran ini gagal.
rehearsal-expired = Halaman ini sudah ditutup: dibatalkan atau waktunya habis.
rehearsal-back = Kembali ke toko

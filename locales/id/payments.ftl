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

# Pembeli membatalkan pesanannya.
cancel-heading = Batalkan pesanan { $number }
cancel-goods = Barang tidak akan dikirim, dan pembatalan tidak bisa ditarik kembali.
cancel-money-none = Anda belum membayar apa pun, jadi tidak ada uang yang perlu dikembalikan.
cancel-money-coming = Mohon tidak melakukan pembayaran lagi. Jika Anda terlanjur membayar, uangnya kami kembalikan begitu kami terima.
cancel-money-as-paid = { $amount } dikembalikan lewat cara Anda membayar. Bank mungkin memerlukan beberapa hari kerja.
cancel-money-by-hand = { $amount } kami kembalikan lewat transfer bank. Jika kami perlu nomor rekening Anda, kami akan menghubungi Anda.
cancel-reason = Mengapa Anda membatalkan?
cancel-button = Batalkan pesanan
cancel-keep = Jangan batalkan
cancel-sent = Sebagian pesanan ini sudah dikirim, jadi tidak bisa lagi dibatalkan di sini. Barang yang tidak Anda inginkan bisa dikembalikan setelah tiba.
cancel-too-late = Pesanan ini sedang kami kemas, jadi tidak bisa lagi dibatalkan di sini. Hubungi kami, kami bantu sebisa kami.

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

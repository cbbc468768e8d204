# Stok kembali: templates/alerts/, src/alerts/; formulirnya di halaman barang, emailnya di src/mail/back_in_stock.rs.
alert-heading = Ingin tahu kapan tersedia lagi?
alert-hint = Satu email saat barang bisa dipesan lagi, tidak lebih.
alert-to-account = Kami kabari lewat alamat email akun Anda: satu email saat barang bisa dipesan lagi, tidak lebih.
alert-button = Kabari saya
alert-confirm-heading = Satu klik lagi
alert-confirm-lead = Mau kami kabari lewat email saat barang ini bisa dipesan lagi?
alert-confirm-button = Ya, kabari saya
alert-done-heading = Anda akan kami kabari
alert-done-lead = Begitu barang bisa dipesan lagi, kami kirim satu email, paling lama dalam setengah tahun. Lewat email itu Anda juga bisa berhenti.
alert-dead-heading = Tautan ini sudah tidak berlaku
alert-dead-lead = Tautannya sudah dipakai, atau sudah terlalu lama. Jika barangnya masih habis, minta lagi di halamannya.
alert-stop-heading = Berhenti menerima email stok?
alert-stop-lead = Kami tidak akan lagi mengabari Anda tentang barang yang Anda tunggu. Email tentang pesanan Anda tetap dikirim.
alert-stop-button = Ya, berhenti
alert-stopped-heading = Email stok dihentikan
alert-stopped-lead = Daftar barang yang Anda tunggu sudah kami hapus. Email tentang pesanan Anda tetap dikirim.

mail-stock-ask-subject = Mau dikabari saat { $name } tersedia lagi di { $shop }?
mail-stock-ask-text = Seseorang, semoga Anda sendiri, ingin menerima email dari { $shop } saat { $name } bisa dipesan lagi. Tautannya hanya bisa dipakai sekali dan berlaku satu hari. Jika bukan Anda, abaikan saja: tidak ada email yang akan dikirim.
mail-stock-ask-button = Ya, kabari saya
mail-stock-news-subject = { $name } tersedia lagi di { $shop }
mail-stock-news-text = { $name } bisa dipesan lagi. Email ini kami kirim karena Anda memintanya. Yang lain juga menunggu, jadi stoknya mungkin tidak cukup untuk semua.
mail-stock-news-button = Lihat barangnya
mail-stock-stop = Berhenti menerima email stok

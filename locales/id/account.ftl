# Akun: templates/customers/, src/customers/; dan tautannya di kepala setiap halaman.
account-link = Akun Anda
account-link-of = Akun Anda, { $name }

account-sign-in-heading = Masuk
account-sign-in-lead = Gunakan alamat email dan kata sandi akun Anda.
account-sign-in-button = Masuk
account-keep = Biarkan saya tetap masuk di perangkat ini
account-wrong = Alamat email dan kata sandi ini tidak cocok. Periksa keduanya, atau buat kata sandi baru
account-forgot = Buat kata sandi baru
account-new-here = Buat akun
account-known-here = Saya sudah punya akun
account-to-sign-in = Masuk
account-sign-out = Keluar

account-register-heading = Buat akun
account-register-lead = Temukan lagi pesanan Anda, bayar lebih cepat, dan simpan keranjang di semua perangkat. Kami kirimkan tautan; di sana Anda membuat kata sandi.
account-register-button = Kirim tautannya
account-forgot-heading = Buat kata sandi baru
account-forgot-lead = Tuliskan alamat email akun Anda. Kami kirimkan tautan; di sana Anda membuat kata sandi baru.
account-forgot-button = Kirim tautannya
account-sent-heading = Periksa kotak masuk Anda
account-sent-lead = Kami sudah mengirim email. Buka, lalu ikuti tautan di dalamnya.
account-sent-advice = Belum ada setelah beberapa menit? Lihat folder spam, dan pastikan alamat yang Anda ketik sudah benar.

account-welcome-heading = Buat kata sandi Anda
account-welcome-lead = Alamat email Anda sudah terbukti. Dengan kata sandi, akun Anda siap dipakai.
account-welcome-button = Buat akun saya
account-reset-heading = Buat kata sandi baru
account-reset-lead = Setelah itu Anda masuk di sini, dan keluar di semua perangkat lain.
account-reset-button = Simpan kata sandi
account-password-heading = Ubah kata sandi
account-password-lead = Anda tetap masuk di sini, dan keluar di semua perangkat lain.
account-password-button = Simpan kata sandi
account-dead-link-heading = Tautan ini sudah tidak berlaku
account-dead-link-lead = Tautannya sudah dipakai, atau sudah terlalu lama. Silakan masuk, atau minta tautan baru.

label-password = Kata sandi
label-new-password = Kata sandi baru
hint-new-password = Minimal 8 karakter, apa saja. Beberapa kata yang tidak berhubungan mudah diingat.
wrong-password = Ini bukan kata sandi Anda. Coba lagi
password-too-short = Gunakan minimal { $most } karakter
password-too-easy = Pilih yang lain: yang ini termasuk yang pertama ditebak orang

account-heading = Akun Anda
account-back = Kembali ke akun Anda
account-orders = Pesanan Anda
account-orders-pages = Pesanan lainnya
account-no-orders = Anda belum pernah memesan.
account-newer = Pesanan yang lebih baru
account-older = Pesanan yang lebih lama
account-order-cancelled = dibatalkan
account-order-unpaid = menunggu pembayaran Anda
account-order-packed = sedang disiapkan
account-order-shipped = sudah dikirim
account-devices = Perangkat tempat Anda masuk
account-device-unknown = Perangkat tidak dikenal
account-this-device = Perangkat ini
account-seen = Terakhir dipakai { $date }
account-end = Keluar di sana
account-end-others = Keluar di semua perangkat lain
account-safety = Keamanan
account-done-password = Kata sandi Anda sudah diubah. Di perangkat lain Anda sudah keluar.
account-done-sessions = Beres. Siapa pun yang masuk di sana harus masuk lagi.

addresses-heading = Alamat Anda
addresses-lead = Yang Anda simpan di sini langsung terisi saat memesan. Pesanan yang sudah dibuat tetap memakai alamat semula.
addresses-none = Anda belum menyimpan alamat.
addresses-for-delivery = Kami kirim ke sini, kecuali Anda memilih lain
addresses-for-billing = Tagihan ke alamat ini, kecuali Anda memilih lain
addresses-deliver-here = Kirim ke sini
addresses-bill-here = Tagihkan ke sini
addresses-full = Buku alamat Anda penuh: isinya paling banyak { $count } alamat. Hapus satu untuk menyimpan yang lain.
addresses-added = Alamat sudah disimpan.
addresses-known = Alamat ini sudah tersimpan sebelumnya.
addresses-changed = Alamat sudah diubah.
addresses-removed = Alamat sudah dihapus.
addresses-usual = Beres. Mulai sekarang alamat ini yang pertama diisikan saat memesan.
address-new = Tambah alamat
address-change = Ubah alamat
address-edit = Ubah
address-lead = Seperti yang tertulis di paket.
address-save = Simpan alamat
address-remove = Hapus alamat ini
address-back = Kembali ke alamat Anda
address-book-full = Buku alamat Anda penuh: isinya paling banyak { $most } alamat. Hapus satu dulu
account-details = Data Anda
account-addresses = Alamat

account-offer-heading = Simpan pesanan ini di akun
account-offer = Mudah ditemukan lagi, bisa dipantau, dan lain kali memesan lebih cepat. Kami kirimkan tautan ke { $email }; di sana Anda membuat kata sandi.
account-offer-button = Buat akun

cart-joined = Barang yang disimpan akun Anda juga ada di keranjang ini. Untuk barang yang sama, dipakai jumlah yang lebih besar.
cart-joined-left-out = Barang yang disimpan akun Anda juga ada di keranjang ini, kecuali { $count } barang: keranjang memuat paling banyak 50 macam.

mail-account-register-subject = Konfirmasi alamat email Anda untuk { $shop }
mail-account-register-text = Seseorang, semoga Anda sendiri, ingin membuat akun di { $shop } dengan alamat ini. Tautan berlaku satu kali, selama satu hari. Jika bukan Anda, abaikan saja: akun itu tidak akan dibuat.
mail-account-register-button = Buat kata sandi
mail-account-known-subject = Anda sudah punya akun di { $shop }
mail-account-known-text = Seseorang, semoga Anda sendiri, ingin membuat akun di { $shop } dengan alamat ini. Akunnya sudah ada: silakan masuk. Jika lupa kata sandi, buat yang baru.
mail-account-known-button = Buat kata sandi baru
mail-account-reset-subject = Kata sandi baru untuk { $shop }
mail-account-reset-text = Seseorang, semoga Anda sendiri, meminta kata sandi baru untuk akun Anda di { $shop }. Tautan berlaku satu kali, selama satu jam. Jika bukan Anda, abaikan saja: kata sandi Anda tidak berubah.
mail-account-reset-button = Buat kata sandi baru
mail-account-password-changed-subject = Kata sandi Anda di { $shop } telah diubah
mail-account-password-changed-text = Kata sandi akun Anda di { $shop } baru saja diubah, dan Anda sudah keluar di semua perangkat lain. Jika bukan Anda yang mengubah, segera buat kata sandi baru.
mail-account-password-changed-button = Bukan saya

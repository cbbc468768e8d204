# Wishlist: templates/wishes/, src/wishes/; tautannya di kepala setiap halaman, tombolnya di halaman barang dan keranjang.
wishlist-heading = Wishlist
wishlist-keep = Simpan dulu
wishlist-move = Pindahkan ke wishlist
wishlist-items = Isi wishlist
wishlist-added = { $name } sudah ada di wishlist Anda
wishlist-gone = Sudah tidak dijual
wishlist-empty = Wishlist Anda masih kosong
wishlist-empty-advice = Tekan “Simpan dulu” di halaman barang yang Anda suka, lalu temukan lagi di sini.
wishlist-of-account = Punya wishlist di akun Anda?
wishlist-full = { $count ->
   *[other] Satu wishlist memuat { $count } barang. Hapus satu untuk menyimpan yang lain.
}
wishlist-stays-heading = Di perangkat ini
wishlist-stays = Wishlist Anda tersimpan di sini selama 60 hari. Dengan akun, wishlist tersimpan selama Anda mau dan bisa dibuka di semua perangkat.
wishlist-share-heading = Bagikan wishlist ini
wishlist-share = Siapa pun yang punya tautannya bisa melihat isi wishlist, tetapi tidak tahu milik siapa. Anda bisa menghentikannya kapan saja.
wishlist-share-button = Buat tautan
wishlist-link = Tautan ke wishlist Anda
wishlist-stop = Berhenti membagikan
wishlist-shared-heading = Sebuah wishlist di { $shop }
wishlist-shared-lead = Seseorang ingin memiliki barang-barang ini dan memberi Anda tautannya.
wishlist-shared-empty = Saat ini wishlist ini kosong.
cart-kept = { $name } sudah dipindahkan ke wishlist Anda

# Lima menit pertama sebuah toko, dan toko yang tutup: src/admin/start/, src/admin/closed.rs.
admin-start = Siapkan toko Anda
start-lead = Setiap langkah tersimpan sendiri. Lewati yang belum Anda ketahui: langkah itu tetap ada di daftar ini.
start-steps = Langkah
start-done = Selesai
start-to-do = Belum
start-save = Simpan dan lanjut
start-skip = Lewati dulu
start-next = Lanjut
start-look = Lihat toko Anda
start-is-open = Buka
start-is-closed = Tutup
start-open-heading = Buka toko
start-open-advice = Semuanya lengkap. Setelah dibuka, semua orang dapat melihat toko Anda dan memesan; toko dapat ditutup lagi kapan saja.
start-missing = Ini yang masih kurang:
start-open = Buka toko
start-open-anyway = Tetap buka
start-close-heading = Tutup toko
start-close-advice = Pembeli melihat bahwa toko sedang tutup, dan tidak ada yang dapat memesan. Yang sudah memesan tetap dapat memantau, membayar, dan mengembalikan pesanannya. Anda dan rekan kerja tetap dapat melihat toko.
start-close = Tutup toko
start-opened = Toko Anda sudah buka.
start-closed = Toko Anda tutup. Hanya Anda dan rekan kerja yang dapat melihatnya.
start-not-told = Toko masih tutup: sementara itu ada hal lain yang kurang. Periksa daftarnya, lalu buka lagi.
start-goods = Barang contoh
start-goods-advice = 59 produk bergambar, untuk melihat seperti apa toko Anda. Barang contoh dapat dikeluarkan lagi dalam satu langkah; yang Anda buat sendiri tidak tersentuh.
start-goods-add = Tambahkan barang contoh
start-goods-remove-advice = Mengeluarkan semua barang contoh beserta kategori dan mereknya. Yang Anda buat atau ubah sendiri tetap ada; yang sudah dipesan orang diarsipkan.
start-goods-remove = Keluarkan barang contoh
start-goods-added = Barang contoh sudah ada di toko Anda.
start-goods-removed = { $gone ->
   *[other] { $gone } produk dikeluarkan.
} { $stay ->
    [0] Tidak ada yang tersisa.
   *[other] { $stay } tetap ada karena sudah diubah atau dipesan.
}
start-goods-taken = Tidak ada yang ditambahkan: ada milik Anda yang nama alamatnya, atau SKU-nya, sama dengan salah satu barang contoh.
start-product-made = Produk Anda sudah ada di toko.
start-product-go-on = Tambahkan gambar, teks, dan varian
start-reach = Ke mana Anda mengirim?
start-reach-anywhere = Ke mana saja
start-method = Nama pengiriman
start-method-hint = Seperti yang dipilih pembeli, misalnya “Kurir”.
start-method-missing = Isi namanya.
start-days-from = Paling cepat sampai (hari)
start-days-to = Paling lambat sampai (hari)
start-days-wrong = Isi jumlah hari dari 0 sampai 365.
start-days-order = Tidak boleh kurang dari jumlah hari di atas.
start-delivers = Toko Anda sudah melayani pengiriman. Tidak ada yang perlu diisi di sini.
start-sells = Toko Anda sudah menjual sebuah produk. Anda dapat menambahkan satu lagi.
start-units = Jumlah barang
start-units-wrong = Isi bilangan bulat dari 0 sampai 1000000.

step-name = Nama
step-lead-name = Nama toko Anda, dan alamat email untuk pembeli.
step-place = Negara
step-lead-place = Tempat toko Anda berada. Alamat baru dianggap ada di negara ini.
step-money = Mata uang dan pajak
step-lead-money = Mata uang yang dipakai, dan apakah harga Anda sudah termasuk pajak.
step-languages = Bahasa
step-lead-languages = Menu, tombol, dan email tersedia dalam setiap bahasa. Teks yang Anda tulis memakai bahasa utama toko bila belum diterjemahkan.
step-delivery = Pengiriman
step-lead-delivery = Tujuan pertama yang Anda layani, dan biayanya. Tarif menurut berat, wilayah lain, dan ambil di toko dapat menyusul.
step-payment = Pembayaran
step-lead-payment = Cara pembeli membayar Anda. Cara yang tidak memerlukan pihak lain diatur di sini.
step-payment-online = Sudah disiapkan oleh pengelola server, dan juga ditawarkan: { $gateways }
step-payment-none = Kartu dan dompet digital memerlukan akun Stripe atau Midtrans, yang disiapkan pengelola server di konfigurasi (docs/payments.md).
step-product = Produk pertama
step-lead-product = Nama dan harga sudah cukup. Produk langsung dijual, dan semuanya dapat diubah nanti.

lacks-name = Toko belum punya nama sendiri.
lacks-delivery = Belum ada tujuan pengiriman.
lacks-payment = Belum ada yang dapat membayar.
lacks-product = Belum ada barang Anda yang dapat dibeli.
lacks-demo = Barang contoh masih ada.

closed-heading = Toko sedang tutup
closed-advice = Toko sedang disiapkan. Silakan kembali sebentar lagi.
closed-order = Cari pesanan
closed-staff = Untuk staf
preview-notice = Pratinjau
preview-words = Toko sedang tutup: hanya Anda dan rekan kerja yang melihat halaman ini.
preview-link = Siapkan dan buka
task-closed = Toko sedang tutup. Siapkan, lalu buka.
deed-demo-goods-added = Menambahkan barang contoh
deed-demo-goods-removed = Mengeluarkan barang contoh

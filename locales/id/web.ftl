# Bingkai setiap halaman, dan halaman tentang kesalahan.

skip-to-content = Langsung ke isi
shop-notice = Pengumuman toko
menu = Menu
close-menu = Tutup menu
main-navigation = Utama
search = Cari
search-products = Cari barang
home = Beranda
breadcrumb = Anda di sini
cart-with-count = { $count ->
    [0] Keranjang, kosong
   *[other] Keranjang, { $count } barang
}
footer-shop = Belanja
footer-help = Bantuan
we-accept = Cara bayar
bank-transfer = Transfer bank
pay-stripe = Kartu atau dompet digital
pay-midtrans = QRIS, virtual account, atau e-wallet
pay-rehearsal = Pembayaran uji coba
cash-on-delivery = Bayar di tempat
nothing-to-pay = Tidak perlu membayar
to-home-page = Ke beranda
to-cart = Ke keranjang
yes = Ya
no = Tidak

error-reference = Nomor rujukan untuk kami:
error-not-found-heading = Halaman ini tidak ada
error-not-found-advice = Mungkin alamatnya salah ketik, atau halamannya sudah pindah. Silakan cari yang Anda inginkan, atau mulai dari salah satu tempat ini.
error-gone-heading = Halaman ini sudah tidak ada
error-gone-advice = Dulu ada di sini dan tidak akan kembali. Silakan cari yang serupa, atau mulai dari salah satu tempat ini.
error-invalid-heading = Ada yang kurang atau keliru
error-invalid-advice = Silakan kembali, periksa isian Anda, lalu kirim lagi. Tidak ada yang berubah.
error-malformed-heading = Kami tidak dapat membacanya
error-malformed-advice = Peramban Anda mengirim sesuatu yang tidak kami pahami. Tidak ada yang berubah. Silakan kembali, muat ulang halaman, lalu coba lagi.
error-cross-site-heading = Ini tidak datang dari halaman kami
error-cross-site-advice = Demi keamanan Anda, kami hanya menerima formulir yang dikirim dari toko ini. Tidak ada yang berubah. Buka halamannya di sini, lalu coba lagi.
error-too-slow-heading = Pengirimannya terlalu lama
error-too-slow-advice = Formulir tidak sampai pada waktunya. Tidak ada yang berubah. Mungkin sambungan Anda sedang lemah: kembali dan kirim sekali lagi.
error-too-large-heading = Isiannya terlalu panjang
error-too-large-advice = Formulirnya lebih besar daripada yang kami terima. Tidak ada yang berubah. Silakan kembali, persingkat isian Anda, lalu kirim lagi.
error-too-many-heading = Pelan-pelan dulu, ya
error-too-many-advice = Percobaan Anda terlalu sering dalam waktu singkat. Tunggu { $count } menit, lalu coba lagi. Keranjang Anda tetap tersimpan.
error-busy-heading = Toko sedang sibuk
error-busy-advice = Kami belum dapat menjawab saat ini. Tidak ada yang hilang. Tunggu beberapa detik, lalu coba lagi.
error-internal-heading = Ada yang salah di pihak kami
error-internal-advice = Ini bukan kesalahan Anda, dan tidak ada yang terhenti di tengah jalan. Coba lagi sebentar lagi. Bila terulang, hubungi kami dan sebutkan nomor rujukan ini.

elsewhere-heading = Toko ini ada di alamat lain
elsewhere-advice = Kami tidak menjawab dengan nama yang Anda pakai. Toko kami ada di sini:

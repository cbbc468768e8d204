# Surel: templates/mail/, src/mail/. Yang juga ada di halaman pesanan: orders.ftl.
mail-see-order = Lihat pesanan
mail-order-placed-subject = Pesanan Anda { $number }
mail-order-placed-heading = Terima kasih atas pesanan Anda
mail-order-why = Anda menerima email ini karena ada pesanan di { $shop } yang dibuat dengan alamat email ini.
mail-new-order-subject = Pesanan baru { $number }: { $total }
mail-new-order-reply = Balasan Anda atas email ini sampai ke pelanggan.

# Pesan untuk toko: formulir kontak (templates/messages/), ruang kerja (src/admin/messages/), dan emailnya.
contact-heading = Tulis kepada kami
contact-lead = Pesan Anda sampai ke { $shop }, dan kami jawab lewat email.
label-topic = Tentang apa?
contact-choose = Silakan pilih
topic-order = Pesanan
topic-product = Produk
topic-return = Pengembalian atau keluhan
topic-other = Hal lain
label-message = Pesan Anda
contact-email-hint = Jawaban kami dikirim ke sana.
contact-send = Kirim pesan
contact-kept = Pesan Anda kami simpan untuk dijawab, dan kami hapus setahun kemudian.
contact-trap = Biarkan kolom ini kosong
contact-again = Mohon kirim sekali lagi
contact-too-fast = Tadi lebih cepat daripada orang mengetik, dan banyak mesin menulis kepada kami. Semua yang Anda ketik masih ada di sini: periksa lagi, lalu tekan tombolnya sekali lagi.
contact-too-old = Halaman ini terbuka lebih dari sehari. Semua yang Anda ketik masih ada di sini: tekan saja tombolnya sekali lagi.
contact-too-many = { $count ->
   *[other] Kami baru saja menerima beberapa pesan dari Anda. Semua yang Anda ketik masih ada di sini: tunggu { $count } menit, lalu tekan tombolnya lagi.
}
missing-topic = Pilih pesan Anda tentang apa
missing-message = Tulis pesan Anda
contact-thanks-heading = Pesan Anda sudah kami terima
contact-thanks-lead = Terima kasih. Kami menjawab ke alamat email yang Anda berikan. Tidak ada email konfirmasi lain, jadi Anda tidak perlu menunggunya.

mail-new-message-subject = Pesan dari { $name }: { $topic }
mail-new-message-button = Jawab di ruang kerja
mail-new-message-reply = Bila Anda membalas email ini, balasan Anda sampai ke penulisnya, tetapi rekan Anda tidak melihatnya.
mail-message-answer-subject = Pesan Anda kepada { $shop }
mail-message-answer-wrote = Anda menulis pada { $at }:

admin-messages = Pesan
messages-lead = Yang ditulis pengunjung lewat formulir kontak toko.
messages-open = Terbuka
messages-done = Selesai
messages-spam = Spam
messages-all = Semua
messages-text = Nama, email, atau nomor pesanan
messages-empty = Tidak ada pesan di sini
messages-empty-advice = Formulir kontak ada di kaki setiap halaman. Setiap pesan dikabarkan kepada Anda lewat email.
messages-none-advice = Coba awal nama depan, nama belakang, atau alamat email, nomor pesanan lengkap, atau lihat semua pesan.
messages-show-open = Tampilkan yang terbuka
message = Pesan
message-is-open = Terbuka
message-is-done = Selesai
message-is-spam = Spam
message-entries = Jawaban dan catatan
message-to-answer = Jawab
message-answer = Jawaban
message-answer-advice = Dikirim ke { $email } persis seperti Anda tulis, dengan pesannya di bawah, lalu pesan ini selesai. Balasannya masuk ke kotak surat toko.
message-send = Kirim jawaban
message-proven = Ditulis saat masuk ke akunnya: alamat ini memang miliknya.
message-unproven = Siapa pun bisa mengetik alamat. Yang hanya boleh diketahui pemiliknya ditulis dalam jawaban, yang dikirim ke alamat itu, dan tidak di tempat lain.
message-her-order = Bertanya tentang { $number }, yang dipesan dengan alamat ini.
message-no-order = Bertanya tentang { $number }: tidak ada pesanan bernomor ini dengan alamat ini. Jangan ceritakan apa pun tentangnya.
message-no-orders = Belum ada pesanan dengan alamat ini.
message-state = Tindak lanjut
message-to-open = Buka lagi
message-to-done = Tandai selesai
message-to-spam = Tandai spam
message-advice-open = Pesan ini masih perlu ditangani.
message-advice-done = Pesan ini tidak perlu dijawab. Dihapus setelah setahun.
message-advice-spam = Dihapus setelah 30 hari, dan tidak akan masuk lagi dengan isi yang sama.
message-meanwhile = Orang lain sudah menangani pesan ini saat Anda mengerjakannya, atau pesan yang sama masuk lagi. Tidak ada yang dilakukan, dan yang Anda ketik masih ada: lihat lagi halamannya.
message-done-answered = Jawaban Anda sedang dikirim, dan pesannya selesai.
message-done-moved = Pesan sudah dipindahkan.
task-message = { $count ->
   *[other] { $shown } pesan perlu dijawab
}
entity-message = Pesan { $id }
deed-message-answered = Menjawab pesan
deed-message-noted = Menulis catatan tentang pesan
deed-message-moved = Memindahkan pesan

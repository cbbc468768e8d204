//! A shopper shows by a picture that she has paid; what else people send is not kept.

use diesel::prelude::*;

use super::{ordered, statuses, take, total};
use crate::both;
use crate::kit::upload::{Sent, bomb, drawn, jpeg, moving, photo, png};
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::db::schema::{order_event, orders, payment_proof};
use etalase::ids::OrderId;
use image::GenericImageView;

both!(
    a_picture_is_kept_and_shown_to_whoever_has_the_address,
    a_picture_is_stood_upright_and_loses_its_place,
    what_a_file_is_called_does_not_matter,
    a_picture_that_is_a_page_as_well_is_only_a_picture,
    of_a_moving_picture_the_first_frame_is_kept,
    a_large_picture_is_kept_small,
    what_is_no_picture_is_refused,
    a_picture_too_large_to_decode_is_refused,
    a_file_too_large_to_take_in_is_refused,
    three_pictures_are_enough,
    a_picture_sent_twice_is_kept_once,
    an_order_that_is_not_waiting_for_a_transfer_wants_no_picture,
    nobody_else_sees_a_picture,
    a_form_without_a_file_says_so_in_both_languages,
);

/// An order, whoever placed it, and the address of its page.
async fn waiting(shop: &TestShop) -> (OrderId, Shopper, String) {
    let order = ordered(shop).await;
    let token: String = shop
        .with_db(move |conn| Ok(orders::table.find(order).select(orders::token).first(conn)?))
        .await;
    (order, shop.shopper(), format!("/orders/{token}"))
}

async fn send(guest: &Shopper, order: &str, bytes: &[u8]) -> Page {
    let file = Sent { field: "proof", name: "transfer.jpg", kind: "image/jpeg", bytes };
    guest.visitor.upload(&format!("{order}/proofs"), &file).await
}

/// Sends it and gives what is kept of it.
async fn kept(guest: &Shopper, order: &str, bytes: &[u8]) -> Vec<u8> {
    send(guest, order, bytes).await.expect_status(303);
    guest.visitor.get(&format!("{order}/proofs/1")).await.expect_status(200).body.clone()
}

async fn count(shop: &TestShop) -> i64 {
    shop.with_db(|conn| Ok(payment_proof::table.count().get_result(conn)?)).await
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

async fn a_picture_is_kept_and_shown_to_whoever_has_the_address(shop: TestShop) {
    let (order, guest, own) = waiting(&shop).await;
    let page = guest.open(&own).await;
    assert_eq!(page.attributes("form.proof", "enctype"), ["multipart/form-data"]);
    assert_eq!(page.attributes("form.proof", "action"), [format!("{own}/proofs")]);
    assert_eq!(page.attributes("form.proof input[type=file]", "name"), ["proof"]);
    let answer = send(&guest, &own, &jpeg(&drawn(300, 200))).await;
    assert_eq!(answer.expect_status(303).location(), Some(own.clone()));
    let page = guest.open(&own).await;
    page.see("we have your picture").see("Picture of").see("Show us another picture");

    let link = page.link(&page.texts("main a[href$='/proofs/1']")[0]);
    let picture = guest.visitor.get(&link).await;
    assert_eq!(image::load_from_memory(&picture.body).unwrap().dimensions(), (300, 200));
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(picture.header("cache-control"), "no-store");
    assert_eq!(picture.header("content-security-policy"), "default-src 'none'; sandbox");
    let number = crate::kit::shopper::order_number(&page, guest.words);
    let name = format!("inline; filename=\"{number}-1.jpg\"");
    assert_eq!(picture.header("content-disposition"), name);

    let told: Vec<(String, String)> = shop
        .with_db(move |conn| {
            let events = order_event::table.filter(order_event::order_id.eq(order));
            let last = events.order(order_event::id.desc()).limit(1);
            Ok(last.select((order_event::kind, order_event::actor)).load(conn)?)
        })
        .await;
    assert_eq!(told, [("proof_given".to_owned(), "shopper".to_owned())]);
}

async fn a_picture_is_stood_upright_and_loses_its_place(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let sent = photo(&drawn(300, 200), "Jalan Cihampelas");
    assert!(contains(&sent, b"Exif") && contains(&sent, b"Jalan Cihampelas"));
    let kept = kept(&guest, &own, &sent).await;
    for hidden in [&b"Exif"[..], b"Jalan Cihampelas", b"II*\0"] {
        assert!(!contains(&kept, hidden), "{} is left", String::from_utf8_lossy(hidden));
    }
    let picture = image::load_from_memory(&kept).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (200, 300));
    let (left, right) = (picture.get_pixel(20, 150), picture.get_pixel(180, 150));
    assert!(left[0] > left[2] && right[2] > right[0], "what was below is left now");
}

async fn what_a_file_is_called_does_not_matter(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let bytes = png(&drawn(30, 20));
    for (name, kind) in [
        ("../../x.jpg", "image/jpeg"),
        ("..\\x", "text/html"),
        ("\u{202e}gpj.exe", "application/x-msdownload"),
        ("CON", ""),
    ] {
        let file = Sent { field: "proof", name, kind, bytes: &bytes };
        let answer = guest.visitor.upload(&format!("{own}/proofs"), &file).await;
        answer.expect_status(303);
    }
    assert_eq!(count(&shop).await, 1, "it is the same picture each time");
    let kept = guest.visitor.get(&format!("{own}/proofs/1")).await;
    assert_eq!(image::guess_format(&kept.body).unwrap(), image::ImageFormat::Jpeg);
    assert!(!kept.header("content-disposition").contains(".."));
}

async fn a_picture_that_is_a_page_as_well_is_only_a_picture(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let script = b"<html><script>alert(1)</script>";
    let plain = jpeg(&drawn(30, 20));
    let comment = [&[0xff, 0xfe, 0, 33][..], script].concat();
    let both = [&plain[..2], &comment, &plain[2..], script].concat();
    assert!(!contains(&kept(&guest, &own, &both).await, b"<script"));
    let page = send(&guest, &own, &[script, &plain[..]].concat()).await;
    page.expect_status(422).see("no JPEG, PNG or WebP picture");
}

async fn of_a_moving_picture_the_first_frame_is_kept(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let (first, second) = (drawn(40, 20), image::imageops::rotate180(&drawn(40, 20)));
    let kept = kept(&guest, &own, &moving(&[&first, &second])).await;
    let picture = image::load_from_memory(&kept).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (40, 20));
    let above = picture.get_pixel(20, 3);
    assert!(above[2] > above[0], "blue is above, as in the first one");
}

async fn a_large_picture_is_kept_small(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let kept = kept(&guest, &own, &jpeg(&drawn(1_500, 6_000))).await;
    assert_eq!(image::load_from_memory(&kept).unwrap().dimensions(), (400, 1_600));
    assert!(kept.len() < 300_000, "{} bytes", kept.len());
}

async fn what_is_no_picture_is_refused(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let whole = png(&drawn(300, 200));
    let files: [(&[u8], &str); 7] = [
        (b"", "Choose a picture first"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "no JPEG, PNG or WebP picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG, PNG or WebP picture"),
        (b"%PDF-1.7", "no JPEG, PNG or WebP picture"),
        (&whole[..whole.len() / 2], "damaged"),
        (&whole[..20], "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
    ];
    for (bytes, told) in files {
        let page = send(&guest, &own, bytes).await;
        page.expect_status(422).see(told).see("What you ordered");
        assert!(page.texts("title")[0].starts_with("Error: "));
        assert_eq!(page.all("a[href='#proof']").len(), 1, "the field is linked");
        assert_eq!(page.attributes("#proof", "aria-invalid"), ["true"]);
    }
    assert_eq!(count(&shop).await, 0);
}

async fn a_picture_too_large_to_decode_is_refused(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let bombs = [
        bomb(50_000, 50_000, 1),
        bomb(12_001, 1, 1),
        bomb(1, 12_001, 1),
        bomb(10_000, 4_001, 1),
        // Eight bytes a pixel: few pixels, and too much memory.
        bomb(6_000, 6_000, 16),
    ];
    for bytes in bombs {
        send(&guest, &own, &bytes).await.expect_status(422).see("too large to be read");
    }
    send(&guest, &own, &bomb(10_000, 4_000, 1)).await.expect_status(422).see("damaged");
    assert_eq!(count(&shop).await, 0);
}

async fn a_file_too_large_to_take_in_is_refused(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let mut bytes = png(&drawn(30, 20));
    bytes.resize(10 << 20, 0);
    send(&guest, &own, &bytes).await.expect_status(303);
    bytes.push(0);
    let page = send(&guest, &own, &bytes).await;
    page.expect_status(413).see("more than 10 MB").see("What you ordered");
    let said = format!(
        "POST {own}/proofs HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n",
        shop.url.trim_start_matches("http://"),
        (20 << 20) + 1
    );
    let answer = shop.answer_to(said.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("</html>"), "in the shop's frame");
    assert_eq!(count(&shop).await, 1);
}

async fn three_pictures_are_enough(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    for side in [10, 20, 30] {
        send(&guest, &own, &png(&drawn(side, side))).await.expect_status(303);
    }
    let page = guest.open(&own).await;
    assert_eq!(page.all("form.proof").len(), 0);
    let page = send(&guest, &own, &png(&drawn(40, 40))).await;
    page.expect_status(409).see("We need no more pictures");
    assert_eq!(count(&shop).await, 3);
}

async fn a_picture_sent_twice_is_kept_once(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let bytes = png(&drawn(30, 20));
    let twice = (send(&guest, &own, &bytes), send(&guest, &own, &bytes));
    let (one, other) = futures_util::future::join(twice.0, twice.1).await;
    one.expect_status(303);
    other.expect_status(303);
    assert_eq!(count(&shop).await, 1);
}

async fn an_order_that_is_not_waiting_for_a_transfer_wants_no_picture(shop: TestShop) {
    let (order, guest, own) = waiting(&shop).await;
    take(&shop, order, total(&shop).await, "BCA 7").await.unwrap();
    assert_eq!(statuses(&shop).await[1], "paid");
    let page = send(&guest, &own, &png(&drawn(30, 20))).await;
    page.expect_status(409).see("We need no more pictures");
    shop.with_db(|conn| goods("plate").put(conn)).await;
    guest.add("plate", &[], 1).await;
    let form = guest.checkout_form().await.press("Continue").await.form("/checkout");
    let cash = form.choose("payment", "cash_on_delivery").press("Place order").await;
    cash.expect_heading("Thank you").see_no("Send the picture");
    let page = send(&guest, cash.url.path(), &png(&drawn(30, 20))).await;
    page.expect_status(409);
    assert_eq!(count(&shop).await, 0);
}

async fn nobody_else_sees_a_picture(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    send(&guest, &own, &png(&drawn(30, 20))).await.expect_status(303);
    let other = shop.shopper();
    other.add("cup", &[], 1).await;
    let others = other.order().await.url.path().to_owned();
    let nobodys = "/orders/00000000000000000000000000000000";
    for path in [
        format!("{others}/proofs/1"),
        format!("{nobodys}/proofs/1"),
        format!("{own}/proofs/0"),
        format!("{own}/proofs/2"),
        format!("{own}/proofs/../proofs/2"),
        format!("{own}/proofs/4294967296"),
    ] {
        guest.visitor.get(&path).await.expect_status(404);
    }
    send(&guest, nobodys, &png(&drawn(30, 20))).await.expect_status(404);
    assert_eq!(count(&shop).await, 1);
}

async fn a_form_without_a_file_says_so_in_both_languages(shop: TestShop) {
    let (_, guest, own) = waiting(&shop).await;
    let file = Sent { field: "other", name: "", kind: "application/octet-stream", bytes: b"" };
    let page = guest.visitor.upload(&format!("{own}/proofs"), &file).await;
    page.expect_status(422).see("Choose a picture first");
    let page = guest.visitor.upload(&format!("/id{own}/proofs"), &file).await;
    page.expect_status(422).see("Pilih gambar dulu");
    guest.visitor.post(&format!("{own}/proofs"), "proof=x").await.expect_status(400);
}

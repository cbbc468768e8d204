//! Files come in, and pages show them.

use super::{add, address, cup, file, kept, made, photo, pictures, row, sources};
use crate::both;
use crate::kit::upload::{bomb, drawn, moving, photo as telephone, png};
use crate::kit::{TestShop, goods};

both!(
    several_files_at_once_become_a_products_pictures,
    a_placeholder_of_the_same_size_stands_in_until_a_picture_is_made,
    a_telephones_picture_is_shown_upright_and_without_its_place,
    those_that_are_fine_are_taken_whatever_is_wrong_with_the_others,
    a_form_without_a_file_says_so,
    the_same_file_is_taken_once,
    a_damaged_file_is_named_to_the_staff_and_to_the_operator,
);

async fn several_files_at_once_become_a_products_pictures(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[200, 100, 50]).await;
    made(&shop).await;
    let page = shop.visitor().get("/products/cup").await;
    assert_eq!(page.all(".gallery-track img").len(), 3);
    let main = page.one(".gallery-track li:first-child img");
    assert_eq!((main.attr("width"), main.attr("height")), (Some("200"), Some("250")));
    assert!(main.attr("srcset").unwrap().contains("-160.webp 160w, "), "{:?}", main.attr("srcset"));
    let (name, ..) = row(&shop, pictures(&shop, cup)[0]);
    assert!(name.starts_with("cup-"), "{name}");
    let picture = shop.visitor().get(&format!("/media/{name}-200.webp")).await;
    assert_eq!(picture.expect_status(200).header("content-type"), "image/webp");
    let seen = image::load_from_memory(&picture.body).unwrap().into_rgb8();
    assert_eq!(seen.dimensions(), (200, 250));
    assert!(seen.get_pixel(9, 9)[0].abs_diff(200) < 8, "the first file is the first picture");
    assert!(
        page.source().matches(&format!("{name}-200.webp")).count() >= 3,
        "shared, described, shown"
    );
    let card = shop.visitor().get("/search?q=the+cup").await;
    assert!(card.source().contains(&format!("{name}-160.webp")));
}

async fn a_placeholder_of_the_same_size_stands_in_until_a_picture_is_made(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[200]).await;
    sari.get(&address(cup)).await.see("Being prepared");
    let page = shop.visitor().get("/products/cup").await;
    let main = page.one(".gallery-track img");
    assert!(main.attr("src").unwrap().starts_with("/static/picture-"));
    assert_eq!((main.attr("width"), main.attr("height")), (Some("200"), Some("250")));
    assert!(!page.source().contains("og:image"), "nobody is told of a placeholder");
    made(&shop).await;
    sari.get(&address(cup)).await.see_no("Being prepared");
    let page = shop.visitor().get("/products/cup").await;
    assert!(sources(&page)[0].ends_with("-200.webp"));
}

async fn a_telephones_picture_is_shown_upright_and_without_its_place(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let sent = telephone(&drawn(400, 200), "Bandung");
    sari.upload(&address(cup), &file("IMG_1.jpg", &sent)).await.expect_status(303);
    made(&shop).await;
    let (name, _, original) = row(&shop, pictures(&shop, cup)[0]);
    let picture = shop.visitor().get(&format!("/media/{name}-200.webp")).await;
    let seen = image::load_from_memory(&picture.expect_status(200).body).unwrap().into_rgb8();
    assert_eq!(seen.dimensions(), (200, 400));
    assert!(seen.get_pixel(10, 200)[0] > 150 && seen.get_pixel(190, 200)[2] > 150, "turned");
    assert!(!picture.body.windows(7).any(|bytes| bytes == b"Bandung"));
    // What was uploaded is kept to the letter, where no address leads.
    let kept = shop.settings.data_dir.join("media").join(&original);
    assert_eq!(std::fs::read(kept).unwrap(), sent);
    for path in [format!("/media/{original}"), format!("/media/originals%2f{name}.jpg")] {
        shop.visitor().get(&path).await.expect_status(404);
    }
}

async fn those_that_are_fine_are_taken_whatever_is_wrong_with_the_others(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let heic = [&[0, 0, 0, 24][..], b"ftypheic\0\0\0\0mif1heic", &[0; 90]].concat();
    let avif = [&[0, 0, 0, 24][..], b"ftypavif\0\0\0\0mif1avif", &[0; 90]].concat();
    let (good, small) = (photo(200), png(&drawn(90, 90)));
    let (huge, wide) = (vec![0xff; (20 << 20) + 1], bomb(11_000, 11_000, 8));
    let film = moving(&[&drawn(80, 80), &drawn(80, 80)]);
    let files = [
        file("one.jpg", &good),
        file("two.heic", &heic),
        file("three.jpg", &avif),
        file("four.png", &small),
        file("five.jpg", b"<svg onload=alert(1)>"),
        file("six.jpg", &huge),
        file("seven.png", &wide),
        file("eight.webp", &film),
        file("", &[]),
    ];
    let page = sari.upload_all(&address(cup), &files).await;
    page.expect_status(422).see("3 pictures were added, but not all of them");
    let told = page.texts(".notice li");
    let wrong = [
        ("two.heic", "HEIC"),
        ("three.jpg", "AVIF"),
        ("five.jpg", "no JPEG, PNG, WebP or GIF"),
        ("six.jpg", "more than 20 MB"),
        ("seven.png", "64 million pixels"),
        ("", "Choose at least one"),
    ];
    assert_eq!(told.len(), wrong.len(), "{told:?}");
    for ((name, reason), told) in wrong.iter().zip(&told) {
        assert!(told.starts_with(name) && told.contains(reason), "{told}");
    }
    assert_eq!(pictures(&shop, cup).len(), 3);
    assert_eq!(kept(&shop).len(), 3, "nothing is kept of what is refused");
}

async fn a_form_without_a_file_says_so(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    // As a browser sends a field that nobody has touched.
    let page = sari.upload(&address(cup), &file("", &[])).await;
    page.expect_status(422).see("Choose at least one picture");
    let elsewhere = address(etalase::ids::ProductId(999_999));
    sari.upload(&elsewhere, &file("one.jpg", &photo(1))).await.expect_status(404);
    assert!(kept(&shop).is_empty());
}

async fn the_same_file_is_taken_once(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let photo = photo(120);
    let twice = [file("one.jpg", &photo), file("two.jpg", &photo)];
    let page = sari.upload_all(&address(cup), &twice).await;
    page.expect_status(422)
        .see("One picture was added")
        .see("This product has this picture already");
    assert_eq!((pictures(&shop, cup).len(), kept(&shop).len()), (1, 1));
    let plate = shop.with_db(|conn| goods("plate").put(conn)).await;
    sari.upload(&address(plate), &twice[0]).await.expect_status(303);
}

async fn a_damaged_file_is_named_to_the_staff_and_to_the_operator(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let whole = png(&drawn(300, 300));
    let half = &whole[..whole.len() / 2];
    sari.upload(&address(cup), &file("half.png", half)).await.expect_status(303);
    made(&shop).await;
    assert_eq!(row(&shop, pictures(&shop, cup)[0]).1, "failed");
    sari.get(&address(cup)).await.see("Damaged");
    let failed =
        shop.with_db(|conn| etalase::jobs::list(conn, etalase::jobs::JobState::Failed, 10)).await;
    assert_eq!(failed.len(), 1);
    assert!(failed[0].last_error.ends_with("is damaged"), "{}", failed[0].last_error);
    shop.with_db(move |conn| {
        etalase::jobs::drop_job(conn, failed[0].id, etalase::web::visit::now())
    })
    .await;
}

//! Pictures get an order, words and variants, and go.

use diesel::prelude::*;
use etalase::db::schema::{audit_entry, media, variant};

use super::{add, address, cup, id_of, pictures, places};
use crate::both;
use crate::kit::TestShop;

both!(
    buttons_change_the_order,
    words_are_shown_in_the_language_of_the_page,
    what_two_people_write_at_once_is_not_lost,
    a_picture_stands_for_a_value_or_a_variant,
    a_picture_that_is_removed_is_gone_from_its_variants_too,
    a_picture_of_another_product_is_not_found,
);

async fn buttons_change_the_order(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10, 120, 240]).await;
    let ids = pictures(&shop, cup);
    let [a, b, c] = ids[..] else { panic!("{ids:?}") };
    for (picture, to, order) in [
        (a, "later", [b, a, c]),
        (c, "first", [c, b, a]),
        (c, "earlier", [c, b, a]),
        (a, "later", [c, b, a]),
        (a, "earlier", [c, a, b]),
        (c, "3", [a, b, c]),
        (c, "1", [c, a, b]),
        (b, "9", [c, a, b]),
    ] {
        let move_it = format!("{}/{picture}/move", address(cup));
        sari.post(&move_it, format!("to={to}")).await.expect_status(303);
        assert_eq!(pictures(&shop, cup), order, "{picture} {to}");
        assert_eq!(places(&shop, cup), [0, 1, 2]);
    }
    let page = sari.get(&address(cup)).await;
    page.form(&format!("{}/{a}/move", address(cup)))
        .press("Move picture 2 one place forward")
        .await;
    assert_eq!(pictures(&shop, cup), [a, c, b]);
    sari.post(&format!("{}/{a}/move", address(cup)), "to=nowhere").await.expect_status(400);
    sari.post(&format!("{}/{a}/move", address(cup)), "to=0").await.expect_status(400);
}

async fn words_are_shown_in_the_language_of_the_page(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    let edit = format!("{}/{}", address(cup), pictures(&shop, cup)[0]);
    let form = sari.get(&edit).await.form(&edit);
    let page =
        form.fill("en", "A cup from above").fill("id", "Cangkir dari atas").press("Save").await;
    page.expect_status(200).see_no("Not described");
    for (path, alt) in
        [("/products/cup", "A cup from above"), ("/id/products/cup", "Cangkir dari atas")]
    {
        let page = shop.visitor().get(path).await;
        assert_eq!(page.attributes(".gallery-track img", "alt"), [alt]);
    }
    let long = "x".repeat(201);
    let page = sari.get(&edit).await.form(&edit).forge("en", &long).press("Save").await;
    page.expect_status(422);
    assert_eq!(page.attributes("#en", "value"), [long.as_str()]);
    let done: i64 = audit_entry::table
        .filter(audit_entry::action.eq("picture-changed"))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(done, 1);
}

async fn what_two_people_write_at_once_is_not_lost(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    let edit = format!("{}/{}", address(cup), pictures(&shop, cup)[0]);
    let (first, second) = (sari.get(&edit).await.form(&edit), sari.get(&edit).await.form(&edit));
    first.fill("en", "One").press("Save").await.expect_status(200);
    let page = second.fill("en", "Two").press("Save").await;
    page.expect_status(422).see("Somebody else has described this picture");
    assert_eq!(page.attributes("#en", "value"), ["Two"]);
    assert_eq!(sari.get(&edit).await.attributes("#en", "value"), ["One"]);
}

/// The SKUs of the variants that a picture stands for.
fn stands_for(shop: &TestShop, picture: etalase::ids::MediaId) -> Vec<String> {
    let own = variant::table.filter(variant::media_id.eq(picture)).order(variant::sku);
    own.select(variant::sku).load(&mut shop.fresh.conn()).unwrap()
}

async fn a_picture_stands_for_a_value_or_a_variant(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let mug = id_of(&shop, "bumi-stoneware-mug");
    add(&sari, mug, &[10]).await;
    let picture = *pictures(&shop, mug).last().unwrap();
    let edit = format!("{}/{picture}", address(mug));
    let choose = async |words: &str| {
        let page = sari.get(&edit).await;
        let options = page.all("#for option");
        let option = options.iter().find(|it| it.text().collect::<String>() == words).unwrap();
        let value = option.attr("value").unwrap().to_owned();
        page.form(&edit).choose("for", &value).press("Save").await.expect_status(200);
        sari.get(&edit).await.texts("#for option[selected]").remove(0)
    };
    assert_eq!(choose("Colour: Clay").await, "Colour: Clay");
    let clay = stands_for(&shop, picture);
    assert!(clay.len() == 2 && clay.iter().all(|sku| sku.contains("CLAY")), "{clay:?}");
    assert_eq!(choose("Oat, 250 ml").await, "Oat, 250 ml");
    assert_eq!(stands_for(&shop, picture).len(), 1);
    assert_eq!(choose("No variant in particular").await, "No variant in particular");
    assert!(stands_for(&shop, picture).is_empty());
}

async fn a_picture_that_is_removed_is_gone_from_its_variants_too(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let mug = id_of(&shop, "bumi-stoneware-mug");
    let before = pictures(&shop, mug);
    let clay = before[0];
    assert!(!stands_for(&shop, clay).is_empty());
    let remove = format!("{}/{clay}/remove", address(mug));
    let page = sari.get(&format!("{}/{clay}", address(mug))).await;
    page.form(&remove).press("Remove the picture").await.expect_status(200);
    assert_eq!(pictures(&shop, mug), before[1..]);
    assert_eq!(places(&shop, mug)[0], 0);
    assert!(stands_for(&shop, clay).is_empty());
    sari.post(&remove, "").await.expect_status(404);
    // The demo's pictures lie in the binary, and other rows show them.
    let rows: i64 = media::table.find(clay).count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(rows, 1);
}

async fn a_picture_of_another_product_is_not_found(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let foreign = pictures(&shop, id_of(&shop, "bumi-stoneware-mug"))[0];
    let edit = format!("{}/{foreign}", address(cup));
    sari.get(&edit).await.expect_status(404);
    for (path, body) in [("", "en=x&seen={}"), ("/move", "to=first"), ("/remove", "")] {
        sari.post(&format!("{edit}{path}"), body).await.expect_status(404);
    }
}

//! The blocks of the home page, in the back office and for shoppers.

use etalase::db::schema::{home_block, media};

use diesel::prelude::*;

use crate::both;
use crate::kit::upload::{Sent, drawn, png};
use crate::kit::{Page, TestShop, Visitor};

both!(
    saving_a_block_as_it_is_changes_nothing,
    a_block_is_added_hidden_written_and_shown,
    what_a_picture_shows_is_merged_too,
    blocks_are_moved_and_removed,
    a_block_is_shown_in_its_time_only,
    goods_of_a_category_stand_in_a_block,
    a_text_is_markdown_and_nothing_else,
    promises_are_written_in_all_languages,
    mistakes_in_a_block_are_named_at_their_fields,
    of_two_who_edit_one_block_the_second_sees_what_changed,
    there_is_one_block_of_a_kind_that_has_one_place,
);

/// Adds a block; its page.
async fn add(visitor: &Visitor, kind: &str) -> Page {
    let form = visitor.get("/admin/blocks").await.form("/admin/blocks");
    form.choose("kind", kind).press("Add it, hidden").await
}

/// Saves a block so that shoppers see it.
async fn save(page: &Page, fields: &[(&str, &str)]) -> Page {
    let form = page.form(page.url.path()).choose("shown", "1");
    let form = fields.iter().fold(form, |form, (name, text)| match *name {
        "category" | "icon_1" => form.choose(name, text),
        _ => form.fill(name, text),
    });
    form.press("Save").await
}

async fn saving_a_block_as_it_is_changes_nothing(shop: TestShop) {
    let visitor = shop.visitor();
    let before = [visitor.get("/").await, visitor.get("/id").await];
    let sari = shop.colleague("sari", "owner").await;
    for block in sari.get("/admin/blocks").await.attributes("ol li a", "href") {
        let page = sari.get(&block).await;
        page.form(page.url.path()).press("Save").await.expect_status(200).see("Saved.");
    }
    let after = [visitor.get("/").await, visitor.get("/id").await];
    for (before, after) in before.iter().zip(&after) {
        assert!(before.all("main > section").len() > 4);
        assert_eq!(after.one("main").html(), before.one("main").html());
    }
}

async fn a_block_is_added_hidden_written_and_shown(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "banner").await;
    let path = page.expect_status(200).url.path().to_owned();
    let visitor = shop.visitor();
    let words = [
        ("heading-en", "Rain season"),
        ("text-en", "Cups for tea."),
        ("heading-id", "Musim hujan"),
        ("link_1", "/categories/mugs"),
        ("link_label_1-en", "To the cups"),
    ];
    let form = page.form(&path);
    let form = words.iter().fold(form, |form, (name, text)| form.fill(name, text));
    form.press("Save").await.see("Saved.");
    visitor.get("/").await.see_no("Rain season");
    sari.get("/admin/blocks").await.see("Rain season").see("Hidden");
    save(&sari.get(&path).await, &[]).await.see("Saved.");
    let home = visitor.get("/").await;
    home.see("Rain season").see("Cups for tea.");
    assert_eq!(home.attributes(".banner a", "href"), ["/categories/mugs"]);
    let home = visitor.get("/id").await;
    home.see("Musim hujan");
    assert_eq!(home.attributes(".banner a", "href"), ["/id/categories/mugs"]);
    sari.get("/admin/audit").await.see("Changed a block of the home page");
    give_a_picture(&shop, &sari, &path).await;
}

/// A file that is none, then a picture, then what it shows.
async fn give_a_picture(shop: &TestShop, sari: &Visitor, path: &str) {
    let to = format!("{path}/picture");
    let bytes = png(&drawn(400, 200));
    let file = |bytes| Sent { field: "picture", name: "rain.png", kind: "image/png", bytes };
    let wrong = sari.upload(&to, &file(b"no picture")).await;
    wrong.expect_status(422);
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["picture"]);
    let taken = sari.upload(&to, &file(&bytes)).await;
    let page = sari.follow(taken).await;
    page.form(path).fill("alt-en", "Rain on a roof").press("Save").await.see("Saved.");
    let home = shop.visitor().get("/").await;
    assert_eq!(home.attributes(".banner img", "alt"), ["Rain on a roof"]);
    let shown = |conn: &mut _| {
        let shown = home_block::table.inner_join(media::table);
        Ok(shown.filter(home_block::kind.eq("banner")).count().get_result::<i64>(conn)?)
    };
    assert_eq!(shop.with_db(shown).await, 1);
    let text = add(sari, "text").await.url.path().to_owned();
    sari.upload(&format!("{text}/picture"), &file(&bytes)).await.expect_status(404);
}

async fn what_a_picture_shows_is_merged_too(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = save(&add(&sari, "banner").await, &[("heading-en", "Rain")]).await;
    let path = page.url.path().to_owned();
    give_a_picture(&shop, &sari, &path).await;
    let (one, other) = (sari.get(&path).await, sari.get(&path).await);
    save(&one, &[("alt-en", "Rain on tiles")]).await.see("Saved.");
    let page = save(&other, &[("heading-en", "Rain season")]).await;
    page.expect_status(409);
    let form = page.form(&path);
    assert_eq!(
        ["alt-en", "heading-en"].map(|name| form.value(name)),
        ["Rain on tiles", "Rain season"]
    );
    form.press("Save").await.see("Saved.");
    let home = shop.visitor().get("/").await;
    assert_eq!(home.attributes(".banner img", "alt"), ["Rain on tiles"]);
}

async fn blocks_are_moved_and_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let names = async || sari.get("/admin/blocks").await.attributes("ol li", "id");
    let before = names().await;
    let second = before[1].replace("block-", "");
    sari.post(&format!("/admin/blocks/{second}/move"), "to=up").await.expect_status(303);
    let mut moved = before.clone();
    moved.swap(0, 1);
    assert_eq!(names().await, moved);
    sari.post(&format!("/admin/blocks/{second}/move"), "to=down").await;
    assert_eq!(names().await, before);
    let hero = before[0].replace("block-", "");
    let page = sari.get(&format!("/admin/blocks/{hero}")).await;
    page.form(&format!("/admin/blocks/{hero}/remove")).press("Remove").await.see("Saved.");
    assert_eq!(names().await, before[1..]);
    let home = shop.visitor().get("/").await;
    home.expect_heading("Selasar");
    assert_eq!(home.all("h1").len(), 1);
}

async fn a_block_is_shown_in_its_time_only(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "text").await;
    let visitor = shop.visitor();
    let page = save(&page, &[("text-en", "Soon."), ("starts_at", "2999-01-01T10:00")]).await;
    visitor.get("/").await.see_no("Soon.");
    sari.get("/admin/blocks").await.see("Not yet shown");
    let page = save(&page, &[("starts_at", ""), ("ends_at", "2020-01-01T10:00")]).await;
    visitor.get("/").await.see_no("Soon.");
    save(&page, &[("starts_at", "2020-01-01T10:00"), ("ends_at", "2999-01-01T10:00")]).await;
    visitor.get("/").await.see("Soon.");
}

async fn goods_of_a_category_stand_in_a_block(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "goods").await;
    let wrong = save(&page, &[("heading-en", "For tea")]).await;
    wrong.expect_status(422);
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["category"]);
    let saved = save(&wrong, &[("category", "mugs")]).await;
    let id = saved.see("Saved.").url.path().rsplit('/').next().unwrap().to_owned();
    let home = shop.visitor().get("/id").await;
    let links = home.attributes(&format!("section[aria-labelledby=block-{id}] a"), "href");
    assert!(links.contains(&"/id/categories/mugs".to_owned()), "{links:?}");
    assert!(links.contains(&"/id/products/bumi-stoneware-mug".to_owned()), "{links:?}");
    sari.get("/admin/blocks").await.see_no("choose a category");
    // As the database does when the category goes.
    let goods = diesel::update(home_block::table.filter(home_block::kind.eq("goods")));
    goods.set(home_block::category_id.eq(None::<i64>)).execute(&mut shop.fresh.conn()).unwrap();
    sari.get("/admin/blocks").await.see("Empty: choose a category");
}

async fn a_text_is_markdown_and_nothing_else(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "text").await;
    save(&page, &[("text-en", "We are **open** <b onclick=x>now</b>.")]).await.see("Saved.");
    let home = shop.visitor().get("/").await;
    assert_eq!(home.texts("main .prose strong"), ["open"]);
    assert!(home.all("main .prose b").is_empty());
    home.see("<b onclick=x>now</b>");
}

async fn promises_are_written_in_all_languages(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "promises").await;
    let words = [
        ("icon_1", "leaf"),
        ("promise_title_1-en", "No plastic"),
        ("promise_text_1-en", "Paper and straw"),
        ("promise_title_1-id", "Tanpa plastik"),
        ("promise_title_3-en", "By bicycle"),
    ];
    let page = save(&page, &words).await;
    let form = page.form(page.url.path());
    let kept = ["icon_1", "promise_title_1-id", "promise_title_2-en", "promise_title_3-en"];
    let kept = kept.map(|name| form.value(name));
    assert_eq!(kept, ["leaf", "Tanpa plastik", "By bicycle", ""], "they move together");
    let visitor = shop.visitor();
    visitor.get("/").await.see("No plastic").see("Paper and straw").see("By bicycle");
    visitor.get("/id").await.see("Tanpa plastik");
}

async fn mistakes_in_a_block_are_named_at_their_fields(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = add(&sari, "split").await;
    let typed = [
        ("heading-id", "Judul"),
        ("link_1", "javascript:x"),
        ("starts_at", "2030-01-01T10:00"),
        ("ends_at", "2029-01-01T10:00"),
    ];
    let wrong = save(&page, &typed).await;
    wrong.expect_status(422).see("Nothing was saved yet");
    let at = wrong.attributes("[aria-invalid]", "name");
    assert_eq!(at, ["link_1", "ends_at", "link_label_1-en"]);
    assert_eq!(wrong.form(page.url.path()).value("heading-id"), "Judul");
}

async fn of_two_who_edit_one_block_the_second_sees_what_changed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    let first = add(&sari, "text").await;
    let second = budi.get(first.url.path()).await;
    save(&first, &[("heading-en", "Hers"), ("text-en", "Words.")]).await.see("Saved.");
    let told = save(&second, &[("heading-en", "His")]).await;
    told.expect_status(409).see("Somebody else has saved this block").see("“Hers”");
    let saved = save(&told, &[]).await;
    let form = saved.form(saved.url.path());
    assert_eq!(["heading-en", "text-en"].map(|name| form.value(name)), ["His", "Words."]);
}

async fn there_is_one_block_of_a_kind_that_has_one_place(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for kind in ["hero", "categories", "popular", "newest"] {
        let wrong = add(&sari, kind).await;
        wrong.expect_status(422).see("The page has this block already");
    }
    sari.post("/admin/blocks", "kind=nothing").await.expect_status(400);
}

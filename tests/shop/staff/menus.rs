//! The menus of the shop and the line above every page, in the back office and in the shop.

use crate::both;
use crate::kit::{Page, TestShop, Visitor};
use etalase::content::menus;
use etalase::db::schema::page;

use diesel::prelude::*;

both!(
    without_an_entry_the_shop_has_menus_of_itself,
    a_header_leads_to_what_was_chosen,
    a_footer_has_a_column_for_each_heading,
    what_shoppers_cannot_see_is_left_out,
    entries_move_among_those_beside_them,
    an_entry_goes_with_those_below_it,
    mistakes_in_an_entry_are_named_at_their_fields,
    of_two_who_edit_one_entry_the_second_sees_what_changed,
    an_announcement_is_shown_in_its_time_and_leads_somewhere,
);

/// Makes an entry; the list of menus.
async fn add(visitor: &Visitor, menu: &str, fields: &[(&str, &str)]) -> Page {
    let form = visitor.get(&format!("/admin/menus/new?menu={menu}")).await.form("/admin/menus/new");
    let form = fields.iter().fold(form, |form, (name, value)| match *name {
        "target" | "parent" => form.choose(name, value),
        _ => form.fill(name, value),
    });
    form.press("Save").await
}

/// The number of the entry with this label.
async fn number(shop: &TestShop, label: &'static str) -> String {
    let find = move |conn: &mut _| {
        let items = menus::list(conn)?;
        let item = items.iter().find(|item| item.sheet.label.iter().any(|(_, it)| it == label));
        Ok(item.expect("the entry is there").id.to_string())
    };
    shop.with_db(find).await
}

async fn header(shop: &TestShop, path: &str) -> Vec<String> {
    shop.visitor().get(path).await.texts(".nav > li > a, .nav summary")
}

async fn without_an_entry_the_shop_has_menus_of_itself(shop: TestShop) {
    let home = shop.visitor().get("/").await;
    assert!(home.attributes(".nav a", "href").contains(&"/categories/coffee".to_owned()));
    assert_eq!(home.texts(".foot-col h2"), ["Shop", "Help"]);
    let sari = shop.colleague("sari", "owner").await;
    let menus = sari.get("/admin/menus").await;
    menus.see("The header leads to the topmost categories").see("all published pages");
}

async fn a_header_leads_to_what_was_chosen(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "header", &[("target", "category:mugs")]).await.see("Saved.");
    let about = [("target", "page:about"), ("label-en", "Who we are")];
    add(&sari, "header", &about).await;
    add(&sari, "header", &[("address", "https://b.example/x"), ("label-en", "Elsewhere")]).await;
    assert_eq!(header(&shop, "/").await, ["Mugs & cups", "Who we are", "Elsewhere"]);
    assert_eq!(header(&shop, "/id").await[1..], ["Tentang kami", "Elsewhere"]);
    let parent = number(&shop, "Who we are").await;
    let below = [("address", "/articles"), ("label-en", "News"), ("parent", parent.as_str())];
    add(&sari, "header", &below).await.see("Saved.");
    let home = shop.visitor().get("/id").await;
    let list = home.attributes(".nav details a", "href");
    assert_eq!(list, ["/id/pages/about", "/id/articles"]);
    let sheet = home.attributes(".sheet-nav a", "href");
    assert_eq!(sheet[1..4], ["/id/pages/about", "/id/articles", "https://b.example/x"]);
    sari.get("/admin/audit").await.see("Changed a menu");
}

async fn a_footer_has_a_column_for_each_heading(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "footer", &[("target", "heading"), ("label-en", "Shopping")]).await;
    let parent = number(&shop, "Shopping").await;
    let below = [("target", "page:delivery"), ("parent", parent.as_str())];
    add(&sari, "footer", &below).await.see("Saved.");
    add(&sari, "footer", &[("target", "page:terms")]).await;
    // Nothing stands below it.
    add(&sari, "footer", &[("target", "heading"), ("label-en", "Empty")]).await;
    let home = shop.visitor().get("/").await;
    assert_eq!(home.texts(".foot-col h2"), ["Shopping", "Help"]);
    assert_eq!(home.texts(".foot-col a"), ["Delivery", "Terms", "Find an order", "Write to us"]);
}

async fn what_shoppers_cannot_see_is_left_out(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "header", &[("target", "page:about")]).await;
    add(&sari, "header", &[("target", "page:terms")]).await;
    let hide = |conn: &mut _| {
        let about = page::table.filter(page::slug.eq("about"));
        diesel::update(about).set(page::published.eq(false)).execute(conn)?;
        etalase::settings::announce(conn)
    };
    shop.with_db(hide).await;
    assert_eq!(header(&shop, "/").await, ["Terms"]);
    sari.get("/admin/menus").await.see("shoppers cannot see it at present");
}

async fn entries_move_among_those_beside_them(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for label in ["One", "Two", "Three"] {
        add(&sari, "header", &[("address", "/search"), ("label-en", label)]).await;
    }
    let three = number(&shop, "Three").await;
    for order in [["One", "Three", "Two"], ["Three", "One", "Two"], ["Three", "One", "Two"]] {
        sari.post(&format!("/admin/menus/{three}/move"), "to=up").await.expect_status(303);
        assert_eq!(header(&shop, "/").await, order);
    }
    sari.post(&format!("/admin/menus/{three}/move"), "to=down").await;
    assert_eq!(header(&shop, "/").await, ["One", "Three", "Two"]);
    sari.post(&format!("/admin/menus/{three}/move"), "to=away").await.expect_status(400);
}

async fn an_entry_goes_with_those_below_it(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "header", &[("address", "/search"), ("label-en", "All")]).await;
    let parent = number(&shop, "All").await;
    let below = [("target", "page:about"), ("parent", parent.as_str())];
    add(&sari, "header", &below).await;
    let menus = sari.get("/admin/menus").await;
    let form = menus.form(&format!("/admin/menus/{parent}/remove"));
    form.press("Remove All and the entry below it").await.see("Saved.");
    let empty = |conn: &mut _| Ok(menus::list(conn)?.len());
    assert_eq!(shop.with_db(empty).await, 0);
    assert!(header(&shop, "/").await.len() > 3, "the categories are back");
    sari.post(&format!("/admin/menus/{parent}/remove"), "").await.expect_status(404);
}

async fn mistakes_in_an_entry_are_named_at_their_fields(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for bad in ["", "javascript:alert(1)", "//b.example", "pages/about"] {
        let wrong = add(&sari, "header", &[("address", bad), ("label-id", "Apa")]).await;
        wrong.expect_status(422);
        assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["address", "label-en"], "{bad}");
        assert_eq!(wrong.form("/admin/menus/new").value("label-id"), "Apa");
    }
    let form = sari.get("/admin/menus/new").await.form("/admin/menus/new");
    let wrong = form.forge("target", "page:nowhere").press("Save").await;
    assert_eq!(
        wrong.expect_status(422).attributes("[aria-invalid]", "name"),
        ["target", "label-en"]
    );
    // Nothing stands below what stands below something.
    add(&sari, "header", &[("address", "/a"), ("label-en", "A")]).await;
    let top = number(&shop, "A").await;
    add(&sari, "header", &[("address", "/b"), ("label-en", "B"), ("parent", top.as_str())]).await;
    let below = number(&shop, "B").await;
    let form = sari.get("/admin/menus/new").await.form("/admin/menus/new");
    let form = form.fill("address", "/c").fill("label-en", "C").forge("parent", &below);
    let wrong = form.press("Save").await;
    assert_eq!(wrong.expect_status(422).attributes("[aria-invalid]", "name"), ["parent"]);
}

async fn of_two_who_edit_one_entry_the_second_sees_what_changed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    add(&sari, "header", &[("address", "/search"), ("label-en", "All")]).await;
    let path = format!("/admin/menus/{}", number(&shop, "All").await);
    let (first, second) = (sari.get(&path).await, budi.get(&path).await);
    let saved = first.form(&path).fill("label-en", "Everything").fill("label-id", "Semua");
    saved.press("Save").await.see("Saved.");
    let told = second.form(&path).fill("label-en", "Goods").press("Save").await;
    told.expect_status(409).see("Somebody else has saved this entry").see("“Everything”");
    told.form(&path).press("Save").await.see("Saved.");
    assert_eq!(header(&shop, "/").await, ["Goods"]);
    assert_eq!(header(&shop, "/id").await, ["Semua"]);
}

async fn an_announcement_is_shown_in_its_time_and_leads_somewhere(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/menus").await.form("/admin/announcement");
    let form = form.fill("announcement-en", "Closed on Monday").fill("announcement-id", "");
    let wrong = form.clone().fill("link", "javascript:x").fill("from", "2030-01-01T10:00");
    let wrong = wrong.fill("until", "2029-01-01T10:00").press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet");
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["link", "until"]);
    assert_eq!(wrong.form("/admin/announcement").value("announcement-en"), "Closed on Monday");
    form.clone().fill("link", "/pages/delivery").press("Save").await.see("Saved.");
    let visitor = shop.visitor();
    let home = visitor.get("/id").await;
    assert_eq!(home.texts(".announce a"), ["Closed on Monday"]);
    assert_eq!(home.attributes(".announce a", "href"), ["/id/pages/delivery"]);
    form.clone().fill("from", "2999-01-01T10:00").press("Save").await;
    assert!(visitor.get("/").await.all(".announce").is_empty());
    form.clone().fill("until", "2020-01-01T10:00").press("Save").await;
    assert!(visitor.get("/").await.all(".announce").is_empty());
    form.fill("from", "2020-01-01T10:00").press("Save").await;
    assert_eq!(visitor.get("/").await.texts(".announce p"), ["Closed on Monday"]);
    sari.get("/admin/audit").await.see("Changed settings");
}

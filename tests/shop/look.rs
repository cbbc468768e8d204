//! The look of the storefront: tried out, looked at, published, and kept away from the back office.

use diesel::prelude::*;
use etalase::db::schema::media;

use crate::both;
use crate::kit::form::Form;
use crate::kit::upload::{Sent, drawn, png};
use crate::kit::{Office, Page, TestShop, Visitor};

both!(
    a_look_is_seen_by_shoppers_when_it_is_published,
    the_back_office_keeps_its_own_look,
    a_colour_that_cannot_be_read_is_mended_and_said_so,
    what_is_no_look_is_refused_and_kept_in_the_form,
    a_sheet_is_kept_for_ever_by_its_own_name_only,
    two_who_try_out_looks_are_shown_each_other,
    a_logo_stands_in_the_place_of_the_name,
    what_is_no_picture_is_no_logo,
);

async fn form(sari: &Visitor) -> Form {
    sari.open("/admin/look").await.form("/admin/look")
}

/// The sheets of a page that are not the shop's own.
fn themes(page: &Page) -> Vec<String> {
    let mut sheets = page.attributes("link[rel=stylesheet]", "href");
    sheets.retain(|sheet| !sheet.starts_with("/static/"));
    sheets
}

async fn a_look_is_seen_by_shoppers_when_it_is_published(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    assert!(themes(&shop.visitor().get("/").await).is_empty());
    let form = form(&sari).await.fill("brand", "#8a2be2");
    let form = form.choose("corners", "square").fill("css", ".hero h1 { color: teal }");
    form.press("Keep and try out").await.see("Kept. Shoppers do not see it yet.");
    assert!(themes(&shop.visitor().get("/").await).is_empty());
    let preview = sari.get("/admin/look/preview").await;
    preview.expect_status(200).see("So looks a page of your shop.");
    let draft = themes(&preview).remove(0);
    let sheet = sari.get(&draft).await;
    assert!(sheet.expect_status(200).source().contains("--accent:light-dark(#8a2be2,#"));
    assert!(sheet.source().ends_with(".hero h1 { color: teal }"));
    shop.visitor().get(&draft).await.expect_status(303);
    let page = sari.open("/admin/look").await;
    page.form("/admin/look/publish").press("Show it to shoppers").await.see("Shoppers see it now.");
    let home = shop.visitor().get("/").await;
    let theme = themes(&home).remove(0);
    let sheet = shop.visitor().get(&theme).await;
    assert!(sheet.expect_status(200).source().contains("--brand-radius:0;"));
}

async fn the_back_office_keeps_its_own_look(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    form(&sari).await.fill("css", "* { display: none !important }").press("Keep and try out").await;
    sari.post("/admin/look/publish", "").await.expect_status(303);
    assert_eq!(themes(&shop.visitor().get("/cart").await).len(), 1);
    for path in ["/admin", "/admin/look", "/admin/orders", "/admin/nowhere"] {
        assert!(themes(&sari.get(path).await).is_empty(), "{path}");
    }
    assert!(themes(&shop.visitor().get("/admin/sign-in").await).is_empty());
}

async fn a_colour_that_cannot_be_read_is_mended_and_said_so(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = form(&sari).await.fill("brand", "#ffd400");
    let page = form.press("Keep and try out").await;
    page.see("made darker until white text on it can be read");
    assert_eq!(page.all("svg text").len(), 4);
    assert_eq!(page.form("/admin/look").value("brand"), "#ffd400", "the choice stays hers");
    let back = page.form("/admin/look").choose("usual_colour", "1").press("Keep and try out").await;
    assert_eq!(back.form("/admin/look").value("brand"), "#1e5c43");
}

async fn what_is_no_look_is_refused_and_kept_in_the_form(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let wrong = form(&sari).await.fill("brand", "red;}body{}");
    let page = wrong.fill("css", &"a".repeat(20_001)).press("Keep and try out").await;
    page.expect_status(422).see("Enter # and six digits").see("This is too long");
    assert_eq!(page.form("/admin/look").value("css").len(), 20_001);
    let forged = form(&sari).await.forge("corners", "0;}*{display:none");
    forged.press("Keep and try out").await.expect_status(422);
    assert!(themes(&sari.get("/admin/look/preview").await).is_empty());
}

async fn a_sheet_is_kept_for_ever_by_its_own_name_only(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    shop.visitor().get("/theme/look-0.css").await.expect_status(404);
    form(&sari).await.choose("typeface", "serif").press("Keep and try out").await;
    sari.post("/admin/look/publish", "").await.expect_status(303);
    let theme = themes(&shop.visitor().get("/").await).remove(0);
    let sheet = shop.visitor().get(&theme).await;
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    let other = shop.visitor().get("/theme/look-0.css").await;
    assert_eq!(other.header("cache-control"), "no-store");
    assert_eq!(other.source(), sheet.source());
}

async fn two_who_try_out_looks_are_shown_each_other(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let [one, other] = [form(&sari).await, form(&sari).await];
    one.choose("corners", "soft").press("Keep and try out").await.expect_status(200);
    let page = other.fill("css", "a{}").press("Keep and try out").await;
    page.expect_status(409).see("Somebody else has saved these settings");
    let form = page.form("/admin/look");
    assert_eq!((form.value("corners"), form.value("css")), ("soft".into(), "a{}".into()));
}

const LOGO: Sent<'static> = Sent { field: "logo", name: "Toko.png", kind: "image/png", bytes: &[] };

/// The addresses of the pictures in the header's logo.
async fn logos(visitor: &Visitor, path: &str) -> Vec<String> {
    visitor.get(path).await.attributes(".site-head .logo img", "src")
}

async fn a_logo_stands_in_the_place_of_the_name(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let bytes = png(&drawn(600, 200));
    let sent = Sent { bytes: &bytes, ..LOGO };
    sari.upload("/admin/look/logo", &sent).await.expect_status(303);
    Office::of(&shop).work().await;
    let draft = logos(&sari, "/admin/look/preview").await;
    assert!(draft[0].starts_with("/media/toko-"));
    assert!(logos(&shop.visitor(), "/").await.is_empty(), "it is tried out only");
    sari.get("/admin/look").await.form("/admin/look").press("Keep and try out").await;
    sari.post("/admin/look/publish", "").await.expect_status(303);
    assert_eq!(logos(&shop.visitor(), "/").await, draft);
    shop.visitor().get(&draft[0]).await.expect_status(200);
    let alt = shop.visitor().get("/").await.attributes(".site-head .logo img", "alt");
    assert_eq!(alt, ["Selasar"]);
    sari.post("/admin/look/logo/remove", "").await.expect_status(303);
    assert_eq!(logos(&shop.visitor(), "/").await, draft, "shoppers see it until that is published");
    let let_go = || async {
        let gone = media::table.filter(media::unused_since.is_not_null()).count();
        gone.get_result::<i64>(&mut shop.fresh.conn()).unwrap()
    };
    assert_eq!(let_go().await, 0);
    sari.post("/admin/look/publish", "").await.expect_status(303);
    assert!(logos(&shop.visitor(), "/").await.is_empty());
    assert_eq!(let_go().await, 1, "nobody sees it any more");
}

async fn what_is_no_picture_is_no_logo(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let svg = Sent { name: "logo.svg", kind: "image/svg+xml", bytes: b"<svg/>", ..LOGO };
    let page = sari.upload("/admin/look/logo", &svg).await;
    page.expect_status(422);
    assert_eq!(page.all(".notice.bad").len(), 1);
    assert!(logos(&sari, "/admin/look/preview").await.is_empty());
}

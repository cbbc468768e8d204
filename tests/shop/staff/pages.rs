//! Pages and articles in the back office, and as shoppers then read them.

use etalase::db::schema::{orders, page};

use diesel::prelude::*;

use crate::both;
use crate::kit::{Page, TestShop, Visitor};

both!(
    a_title_makes_a_draft_that_is_published_by_saving,
    what_is_typed_can_be_looked_at_before_it_is_saved,
    markdown_makes_a_page_and_html_does_not,
    an_old_address_leads_to_the_page_in_one_hop,
    each_edition_of_a_legal_page_is_kept,
    an_order_names_the_terms_that_it_was_placed_under,
    articles_stand_in_a_list_with_the_newest_first,
    an_article_of_tomorrow_is_not_seen_today,
    mistakes_on_a_page_are_all_named_and_nothing_typed_is_lost,
    of_two_who_edit_one_page_the_second_sees_what_changed,
    only_a_draft_can_be_removed,
    a_very_long_page_is_taken_whole,
);

/// A new draft.
async fn draft(visitor: &Visitor, kind: &str, title: &str) -> Page {
    let form = visitor.get(&format!("/admin/pages/new?kind={kind}")).await;
    let form = form.form("/admin/pages/new").fill("title", title);
    form.press("Make a draft").await
}

/// Saves it so that shoppers see it.
async fn publish(page: &Page, fields: &[(&str, &str)]) -> Page {
    let form = page.form(page.url.path()).choose("published", "1");
    let form = fields.iter().fold(form, |form, (name, text)| form.fill(name, text));
    let saved = form.press("Save").await;
    saved.expect_status(200).see("Saved.");
    saved
}

/// The page of the shop's terms.
async fn terms(shop: &TestShop, visitor: &Visitor) -> Page {
    let find = |conn: &mut _| {
        Ok(page::table.filter(page::kind.eq("terms")).select(page::id).first::<i64>(conn)?)
    };
    let id = shop.with_db(find).await;
    visitor.get(&format!("/admin/pages/{id}")).await
}

async fn a_title_makes_a_draft_that_is_published_by_saving(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let wrong = draft(&sari, "page", "").await;
    wrong.expect_status(422).see("Enter a title");
    let page = draft(&sari, "page", "Our Workshop").await;
    page.expect_status(200).expect_heading("Our Workshop").see("Draft");
    let visitor = shop.visitor();
    visitor.get("/pages/our-workshop").await.expect_status(404);
    let words = [
        ("body-en", "We *throw* clay."),
        ("title-id", "Bengkel kami"),
        ("body-id", "Kami memutar tanah liat."),
        ("seo_title-en", "Pottery in Plered"),
        ("description-en", "Where the mugs are made."),
    ];
    let saved = publish(&page, &words).await;
    saved.see("Published").see("Pottery in Plered | Selasar");
    let shown = visitor.get("/pages/our-workshop").await;
    shown.expect_status(200).expect_heading("Our Workshop").see("We throw clay.");
    assert!(shown.texts("title").concat().starts_with("Pottery in Plered"));
    let about = shown.attributes("meta[name=description]", "content");
    assert_eq!(about, ["Where the mugs are made."]);
    visitor.get("/id/pages/our-workshop").await.expect_heading("Bengkel kami");
    assert!(visitor.get("/").await.texts("footer a").contains(&"Our Workshop".to_owned()));
    sari.get("/admin/pages").await.see("Our Workshop");
    sari.get("/admin/audit").await.see("Made a page").see("Changed a page");
}

async fn what_is_typed_can_be_looked_at_before_it_is_saved(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "page", "Workshop").await;
    let path = page.url.path().to_owned();
    let typed = "title-en=Clay&body-en=**wet**&title-id=Tanah&body-id=basah";
    let shown = sari.post(&format!("{path}/preview"), typed).await;
    shown.expect_status(200).expect_heading("Clay").see("This is a preview");
    assert_eq!(shown.texts("article strong"), ["wet"]);
    assert_eq!(shown.header("cache-control"), "no-store");
    let shown = sari.post(&format!("/id{path}/preview"), typed).await;
    shown.expect_heading("Tanah").see("basah");
    sari.get(&path).await.expect_heading("Workshop");
    let buttons = page.attributes("button[formaction]", "formaction");
    assert_eq!(buttons, [format!("{path}/preview"), format!("/id{path}/preview")]);
}

async fn markdown_makes_a_page_and_html_does_not(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "page", "Workshop").await;
    let body = "# Clay\r\n\r\n[Delivery](/pages/delivery) [x](javascript:alert(1)) \
                <script>alert(2)</script> <img src=x onerror=alert(3)> ![a](https://b.example/c.png)";
    publish(&page, &[("body-en", body)]).await;
    let shown = shop.visitor().get("/id/pages/workshop").await;
    assert_eq!(shown.texts("article h2"), ["Clay"]);
    assert_eq!(shown.attributes("article a", "href"), ["/id/pages/delivery"]);
    assert!(shown.all("article script, article img").is_empty());
    shown.see("<script>alert(2)</script>");
    assert_eq!(shown.attributes("article", "lang"), ["en"], "it is not translated");
}

async fn an_old_address_leads_to_the_page_in_one_hop(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = publish(&draft(&sari, "page", "One").await, &[]).await;
    let taken = page.form(page.url.path()).fill("handle", "about").press("Save").await;
    taken.expect_status(422).see("Another page has this handle");
    let page = publish(&page, &[("handle", "two")]).await;
    let page = publish(&page, &[("handle", "three")]).await;
    let visitor = shop.visitor();
    for old in ["one", "two"] {
        let moved = visitor.get(&format!("/pages/{old}")).await;
        assert_eq!((moved.status, moved.header("location")), (301, "/pages/three"), "{old}");
        let moved = visitor.get(&format!("/id/pages/{old}")).await;
        assert_eq!((moved.status, moved.header("location")), (301, "/id/pages/three"), "{old}");
    }
    publish(&page, &[("handle", "one")]).await;
    visitor.get("/pages/one").await.expect_status(200);
    let moved = visitor.get("/pages/three").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/pages/one"));
    assert_eq!(visitor.post("/pages/two", "").await.status, 405);
}

async fn each_edition_of_a_legal_page_is_kept(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let second = draft(&sari, "terms", "More terms").await;
    second.expect_status(422).see("The shop has this page already");
    let page = terms(&shop, &sari).await;
    let visitor = shop.visitor();
    visitor.get("/pages/terms").await.see("Version 1, since").see_no("Version 2");
    let old = page.form(page.url.path()).value("body-en");
    let page = publish(&page, &[("body-en", "All new.")]).await;
    // Nothing that shoppers read is another.
    let page = publish(&page, &[("description-en", "Our terms.")]).await;
    assert_eq!(page.texts("section[aria-labelledby=editions] a"), ["Version 2", "Version 1"]);
    page.see("sari");
    let hidden = page.form(page.url.path()).untick("published").fill("body-en", "Not yet.");
    let page = hidden.press("Save").await;
    assert_eq!(page.texts("section[aria-labelledby=editions] a").len(), 2);
    let page = publish(&page, &[("body-en", "All new.")]).await;
    page.go("Version 1").await.expect_status(200).see(old.lines().next().unwrap());
    let shown = visitor.get("/pages/terms").await;
    shown.see("All new.").see("Version 2, since");
    let first = shown.go("Version 1").await;
    first.expect_status(200).see("We have kept them short").see_no("All new.");
    assert_eq!(first.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    first.go("The version in force").await.see("All new.");
    for nothing in ["/pages/terms/editions/3", "/pages/terms/editions/x", "/pages/about/editions/1"]
    {
        visitor.get(nothing).await.expect_status(404);
    }
}

async fn an_order_names_the_terms_that_it_was_placed_under(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    publish(&terms(&shop, &sari).await, &[("body-en", "All new."), ("handle", "rules")]).await;
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let checkout = guest.visitor.get("/checkout").await;
    assert!(checkout.link("terms").ends_with("/pages/rules"));
    guest.order().await;
    let named = |conn: &mut _| {
        let editions = (orders::number, orders::terms_edition, orders::privacy_edition);
        Ok(orders::table.select(editions).first::<(String, Option<i64>, Option<i64>)>(conn)?)
    };
    let (number, terms, privacy) = shop.with_db(named).await;
    assert_eq!((terms, privacy), (Some(2), Some(1)));
    let seen = sari.get(&format!("/admin/orders/{number}")).await;
    seen.see("Terms agreed to").see("Version 2");
}

async fn articles_stand_in_a_list_with_the_newest_first(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let visitor = shop.visitor();
    visitor.get("/articles").await.expect_status(200).see("no articles yet");
    for day in 1..=14 {
        let page = draft(&sari, "article", &format!("Day {day}")).await;
        let at = format!("2026-01-{day:02}T10:00");
        publish(&page, &[("publish_at", &at), ("description-en", "What <happened>.")]).await;
    }
    let list = visitor.get("/articles").await;
    let names = list.texts("main h2");
    assert_eq!((names.len(), names[0].as_str(), names[11].as_str()), (12, "Day 14", "Day 3"));
    let older = list.go("Older articles").await;
    assert_eq!(older.texts("main h2"), ["Day 2", "Day 1"]);
    let article = older.go("Day 1").await;
    article.expect_heading("Day 1").see("1 January 2026");
    visitor.get("/pages/day-1").await.expect_status(404);
    visitor.get("/articles/about").await.expect_status(404);
    visitor.get("/articles?after=x").await.expect_status(404);
    let feed = visitor.get("/articles.xml").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = roxmltree::Document::parse(feed.source()).unwrap();
    let titles = feed.descendants().filter(|node| node.has_tag_name("entry"));
    assert_eq!(titles.count(), 14);
    assert!(visitor.get("/sitemap-1.xml").await.source().contains("/articles/day-14"));
    let listed = sari.get("/admin/pages").await;
    listed.see_no("Day 14");
    listed.go("Articles").await.see("Day 14");
    let footer = visitor.get("/").await;
    assert!(!footer.texts("footer a").contains(&"Day 14".to_owned()));
}

async fn an_article_of_tomorrow_is_not_seen_today(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "article", "Soon").await;
    let saved = publish(&page, &[("publish_at", "2999-01-01T10:00")]).await;
    saved.see("Scheduled");
    let visitor = shop.visitor();
    visitor.get("/articles/soon").await.expect_status(404);
    visitor.get("/articles").await.see_no("Soon");
    assert!(!visitor.get("/articles.xml").await.source().contains("Soon"));
}

async fn mistakes_on_a_page_are_all_named_and_nothing_typed_is_lost(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "article", "Clay").await;
    let path = page.url.path().to_owned();
    let typed = page
        .form(&path)
        .fill("title-en", "")
        .fill("body-id", "Teks")
        .fill("handle", "No Handle")
        .forge("publish_at", "soon");
    let wrong = typed.press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet");
    let at = wrong.attributes("[aria-invalid]", "name");
    assert_eq!(at, ["title-en", "title-id", "handle", "publish_at"]);
    assert_eq!(wrong.form(&path).value("body-id"), "Teks");
    sari.get(&path).await.expect_heading("Clay");
}

async fn of_two_who_edit_one_page_the_second_sees_what_changed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    let first = draft(&sari, "page", "Clay").await;
    let path = first.url.path().to_owned();
    let second = budi.get(&path).await;
    let form = first.form(&path).fill("title-en", "Wet clay").fill("description-en", "Clay.");
    form.press("Save").await.expect_status(200);
    let form = second.form(&path).fill("title-en", "Dry clay").fill("body-en", "Dust.");
    let told = form.press("Save").await;
    told.expect_status(409).see("Somebody else has saved this page");
    assert_eq!(told.texts(".notice li"), ["Description (English)"]);
    told.see("Saved meanwhile by somebody else: “Wet clay”");
    let saved = told.form(&path).press("Save").await;
    saved.expect_status(200).expect_heading("Dry clay");
    let form = saved.form(&path);
    let kept = ["body-en", "description-en"].map(|name| form.value(name));
    assert_eq!(kept, ["Dust.", "Clay."]);
}

async fn only_a_draft_can_be_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "page", "Clay").await;
    let path = page.url.path().to_owned();
    publish(&page, &[]).await.see_no("Takes this draft away");
    sari.post(&format!("{path}/remove"), "").await.expect_status(303);
    let page = sari.get(&path).await;
    let page = page.form(&path).untick("published").press("Save").await;
    let gone = page.form(&format!("{path}/remove")).press("Remove").await;
    gone.expect_status(200).see("The draft was removed").see_no("Clay");
    sari.get(&path).await.expect_status(404);
    let page = terms(&shop, &sari).await;
    let path = page.url.path().to_owned();
    page.form(&path).untick("published").press("Save").await.expect_status(200);
    sari.post(&format!("{path}/remove"), "").await;
    sari.get(&path).await.expect_status(200);
}

async fn a_very_long_page_is_taken_whole(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = draft(&sari, "page", "Clay").await;
    let long = "Keramik é. ".repeat(5_450);
    let saved = publish(&page, &[("body-en", &long), ("title-id", "T"), ("body-id", &long)]).await;
    assert_eq!(saved.form(page.url.path()).value("body-id").trim(), long.trim());
    let shown = shop.visitor().get("/pages/clay").await;
    assert!(shown.texts("article p")[0].len() > 59_000);
}

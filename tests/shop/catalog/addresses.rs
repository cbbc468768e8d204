//! Where a product is found, where it was, and where it is no longer.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::both;
use crate::kit::goods::product_id;
use crate::kit::{TestShop, goods};
use etalase::catalog::model::Status;
use etalase::catalog::writes;
use etalase::db::schema::{category, category_old_slug, product};
use etalase::ids::CategoryId;
use etalase::values::Slug;
use etalase::web::visit::now;

both!(
    an_old_address_leads_to_the_new_one_in_one_hop,
    a_name_that_comes_back_leads_in_no_circle,
    a_page_of_before_still_puts_into_the_cart,
    a_category_that_moved_is_found,
    an_archived_product_is_gone_and_others_are_offered,
    what_is_not_published_is_nowhere,
    an_untranslated_product_is_shown_in_the_shops_own_language,
    a_name_with_markup_is_shown_as_it_was_typed,
);

async fn rename(shop: &TestShop, from: &'static str, to: &'static str) {
    shop.with_db(move |conn| {
        let id = product_id(conn, from)?;
        writes::rename(conn, id, &Slug::parse(to).unwrap())
    })
    .await;
}

async fn an_old_address_leads_to_the_new_one_in_one_hop(shop: TestShop) {
    rename(&shop, "hening-vase", "hening").await;
    rename(&shop, "hening", "hening-tall-vase").await;
    let visitor = shop.visitor();
    for (old, new) in [
        ("/products/hening-vase", "/products/hening-tall-vase"),
        ("/products/hening", "/products/hening-tall-vase"),
        ("/id/products/hening-vase", "/id/products/hening-tall-vase"),
    ] {
        let page = visitor.get(old).await;
        page.expect_status(301);
        assert_eq!(page.location().as_deref(), Some(new));
        visitor.get(new).await.expect_status(200).see("Hening");
    }
}

async fn a_name_that_comes_back_leads_in_no_circle(shop: TestShop) {
    rename(&shop, "hening-vase", "hening").await;
    rename(&shop, "hening", "hening-vase").await;
    let visitor = shop.visitor();
    visitor.get("/products/hening-vase").await.expect_status(200);
    let page = visitor.get("/products/hening").await;
    assert_eq!(page.location().as_deref(), Some("/products/hening-vase"));
}

async fn a_page_of_before_still_puts_into_the_cart(shop: TestShop) {
    let guest = shop.shopper();
    let form = guest.buy_form("hening-vase", &[("colour", "oat")], 2).await;
    let wrong = form.clone().forge("quantity", "0");
    rename(&shop, "hening-vase", "hening").await;
    rename(&shop, "hening", "hening-tall-vase").await;
    form.press("Add to cart").await.see("Hening Vase is in your cart");
    wrong.press("Add to cart").await.expect_status(422).see("Hening Vase");
    guest.visitor.post("/cart/lines", "product=no-such-vase").await.expect_status(404);
}

async fn a_category_that_moved_is_found(shop: TestShop) {
    shop.with_db(|conn| {
        let mugs = category::table.filter(category::slug.eq("mugs"));
        let id: CategoryId = mugs.select(category::id).first(conn)?;
        diesel::insert_into(category_old_slug::table)
            .values((category_old_slug::slug.eq("cups"), category_old_slug::category_id.eq(id)))
            .execute(conn)?;
        Ok(())
    })
    .await;
    let page = shop.visitor().get("/categories/cups").await;
    page.expect_status(301);
    assert_eq!(page.location().as_deref(), Some("/categories/mugs"));
}

async fn an_archived_product_is_gone_and_others_are_offered(shop: TestShop) {
    shop.with_db(|conn| {
        let id = product_id(conn, "hening-vase")?;
        writes::set_status(conn, id, Status::Archived)
    })
    .await;
    let visitor = shop.visitor();
    let page = visitor.get("/products/hening-vase").await;
    page.expect_status(410).expect_heading("Hening Vase is no longer sold");
    let others = page.attributes("main .card a", "href");
    assert!(!others.is_empty(), "nothing is offered instead");
    visitor.get(&others[0]).await.expect_status(200);
    let page = visitor.get("/id/products/hening-vase").await;
    page.expect_status(410);
    assert_eq!(page.attributes("html", "lang"), ["id"]);
    visitor.get("/search?q=hening").await.see_no("Hening Vase 28 cm");
}

async fn what_is_not_published_is_nowhere(shop: TestShop) {
    shop.with_db(|conn| {
        goods("draft-cup").named("Siluman cup").status(Status::Draft).put(conn)?;
        goods("early-cup")
            .named("Siluman early")
            .published(now() + TimeDelta::hours(1))
            .put(conn)?;
        let late = goods("late-cup").named("Siluman late").put(conn)?;
        diesel::update(product::table.find(late))
            .set(product::unpublish_at.eq(now() - TimeDelta::seconds(1)))
            .execute(conn)?;
        Ok(())
    })
    .await;
    let visitor = shop.visitor();
    for slug in ["draft-cup", "early-cup", "late-cup"] {
        visitor.get(&format!("/products/{slug}")).await.expect_status(404);
    }
    for path in
        ["/", "/categories/mugs", "/search?sort=newest", "/search?q=siluman", "/sitemap-1.xml"]
    {
        let page = visitor.get(path).await;
        for hidden in ["draft-cup", "early-cup", "late-cup"] {
            assert!(!page.source().contains(hidden), "{hidden} is on {path}");
        }
    }
}

async fn an_untranslated_product_is_shown_in_the_shops_own_language(shop: TestShop) {
    shop.with_db(|conn| goods("only-english").untranslated("Plainly English").put(conn)).await;
    let visitor = shop.visitor();
    for path in ["/id/products/only-english", "/id/categories/mugs", "/id/search?q=plainly"] {
        visitor.get(path).await.expect_status(200).see("Plainly English");
    }
    visitor.get("/id/categories/mugs?sort=name").await.see("Plainly English");
}

async fn a_name_with_markup_is_shown_as_it_was_typed(shop: TestShop) {
    const NAME: &str = "</title></script><script>alert(1)</script>\"'&amp; <b>bold</b>";
    shop.with_db(|conn| goods("nasty-cup").named(NAME).put(conn)).await;
    let visitor = shop.visitor();
    let page = visitor.get("/products/nasty-cup").await;
    page.expect_status(200).expect_heading(NAME);
    for path in
        ["/products/nasty-cup", "/categories/mugs", "/search?q=alert", "/search?q=%3Cscript%3E"]
    {
        let page = visitor.get(path).await;
        let scripts = page.attributes("script", "type");
        assert!(scripts.iter().all(|kind| kind == "application/ld+json"), "on {path}");
        assert!(page.all("main b").is_empty(), "on {path}");
        assert!(!page.source().contains("<script>alert"), "on {path}");
    }
}

//! Categories, brands, attributes and tags in the back office, and what shoppers see of them.

use diesel::prelude::*;

use etalase::db::schema::{
    audit_entry, brand, category, product, product_attribute, product_category, product_tag,
};
use etalase::ids::{CategoryId, ProductId};

use crate::both;
use crate::kit::goods::{category_id, product_id};
use crate::kit::office::Office;
use crate::kit::rules::text;
use crate::kit::{Page, TestShop, Visitor, goods};
use crate::promotions::{offer, rule, rupiah_off};

both!(
    a_category_is_made_and_seen_by_shoppers,
    an_address_that_a_category_had_leads_to_it,
    a_category_goes_elsewhere_with_all_that_stands_in_it,
    categories_stand_in_the_order_that_is_chosen,
    a_hidden_category_is_seen_by_nobody_and_its_products_are_sold,
    what_stands_in_a_removed_category_goes_up,
    entries_of_the_menus_are_named_before_they_go,
    a_category_that_a_promotion_names_stays,
    of_two_who_edit_one_category_the_second_sees_what_changed,
    mistakes_about_a_category_keep_what_was_typed,
    a_brand_is_made_renamed_and_removed,
    an_attribute_offers_values_that_products_take,
    a_value_that_is_taken_away_leaves_its_products,
    a_product_says_what_it_says_in_every_kind,
    a_tag_is_renamed_joined_and_removed,
    whoever_may_only_look_sees_no_button,
);

const CATEGORIES: &str = "/admin/products/categories";

/// The page of the category with this handle.
async fn open(shop: &TestShop, visitor: &Visitor, slug: &'static str) -> Page {
    let id = shop.with_db(move |conn| category_id(conn, slug)).await;
    visitor.get(&format!("{CATEGORIES}/{id}")).await
}

/// The form of the page that is shown.
fn form(page: &Page) -> crate::kit::form::Form {
    page.form(page.url.path())
}

/// The last thing that was done to something of a kind: what, before, after.
fn told(shop: &TestShop, kind: &str) -> (String, String, String) {
    let of = audit_entry::table.filter(audit_entry::entity_kind.eq(kind));
    let last = of.order(audit_entry::sequence.desc());
    last.select((audit_entry::action, audit_entry::before, audit_entry::after))
        .first(&mut shop.fresh.conn())
        .unwrap()
}

/// The handles of the categories that a product stands in, derived ones too.
async fn places(shop: &TestShop, slug: &'static str) -> Vec<String> {
    shop.with_db(move |conn| {
        Ok(product_category::table
            .inner_join(category::table)
            .inner_join(product::table.on(product::id.eq(product_category::product_id)))
            .filter(product::slug.eq(slug))
            .order(category::slug)
            .select(category::slug)
            .load(conn)?)
    })
    .await
}

async fn a_category_is_made_and_seen_by_shoppers(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get(CATEGORIES).await.go("New category").await;
    let made = form(&page)
        .fill("name-en", "Bells & gongs")
        .fill("name-id", "Lonceng")
        .fill("description-en", "They ring.")
        .fill("seo_title-en", "Bells of bronze")
        .choose("parent", "home")
        .press("Save")
        .await;
    made.expect_status(200).see("Saved.").expect_heading("Bells & gongs");
    assert_eq!(form(&made).value("handle"), "bells-gongs");
    assert_eq!(told(&shop, "category").0, "category-made");
    let shown = shop.visitor().get("/categories/bells-gongs").await;
    shown.expect_status(200).expect_heading("Bells & gongs").see("They ring.");
    assert!(shown.texts("title").concat().starts_with("Bells of bronze"));
    shop.visitor().get("/id/categories/bells-gongs").await.expect_heading("Lonceng");
    let below = made.go("New category in it").await;
    assert_eq!(form(&below).value("parent"), "bells-gongs");
    let map = shop.visitor().get("/sitemap-1.xml").await;
    assert!(map.source().contains("/categories/bells-gongs<"));
}

async fn an_address_that_a_category_had_leads_to_it(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "mugs").await;
    let page = form(&page).fill("handle", "cups").press("Save").await;
    let moved = shop.visitor().get("/categories/mugs").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/categories/cups"));
    form(&page).fill("handle", "all-cups").press("Save").await.expect_status(200);
    let moved = shop.visitor().get("/categories/mugs").await;
    assert_eq!(moved.header("location"), "/categories/all-cups", "in one hop");
    let page = open(&shop, &sari, "all-cups").await;
    form(&page).fill("handle", "mugs").press("Save").await.expect_status(200);
    shop.visitor().get("/categories/mugs").await.expect_status(200);
    let (action, before, after) = told(&shop, "category");
    assert_eq!(action, "category-changed");
    assert_eq!(
        (before.as_str(), after.as_str()),
        (r#"{"handle":"all-cups"}"#, r#"{"handle":"mugs"}"#)
    );
}

async fn a_category_goes_elsewhere_with_all_that_stands_in_it(shop: TestShop) {
    shop.with_db(|conn| goods("gong").named("Zinc gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(places(&shop, "gong").await, ["mugs", "table"]);
    let page = open(&shop, &sari, "table").await;
    form(&page).choose("parent", "home").press("Save").await.expect_status(200);
    assert_eq!(places(&shop, "gong").await, ["home", "mugs", "table"]);
    shop.visitor().get("/search?q=home+gong").await.see_no("Zinc gong");
    Office::of(&shop).work().await;
    shop.visitor().get("/search?q=home+gong").await.see("Zinc gong");
    let page = open(&shop, &sari, "mugs").await;
    form(&page).choose("parent", "bath").press("Save").await.expect_status(200);
    assert_eq!(places(&shop, "gong").await, ["bath", "mugs"]);
    let page = open(&shop, &sari, "bath").await;
    assert!(!form(&page).choices("parent").contains(&"mugs"), "nothing stands in itself");
    let circle = form(&page).forge("parent", "mugs").press("Save").await;
    circle.expect_status(422).see("cannot stand in itself");
}

async fn categories_stand_in_the_order_that_is_chosen(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let menu = || async { shop.visitor().get("/").await.texts("header nav a") };
    let before = menu().await;
    let brew = shop.with_db(|conn| category_id(conn, "brew")).await;
    let order = format!("{CATEGORIES}/{brew}/order");
    let page = sari.get(CATEGORIES).await.form(&order).press("").await;
    page.expect_status(200);
    let after = menu().await;
    assert_ne!(before, after);
    let at = |menu: &[String], name: &str| menu.iter().position(|it| it == name);
    assert_eq!(at(&after, "Brew gear"), at(&before, "Coffee"));
    assert_eq!(at(&after, "Coffee"), at(&before, "Brew gear"));
    assert!(told(&shop, "category").2.contains(r#""place":1"#));
}

async fn a_hidden_category_is_seen_by_nobody_and_its_products_are_sold(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "table").await;
    form(&page).choose("hidden", "1").press("Save").await.expect_status(200);
    let visitor = shop.visitor();
    for gone in ["/categories/table", "/categories/mugs"] {
        visitor.get(gone).await.expect_status(404);
    }
    visitor.get("/").await.see_no("Tableware");
    let map = visitor.get("/sitemap-1.xml").await;
    assert!(!map.source().contains("/categories/mugs<"));
    visitor.get("/products/gong").await.expect_status(200).see_no("Tableware").see("Add to cart");
    sari.get(CATEGORIES).await.see("Tableware").see("Hidden");
}

async fn what_stands_in_a_removed_category_goes_up(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "mugs").await.go("Remove …").await;
    page.expect_heading("Remove Mugs & cups?").see("products have it").see("go up to Tableware");
    let list = form(&page).press("Remove").await;
    list.expect_status(200).see("It was removed.").see_no("Mugs & cups");
    assert_eq!(places(&shop, "gong").await, ["table"]);
    let moved = shop.visitor().get("/categories/mugs").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/categories/table"));
    let page = open(&shop, &sari, "table").await.go("Remove …").await;
    page.see("The category Glassware stands in it.").see("stand in no category");
    form(&page).press("Remove").await.expect_status(200);
    assert!(places(&shop, "gong").await.is_empty());
    shop.visitor().get("/categories/glassware").await.expect_status(200);
    shop.visitor().get("/products/gong").await.expect_status(200);
    let (action, before, _) = told(&shop, "category");
    assert!(action == "category-removed" && before.contains("Tableware"), "{before}");
}

async fn entries_of_the_menus_are_named_before_they_go(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for menu in ["header", "footer"] {
        let new = sari.get(&format!("/admin/menus/new?menu={menu}")).await.form("main form");
        new.choose("target", "category:mugs").press("Save").await.expect_status(200);
    }
    let page = open(&shop, &sari, "mugs").await.go("Remove …").await;
    page.see("2 entries of the menus lead to it");
    form(&page).press("Remove").await.expect_status(200);
    sari.get("/admin/menus").await.see_no("Mugs");
    open(&shop, &sari, "table").await.go("Remove …").await.see_no("of the menus");
}

async fn a_category_that_a_promotion_names_stays(shop: TestShop) {
    let mut rules = vec![rule("table", rupiah_off(5_000))];
    rules[0].target.categories = vec![text("mugs")];
    offer(&shop, &rules).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "mugs").await.go("Remove …").await;
    page.see("Change the promotion first");
    assert!(page.all("main form").is_empty(), "there is no button");
    let tried = sari.post(page.url.path(), "").await;
    tried.expect_status(409).see("It was not removed");
    open(&shop, &sari, "mugs").await.expect_status(200);
}

async fn of_two_who_edit_one_category_the_second_sees_what_changed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    let (first, second) = (open(&shop, &sari, "mugs").await, open(&shop, &budi, "mugs").await);
    let saved =
        form(&first).fill("name-en", "Cups").fill("description-en", "To drink.").press("Save");
    saved.await.expect_status(200);
    let told = form(&second).fill("name-en", "Beakers").press("Save").await;
    told.expect_status(409).see("Somebody else has saved").see("“Cups”");
    assert_eq!(told.texts(".notice li"), ["Description (English)"]);
    let saved = form(&told).press("Save").await;
    saved.expect_status(200).expect_heading("Beakers").see("To drink.");
}

async fn mistakes_about_a_category_keep_what_was_typed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "mugs").await;
    let wrong = form(&page)
        .fill("name-en", "")
        .fill("handle", "No Handle")
        .fill("description-id", "Teks")
        .fill("name-id", "")
        .press("Save")
        .await;
    wrong.expect_status(422);
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["name-en", "name-id", "handle"]);
    assert_eq!(form(&wrong).value("description-id"), "Teks");
    let taken = form(&page).fill("handle", "table").press("Save").await;
    taken.expect_status(422).see("Another category has this handle");
}

async fn a_brand_is_made_renamed_and_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let list = sari.get("/admin/products/brands").await;
    list.see("Selasar");
    let new = list.go("New brand").await;
    form(&new).press("Save").await.expect_status(422).see("Enter a name.");
    let made = form(&new).fill("name", "Gema & Co").press("Save").await;
    made.expect_status(200).expect_heading("Gema & Co");
    assert_eq!(form(&made).value("handle"), "gema-co");
    let gong = shop.with_db(|conn| goods("gong").named("Zinc gong").put(conn)).await;
    let product = sari.get(&format!("/admin/products/{gong}")).await;
    let form_of = product.form(&format!("/admin/products/{gong}"));
    form_of.choose("brand", "gema-co").press("Save").await.expect_status(200);
    let renamed = form(&made).fill("name", "Gaung").press("Save").await;
    renamed.expect_status(200).expect_heading("Gaung");
    Office::of(&shop).work().await;
    shop.visitor().get("/search?q=gaung").await.see("Zinc gong");
    let taken = form(&renamed).fill("handle", "selasar").press("Save").await;
    taken.expect_status(422).see("Another brand has this handle");
    let found = sari.get("/admin/products/brands?q=GAU").await;
    assert_eq!(found.texts(".rows a"), ["Gaung"]);
    let removal = renamed.go("Remove …").await;
    removal.see("One product has it.");
    form(&removal).press("Remove").await.expect_status(200).see("It was removed.");
    let left: i64 = brand::table
        .filter(brand::slug.eq("gema-co"))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(left, 0);
    shop.visitor().get("/products/gong").await.expect_status(200);
    Office::of(&shop).work().await;
    shop.visitor().get("/search?q=gaung").await.see_no("Zinc gong");
}

async fn an_attribute_offers_values_that_products_take(shop: TestShop) {
    let gong = shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let new = sari.get("/admin/products/attributes").await.go("New attribute").await;
    let made = form(&new)
        .fill("name-en", "Stock")
        .fill("name-id", "Nada")
        .choose("kind", "choice")
        .choose("filterable", "1")
        .press("Save")
        .await;
    let path = made.url.path().to_owned();
    let values = made
        .form(&path)
        .fill("new1-en", "High")
        .fill("new1-id", "Tinggi")
        .fill("new2-en", "Low")
        .press("Save")
        .await;
    values.expect_status(200).see("Saved.");
    let facts = format!("/admin/products/{gong}/attributes");
    let page = sari.get(&facts).await;
    let low = page.attributes("label:has(span) input", "name");
    let boxes = page.texts(".ticks label");
    let at = boxes.iter().position(|text| text == "Low").expect("the value is offered");
    let saved = page.form(&facts).choose(&low[at], "1").press("Save").await;
    saved.expect_status(200).see("Saved.");
    let shown = shop.visitor().get("/products/gong").await;
    shown.see("Stock").see("Low");
    let list = shop.visitor().get("/categories/mugs?stock-2=low").await;
    list.expect_status(200).see("The gong").see_no("Bumi Stoneware Mug");
    let (action, _, after) = told(&shop, "product");
    assert_eq!((action.as_str(), after.as_str()), ("product-changed", r#"{"stock-2":"low"}"#));
}

async fn a_value_that_is_taken_away_leaves_its_products(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let mug = shop.with_db(|conn| product_id(conn, "bumi-stoneware-mug")).await;
    let page = sari.get("/admin/products/attributes").await.go("Material").await;
    let names = page.form(page.url.path().to_owned().as_str()).values();
    let (field, _) = names.iter().find(|(_, value)| value == "Stoneware").expect("it is offered");
    let id = field.trim_start_matches("choice").trim_end_matches("-en").to_owned();
    let said = |product: ProductId| {
        let id: i64 = id.parse().unwrap();
        product_attribute::table
            .filter(product_attribute::product_id.eq(product))
            .filter(product_attribute::choice_id.eq(id))
            .count()
            .get_result::<i64>(&mut shop.fresh.conn())
            .unwrap()
    };
    assert_eq!(said(mug), 1);
    let path = page.url.path().to_owned();
    let sorted = page.form(&path).fill(&format!("place{id}"), "2").press("Save").await;
    let order: Vec<String> =
        sorted.form(&path).values().into_iter().map(|(name, _)| name).collect();
    let first = order.iter().position(|name| name.starts_with("place")).unwrap();
    assert_ne!(order[first], format!("place{id}"), "it is the second now");
    let wrong = sorted.form(&path).fill(&format!("place{id}"), "first").press("Save").await;
    wrong.expect_status(422).see("Enter a place");
    let gone = sorted.form(&path).choose(&format!("drop{id}"), "1").press("Save").await;
    gone.expect_status(200);
    assert_eq!(said(mug), 0);
    let (_, before, after) = told(&shop, "attribute");
    assert!(before.contains("Stoneware") && !after.contains("Stoneware"), "{after}");
    let removal = gone.go("Remove …").await;
    removal.see("Products no longer say it");
    form(&removal).press("Remove").await.expect_status(200).see_no("Material");
}

async fn a_product_says_what_it_says_in_every_kind(shop: TestShop) {
    let gong = shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let facts = format!("/admin/products/{gong}/attributes");
    let page = sari.get(&facts).await;
    let field = |label: &str, language: &str| {
        let cards = page.all("fieldset.card");
        let card =
            cards.into_iter().find(|card| crate::kit::page::text_of(*card).starts_with(label));
        let inputs = scraper::Selector::parse("input[type=text], select").unwrap();
        let names = card.expect("the attribute").select(&inputs);
        let names: Vec<&str> = names.filter_map(|it| it.attr("name")).collect();
        names.iter().find(|name| name.ends_with(language)).expect("the field").to_string()
    };
    let (care, capacity, handmade) =
        (field("Care", "-en"), field("Capacity", ""), field("Made by hand", ""));
    let wrong =
        page.form(&facts).fill(&capacity, "a lot").fill(&care, "By hand").press("Save").await;
    wrong.expect_status(422).see("Enter a whole number.");
    let form = wrong.form(&facts);
    assert_eq!(form.value(&care), "By hand");
    let saved = form.fill(&capacity, "350").choose(&handmade, "1").press("Save").await;
    saved.expect_status(200);
    let shown = shop.visitor().get("/products/gong").await;
    shown.see("By hand").see("350").see("Yes");
    let old = page.form(&facts).press("Save").await;
    old.expect_status(409).see("Somebody else");
}

async fn a_tag_is_renamed_joined_and_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let tags = |slug: &'static str| {
        shop.with_db(move |conn| {
            let of = product_tag::table.inner_join(product::table).filter(product::slug.eq(slug));
            Ok(of.order(product_tag::tag).select(product_tag::tag).load::<String>(conn)?)
        })
    };
    assert_eq!(tags("aceh-gayo").await, ["bestseller", "medium-roast"]);
    let list = sari.get("/admin/products/tags").await;
    list.see("bestseller").see("gift");
    let page = sari.get("/admin/products/tags?q=best").await.go("bestseller").await;
    form(&page).fill("name", "a, b").press("Save").await.expect_status(422).see("without a comma");
    let renamed = form(&page).fill("name", "loved by all").press("Save").await;
    renamed.expect_status(200).expect_heading("Tag: loved by all");
    assert_eq!(tags("aceh-gayo").await, ["loved by all", "medium-roast"]);
    Office::of(&shop).work().await;
    shop.visitor().get("/search?q=loved").await.see("Aceh Gayo");
    let joined = form(&renamed).fill("name", "medium-roast").press("Save").await;
    joined.expect_status(200);
    assert_eq!(tags("aceh-gayo").await, ["medium-roast"], "once");
    assert_eq!(tags("pagi-house-blend").await, ["blend", "medium-roast"]);
    let removal = joined.go("Remove …").await;
    form(&removal).press("Remove").await.expect_status(200).see("It was removed.");
    assert!(tags("aceh-gayo").await.is_empty());
    sari.get("/admin/products/tags/medium-roast").await.expect_status(404);
    assert_eq!(told(&shop, "tag").0, "tag-removed");
}

async fn whoever_may_only_look_sees_no_button(shop: TestShop) {
    let budi = shop.colleague("budi", "packer").await;
    let id: CategoryId = shop.with_db(|conn| category_id(conn, "mugs")).await;
    for path in ["", "/brands", "/attributes", "/tags"] {
        let path = format!("/admin/products{path}");
        budi.get(&path).await.expect_status(200);
    }
    for path in ["categories", "brands", "attributes"] {
        let page = budi.get(&format!("/admin/products/{path}")).await;
        assert!(page.texts("main form[method=post] button").is_empty(), "{path}");
        page.see_no("New ");
    }
    let page = budi.get(&format!("{CATEGORIES}/{id}")).await;
    assert!(page.texts("main button").is_empty());
}

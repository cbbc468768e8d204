//! Categories and their lists: sorted, paged, filtered, and true to their counts.

use std::collections::BTreeSet;

use crate::both;
use crate::kit::goods::{leave_of, take_out};
use crate::kit::page::text_of;
use crate::kit::{Page, TestShop, goods};

both!(
    every_product_stands_on_exactly_one_page_of_a_list,
    a_list_is_sorted_as_it_says,
    a_filter_leaves_as_many_as_its_count_promised,
    one_variant_must_have_all_that_is_chosen,
    values_of_one_filter_widen,
    a_chip_takes_its_filter_off,
    a_price_range_is_read_as_it_is_typed,
    a_filter_that_leaves_nothing_offers_a_way_back,
);

async fn every_product_stands_on_exactly_one_page_of_a_list(shop: TestShop) {
    let visitor = shop.visitor();
    for sort in ["popular", "newest", "price-up", "price-down", "name"] {
        let mut seen = Vec::new();
        let mut next = Some(format!("/search?sort={sort}"));
        while let Some(path) = next {
            let page = visitor.get(&path).await;
            seen.extend(page.attributes("main .card a", "href"));
            next = page.attributes("a[rel=next]", "href").pop();
        }
        let different: BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), different.len()), (59, 59), "sorted by {sort}");
    }
}

async fn a_list_is_sorted_as_it_says(shop: TestShop) {
    shop.with_db(|conn| {
        goods("aa-cup").named("aardvark cup").costing(1_000).put(conn)?;
        goods("zz-cup").named("Zebra cup").costing(9_000_000).put(conn)?;
        goods("eclair-cup").named("Éclair cup").put(conn)
    })
    .await;
    let visitor = shop.visitor();
    let names = async |sort: &str| {
        let page = visitor.get(&format!("/categories/mugs?sort={sort}")).await;
        let names = page.texts("main .card h2");
        (names.first().cloned().unwrap_or_default(), names)
    };
    assert_eq!(names("price-up").await.0, "aardvark cup");
    assert_eq!(names("price-down").await.0, "Zebra cup");
    assert_eq!(names("popular").await.0, "Bumi Stoneware Mug");
    let by_name = [
        "aardvark cup",
        "Bumi Stoneware Mug",
        "Éclair cup",
        "Jalan Travel Tumbler",
        "Senja Espresso Cup & Saucer",
        "Zebra cup",
    ];
    assert_eq!(names("name").await.1, by_name);
    assert!(names("newest").await.1[..3].iter().all(|name| name.ends_with(" cup")));
}

async fn a_filter_leaves_as_many_as_its_count_promised(shop: TestShop) {
    let visitor = shop.visitor();
    for list in ["/categories/table?", "/categories/table?colour=oat&", "/search?q=coffee&"] {
        let page = visitor.get(list.trim_end_matches(['?', '&'])).await;
        let promises = promises(&page);
        assert!(promises.len() > 5, "{list} can be filtered");
        for (name, value, count) in promises.into_iter().step_by(3) {
            let narrowed = visitor.get(&format!("{list}{name}={value}")).await;
            let others_of_filter = list.contains(&format!("{name}="));
            if !others_of_filter {
                assert_eq!(total(&narrowed), count, "{list}{name}={value}");
            }
        }
    }
}

async fn one_variant_must_have_all_that_is_chosen(shop: TestShop) {
    shop.with_db(|conn| {
        take_out(conn, "SLS-BSM19-CLAY-350M")?;
        leave_of(conn, "SLS-BSM19-SAGE-350M", 0)
    })
    .await;
    let visitor = shop.visitor();
    for (chosen, is_found) in [
        ("colour=clay&size=250ml", true),
        // Clay exists and 350 ml exists, but no clay mug of 350 ml.
        ("colour=clay&size=350ml", false),
        ("colour=sage&size=350ml", true),
        // Sage can be had and 350 ml can be had, but not together.
        ("colour=sage&size=350ml&stock=in", false),
        ("colour=sage&size=250ml&stock=in", true),
        // 250 ml costs 116.000 and 350 ml costs 135.000.
        ("size=350ml&max=120000", false),
        ("size=250ml&max=120000", true),
    ] {
        let page = visitor.get(&format!("/categories/mugs?{chosen}")).await;
        let found = page.texts("main .card h2").contains(&"Bumi Stoneware Mug".to_owned());
        assert_eq!(found, is_found, "{chosen}");
    }
}

async fn values_of_one_filter_widen(shop: TestShop) {
    let visitor = shop.visitor();
    let forest = total(&visitor.get("/categories/mugs?colour=forest").await);
    let sky = total(&visitor.get("/categories/mugs?colour=sky").await);
    let both = total(&visitor.get("/categories/mugs?colour=forest&colour=sky").await);
    assert_eq!((forest, sky, both), (1, 1, 2));
}

async fn a_chip_takes_its_filter_off(shop: TestShop) {
    let visitor = shop.visitor();
    let everything = total(&visitor.get("/categories/table").await);
    let page = visitor.get("/categories/table").await;
    let page = page.form(".filters form").choose("colour", "oat").choose("stock", "in");
    let narrowed = page.press("Show products").await;
    assert!(total(&narrowed) < everything);
    assert_eq!(narrowed.texts(".catalog a.chip"), ["Remove Oat", "Remove In stock"]);
    let wider = visitor.get(&narrowed.link("Remove Oat")).await;
    assert_eq!(wider.texts(".catalog a.chip"), ["Remove In stock"]);
    assert!(total(&wider) > total(&narrowed));
    let all = visitor.get(&narrowed.link("Clear all")).await;
    assert_eq!(total(&all), everything);
}

async fn a_price_range_is_read_as_it_is_typed(shop: TestShop) {
    let visitor = shop.visitor();
    for (list, min, max) in [
        ("/categories/mugs", "116000", "135000"),
        ("/id/categories/mugs", "116.000", "135.000"),
        ("/id/categories/mugs", "Rp 116.000", "135000"),
    ] {
        let form = visitor.get(list).await.form(".filters form");
        let button = form.labels()[0].to_owned();
        let page = form.fill("min", min).fill("max", max).press(&button).await;
        let names = page.texts("main .card h2");
        assert_eq!(names.len(), 2, "{min} to {max} on {list}: {names:?}");
        assert_eq!(page.form(".filters form").value("min").replace('.', ""), "116000");
    }
}

async fn a_filter_that_leaves_nothing_offers_a_way_back(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.get("/categories/mugs?colour=sky&size=350ml").await;
    page.expect_status(200).see("No product has all of that");
    let again = visitor.get(&page.link("Clear all")).await;
    assert_eq!(total(&again), 3);
}

/// The values that can be ticked, each with its count.
fn promises(page: &Page) -> Vec<(String, String, usize)> {
    let labels = page.all(".filters label.check").into_iter();
    labels
        .filter_map(|label| {
            let field = label.child_elements().next()?;
            let count = label.child_elements().last().map(text_of)?;
            let (name, value) = (field.attr("name")?, field.attr("value")?);
            let can_be_ticked = field.attr("disabled").is_none();
            can_be_ticked.then(|| (name.into(), value.into(), count.parse().unwrap()))
        })
        .collect()
}

/// How many products a list says that it has.
#[track_caller]
fn total(page: &Page) -> usize {
    let words = text_of(page.one(".toolbar .total"));
    words.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")
}

//! The door that loads and saves all rules at once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{coded, of, percent, percent_off_lines, rule, rupiah_off, save, text};
use crate::both;
use crate::kit::goods::category_id;
use crate::kit::{FreshDatabase, goods};
use etalase::db::Conn;
use etalase::db::schema::{category, product, promotion, promotion_target, variant};
use etalase::language::Language::{En, Id};
use etalase::pricing::{Benefit, LineBenefit, SubtotalBasis, SumBenefit};
use etalase::promotions::{Opens, PromotionCode, Rule, load_automatic, load_rules, save_rules};
use etalase::settings;
use etalase::web::visit::now;

both!(
    rules_come_out_as_they_went_in,
    only_what_differs_is_written_and_ids_stay,
    a_code_goes_from_one_promotion_to_another,
    a_promotion_that_is_gone_is_deleted,
    mistakes_are_named_and_nothing_is_written,
    what_a_promotion_is_for_cannot_be_deleted,
    automatic_ones_in_memory_are_active_and_not_over,
    a_stored_promotion_cannot_be_nonsense,
);

fn day(day: u32) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(2026, 11, day)?.and_hms_opt(17, 0, 0)
}

/// One of every kind, every column used once.
fn all_kinds() -> Vec<Rule> {
    let mut rules = vec![
        rule("a-percent", percent_off_lines(10)),
        rule("b-per-unit", Benefit::Line(LineBenefit::AmountPerUnit { amount: of(5) })),
        rule("c-fixed", Benefit::Line(LineBenefit::FixedPrice { amount: of(0) })),
        rule(
            "d-buy-two",
            Benefit::Line(LineBenefit::BuyXGetY { buy: of(2), get: of(1), ppm: of(1_000_000) }),
        ),
        coded("e-order", "e10", percent(10)),
        rule("f-amount", rupiah_off(20_000)),
        rule("g-delivery", Benefit::Shipping(SumBenefit::Amount { amount: of(9_000) })),
    ];
    let full = &mut rules[4];
    full.is_active = false;
    full.name = [(En, "Ten percent"), (Id, "Sepuluh persen")].into();
    full.opens =
        Opens::Codes(["E-2", "E10"].iter().filter_map(|c| PromotionCode::parse(c)).collect());
    full.priority = of(-3);
    (full.starts_at, full.ends_at) = (day(1), day(30));
    full.exclusive = true;
    full.target.skus = vec![text("MUG"), text("RUG")];
    full.target.products = vec![text("mug")];
    full.target.categories = vec![text("mugs"), text("table")];
    full.min_subtotal = of(200_000);
    full.subtotal_basis = SubtotalBasis::Remaining;
    full.min_quantity = of(2);
    full.max_discount = Some(of(50_000));
    (full.usage_limit, full.per_customer_limit) = (Some(100), Some(1));
    rules
}

fn with_goods(fresh: &FreshDatabase) -> Conn {
    let mut conn = fresh.conn();
    goods("mug").put(&mut conn).unwrap();
    goods("rug").put(&mut conn).unwrap();
    save(&mut conn, &[]).unwrap();
    conn
}

async fn rules_come_out_as_they_went_in(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    let rules = all_kinds();
    save(&mut conn, &rules).unwrap();
    assert_eq!(load_rules(&mut conn).unwrap(), rules);
}

async fn only_what_differs_is_written_and_ids_stay(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    let mut rules = all_kinds();
    save(&mut conn, &rules).unwrap();
    let ids = |conn: &mut Conn| -> Vec<i64> {
        promotion::table.order(promotion::slug).select(promotion::id).load(conn).unwrap()
    };
    let (before, version) = (ids(&mut conn), settings::version(&mut conn).unwrap());
    rules.reverse();
    rules[2].target.skus.reverse();
    save(&mut conn, &rules).unwrap();
    assert_eq!(settings::version(&mut conn).unwrap(), version, "nothing differs");
    rules[0].name = [(En, "Another")].into();
    save(&mut conn, &rules).unwrap();
    assert_eq!(settings::version(&mut conn).unwrap(), version + 1, "instances are told");
    assert_eq!(ids(&mut conn), before);
    assert_eq!(load_rules(&mut conn).unwrap()[6].name, [(En, "Another")].into());
}

async fn a_code_goes_from_one_promotion_to_another(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    save(&mut conn, &[coded("a", "one", percent(1)), coded("b", "two", percent(2))]).unwrap();
    let swapped = [coded("a", "two", percent(1)), coded("b", "one", percent(2))];
    save(&mut conn, &swapped).unwrap();
    assert_eq!(load_rules(&mut conn).unwrap(), swapped);
    save(&mut conn, &[coded("c", "one", percent(1))]).unwrap();
}

async fn a_promotion_that_is_gone_is_deleted(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    save(&mut conn, &all_kinds()).unwrap();
    save(&mut conn, &all_kinds()[..1]).unwrap();
    assert_eq!(promotion::table.count().get_result(&mut conn), Ok(1));
}

async fn mistakes_are_named_and_nothing_is_written(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    let mut rules = all_kinds();
    rules[0].target.products = vec![text("no-such-mug")];
    rules[1].target.categories = vec![text("no-such-category")];
    rules[2].target.skus = vec![text("mug")];
    rules[3].usage_limit = Some(-1);
    let mistakes = save_rules(&mut conn, &rules, now()).unwrap();
    let named: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    let all = [
        "d-buy-two: usage_limit must be at least 0",
        "a-percent: products names what the shop does not have: no-such-mug",
        "b-per-unit: categories names what the shop does not have: no-such-category",
        "c-fixed: skus names what the shop does not have: mug",
    ];
    assert_eq!(named, all);
    assert_eq!(load_rules(&mut conn).unwrap(), []);
}

/// Else a promotion on one mug would become one on the whole shop.
async fn what_a_promotion_is_for_cannot_be_deleted(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    let mut targeted = rule("targeted", percent(50));
    targeted.target.products = vec![text("mug")];
    targeted.target.skus = vec![text("RUG")];
    targeted.target.categories = vec![text("mugs")];
    save(&mut conn, &[targeted]).unwrap();
    let mugs = category_id(&mut conn, "mugs").unwrap();
    let mug = product::table.filter(product::slug.eq("mug"));
    let rug = variant::table.filter(variant::sku.eq("RUG"));
    assert!(diesel::delete(mug).execute(&mut conn).is_err());
    assert!(diesel::delete(rug).execute(&mut conn).is_err());
    assert!(diesel::delete(category::table.find(mugs)).execute(&mut conn).is_err());
    assert_eq!(promotion_target::table.count().get_result(&mut conn), Ok(3));
}

async fn automatic_ones_in_memory_are_active_and_not_over(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    let mut rules = vec![
        Rule { priority: of(1), ..rule("later", percent(1)) },
        Rule { starts_at: day(30), ..rule("begins-later", percent(1)) },
        Rule { ends_at: day(23), ..rule("over", percent(1)) },
        Rule { is_active: false, ..rule("stopped", percent(1)) },
        coded("typed", "typed", percent(1)),
    ];
    rules[0].target.categories = vec![text("mugs")];
    save(&mut conn, &rules).unwrap();
    let now = day(23).unwrap();
    let running = load_automatic(&mut conn, etalase::money::Currency::IDR, now).unwrap();
    let slugs: Vec<&str> = running.iter().map(|running| running.rule.slug.as_str()).collect();
    assert_eq!(slugs, ["begins-later", "later"]);
    assert_eq!(running[1].categories, [category_id(&mut conn, "mugs").unwrap()]);
    assert_eq!(load_automatic(&mut conn, etalase::money::Currency::USD, now).unwrap().len(), 0);
}

async fn a_stored_promotion_cannot_be_nonsense(fresh: FreshDatabase) {
    let mut conn = with_goods(&fresh);
    save(&mut conn, &all_kinds()).unwrap();
    for nonsense in [
        "UPDATE promotion SET kind = 'buy_x_get_y' WHERE slug = 'e-order'",
        "UPDATE promotion SET lane = 'order' WHERE slug = 'd-buy-two'",
        "UPDATE promotion SET ppm = NULL WHERE slug = 'a-percent'",
        "UPDATE promotion SET amount = 5 WHERE slug = 'a-percent'",
        "UPDATE promotion SET ends_at = starts_at WHERE slug = 'e-order'",
        "UPDATE promotion SET used = 101 WHERE slug = 'e-order'",
        "UPDATE promotion SET usage_limit = -1 WHERE slug = 'a-percent'",
        "UPDATE promotion_target SET product_id = (SELECT min(id) FROM product), category_id = (SELECT min(id) FROM category)",
        "UPDATE promotion_target SET product_id = NULL, category_id = NULL, variant_id = NULL",
        "INSERT INTO promotion_code (code, promotion_id) SELECT 'E10', min(id) FROM promotion",
    ] {
        let ran = conn.transaction(|conn| diesel::sql_query(nonsense).execute(conn));
        assert!(ran.is_err(), "{nonsense}");
    }
}

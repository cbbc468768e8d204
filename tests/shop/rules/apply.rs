//! What files say, and what becomes of it.

use etalase::db::Conn;
use etalase::money::Currency;
use etalase::pricing::Rate;
use etalase::rules::{Mode, Section};
use etalase::{promotions, settings, shipping, zones};

use super::{apply, change, exported, mistakes, plan};
use crate::both;
use crate::kit::FreshDatabase;

both!(
    all_mistakes_are_named_at_once_and_nothing_is_applied,
    a_section_is_the_whole_truth_of_itself,
    of_the_settings_only_what_is_there_changes,
    of_the_prices_only_the_named_skus_change,
    a_plan_changes_nothing_and_promises_what_is_applied,
    the_version_moves_on_with_a_change_and_only_then,
    what_is_spread_over_files_is_joined,
    amounts_are_in_the_currency_that_the_files_set,
    times_are_by_the_shops_clock,
    the_order_in_the_file_is_the_order_of_the_shop,
    a_file_without_a_section_leaves_it_alone,
);

const FIRST: &str = r#"[settings]
name = "Serambi"
nmae = "X"
return_days = 30.5
[tax.zones.eu]
where = ["DE", "FRA"]
rates.vat = { name = "VAT", rate = 0.19 }
[delivery.zones.jawa]
where = ["ID"]
[delivery.zones.jawa.methods.reguler]
name = "Reguler"
days = [4, 1]
rate = "weight_steps"
first = 1.5
first_amount = "18.000"
step = "1 kg"
"#;

const SECOND: &str = r#"[delivery.zones.jawa]
where = ["SG"]
[promotions.kopi]
name = "Kopi\u0007"
lane = "order"
percent = "10%"
amount = 5
categories = ["cofee"]
[promotions.teh]
name = "Teh"
lane = "line"
fixed_price = -1
categories = ["cofee"]
[promotions.susu]
name = "Susu"
lane = "line"
percent = "101%"
[prices]
NO-SUCH-SKU = 5
SLS-KP27 = { amount = 5, compare_at = 4 }
"#;

async fn all_mistakes_are_named_at_once_and_nothing_is_applied(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let before = everything(conn);
    let outcome = apply(conn, &[("a.toml", FIRST), ("b.toml", SECOND)], Mode::Apply);
    let named: Vec<String> = outcome
        .mistakes
        .iter()
        .map(|mistake| format!("{} {:?} {}", mistake.file, mistake.line, mistake.key))
        .collect();
    let all = [
        "a.toml Some(3) settings.nmae",
        "a.toml Some(4) settings.return_days",
        "a.toml Some(6) tax.zones.eu.where[1]",
        "a.toml Some(7) tax.zones.eu.rates.vat.rate",
        "a.toml Some(10) delivery.zones.jawa.methods.reguler.step_amount",
        "a.toml Some(12) delivery.zones.jawa.methods.reguler.days",
        "a.toml Some(14) delivery.zones.jawa.methods.reguler.first",
        "a.toml Some(15) delivery.zones.jawa.methods.reguler.first_amount",
        "b.toml Some(2) delivery.zones.jawa.where",
        "b.toml Some(4) promotions.kopi.name",
        "b.toml Some(7) promotions.kopi.amount",
        "b.toml Some(12) promotions.teh.fixed_price",
        "b.toml Some(17) promotions.susu.percent",
        "b.toml Some(19) prices.NO-SUCH-SKU",
        "b.toml Some(20) prices.SLS-KP27",
    ];
    assert_eq!(named, all, "{:#?}", outcome.mistakes);
    assert_eq!(everything(conn), before);
}

fn everything(conn: &mut Conn) -> Vec<String> {
    Section::ALL.map(|section| exported(conn, section)).into()
}

async fn a_section_is_the_whole_truth_of_itself(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let tax = exported(conn, Section::Tax);
    let text = r#"
        [delivery.zones.world]
        where = ["anywhere"]
        [delivery.zones.world.methods.mail]
        name = "Mail"
        days = 9
        rate = "per_item"
        amount = 7000
    "#;
    let changes = change(conn, text);
    assert_eq!(changes[..2], ["+ delivery zone world", "+ delivery method world/mail"]);
    assert!(changes.contains(&"- delivery zone sg".to_owned()), "{changes:?}");
    let methods = shipping::load_rules(conn).unwrap();
    assert_eq!(methods.iter().map(shipping::Method::code).collect::<Vec<_>>(), ["mail"]);
    assert_eq!(exported(conn, Section::Tax), tax);
    change(conn, "[promotions]");
    assert_eq!(promotions::load_rules(conn).unwrap(), []);
}

async fn of_the_settings_only_what_is_there_changes(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let before = settings::load(conn).unwrap();
    let changes = change(conn, "[settings]\nlow_stock = 7\ninvoicing.prefix = \"TAGIHAN\"");
    let lines =
        ["~ settings: low_stock 5 → 7", "~ settings invoicing: prefix \"INV\" → \"TAGIHAN\""];
    assert_eq!(changes, lines);
    let after = settings::load(conn).unwrap();
    assert_eq!((after.low_stock, after.name), (7, before.name));
}

async fn of_the_prices_only_the_named_skus_change(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let changes = change(conn, "[prices]\nSLS-KP27 = 290000\nSLS-KA55 = []\n\"SLS-LN29\" = 198000");
    assert_eq!(changes, ["~ price SLS-KA55: 275000 → []", "~ price SLS-KP27: 289000 → 290000"]);
    let prices = exported(conn, Section::Prices);
    for line in
        ["SLS-KP27 = 290000\n", "SLS-KA55 = []\n", "SLS-LN29 = 198000\n", "SLS-GAS56 = 68000\n"]
    {
        assert!(prices.contains(line), "{line} is not in {prices}");
    }
}

async fn a_plan_changes_nothing_and_promises_what_is_applied(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let text = r#"
        [tax.zones.indonesia]
        where = ["ID"]
        rates.ppn = { name = "PPN 12%", rate = "12%" }
        [tax.zones.abroad]
        where = ["anywhere"]
        rates.ppn = { name = "PPN 0%", rate = "0%" }
        [promotions.hemat10]
        name = { en = "10% off your order", id = "Hemat 10%" }
        codes = ["hemat10"]
        lane = "order"
        percent = "15%"
        min_subtotal = 200000
        max_discount = 50000
    "#;
    let before = everything(conn);
    let planned = plan(conn, text);
    let lines = [
        "~ tax rate indonesia/ppn: name \"PPN 11%\" → \"PPN 12%\", rate \"11%\" → \"12%\"",
        "~ promotion hemat10: percent \"10%\" → \"15%\"",
        "- promotion gratis-ongkir",
        "- promotion large-order",
        "- promotion three-coffees",
    ];
    assert_eq!(planned, lines);
    assert_eq!(everything(conn), before);
    assert_eq!(change(conn, text), lines);
    assert_eq!(change(conn, text), [""; 0]);
}

async fn the_version_moves_on_with_a_change_and_only_then(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let before = settings::version(conn).unwrap();
    plan(conn, "settings.low_stock = 7");
    change(conn, "settings.low_stock = 5");
    mistakes(conn, "settings.low_stock = 7\nx = 1");
    assert_eq!(settings::version(conn).unwrap(), before);
    change(conn, "settings.low_stock = 7");
    assert!(settings::version(conn).unwrap() > before);
}

async fn what_is_spread_over_files_is_joined(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let zone = |code: &str| format!("[delivery.zones.{code}]\nwhere = [\"{code}\"]");
    let (a, b) = (zone("DE"), zone("FR"));
    let joined = apply(conn, &[("a.toml", &a), ("b.toml", &b)], Mode::Apply);
    assert_eq!(joined.mistakes, []);
    let codes: Vec<String> =
        zones::load_rules(conn).unwrap().delivery.into_iter().map(|zone| zone.code).collect();
    assert_eq!(codes, ["DE", "FR"]);
    let twice = apply(conn, &[("a.toml", &a), ("b.toml", &a)], Mode::Apply);
    let wrong: Vec<String> = twice.mistakes.iter().map(ToString::to_string).collect();
    let named = "b.toml, line 2: delivery.zones.DE.where: stands in a.toml, line 2 already; keep one of them";
    assert_eq!(wrong, [named]);
}

async fn amounts_are_in_the_currency_that_the_files_set(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let text = r#"
        [delivery.zones.de]
        where = ["DE"]
        [delivery.zones.de.methods.post]
        name = "Post"
        days = 2
        rate = "flat"
        amount = "12.50"
        [delivery.zones.de.methods.yen]
        name = "Yen"
        days = 2
        currency = "JPY"
        rate = "flat"
        amount = 1250
        [settings]
        currency = "EUR"
    "#;
    change(conn, text);
    let methods = shipping::load_rules(conn).unwrap();
    for (method, currency) in methods.iter().zip([Currency::EUR, Currency::JPY]) {
        assert_eq!(method.currency, currency);
        assert!(matches!(method.shipping.rate, Rate::Flat { amount } if amount.get() == 1_250));
    }
    let wrong = mistakes(conn, &text.replace("\"12.50\"", "12.50"));
    let named = "delivery.zones.de.methods.post.amount: must be exact: write \"12.50\" in quotes";
    assert_eq!(wrong, [format!("rules.toml, line 8: {named}")]);
    assert_eq!(mistakes(conn, &text.replace("12.50", "12.505")).len(), 1);
}

async fn times_are_by_the_shops_clock(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let text = |start: &str| {
        format!(
            "settings.time_zone = \"Asia/Jakarta\"\n[promotions.a]\nname = \"A\"\nlane = \"order\"\n\
             amount = 1\ncodes = [\"A\"]\nstarts_at = {start}\n"
        )
    };
    for same in [
        "2026-12-01T00:00:00",
        "2026-12-01 00:00:00",
        "\"2026-12-01 00:00\"",
        "2026-11-30T17:00:00Z",
    ] {
        change(conn, &text(same));
        let starts_at = promotions::load_rules(conn).unwrap()[0].starts_at.unwrap();
        assert_eq!(starts_at.to_string(), "2026-11-30 17:00:00", "{same}");
    }
    let written = exported(conn, Section::Promotions);
    assert!(written.contains("starts_at = 2026-12-01T00:00:00+07:00\n"), "{written}");
    for bad in ["2026-12-01", "\"soon\"", "00:00:00", "1"] {
        assert_eq!(mistakes(conn, &text(bad)).len(), 1, "{bad}");
    }
    let new_york = text("2027-03-14T02:30:00").replace("Asia/Jakarta", "America/New_York");
    assert!(mistakes(conn, &new_york)[0].contains("does not exist"));
}

async fn the_order_in_the_file_is_the_order_of_the_shop(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    let zone = |code: &str| format!("[delivery.zones.{code}]\nwhere = [\"ID\"]\n");
    let order = |conn: &mut Conn| -> Vec<String> {
        zones::load_rules(conn).unwrap().delivery.into_iter().map(|zone| zone.code).collect()
    };
    change(conn, &(zone("b") + &zone("a")));
    assert_eq!(order(conn), ["b", "a"]);
    let turned = change(conn, &(zone("a") + &zone("b")));
    assert_eq!(turned, ["~ order of delivery zones: a, b"]);
    assert_eq!(order(conn), ["a", "b"]);
}

async fn a_file_without_a_section_leaves_it_alone(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    assert_eq!(change(conn, ""), [""; 0]);
    assert_eq!(mistakes(conn, "promotion.a = 1").len(), 1);
    let near = &mistakes(conn, "[promotion]")[0];
    assert!(near.contains("did you mean promotions?"), "{near}");
}

//! Tax and delivery rules as a whole: what is saved comes back, and what was there before stays.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::both;
use crate::kit::{Dbms, FreshDatabase};
use etalase::db::schema::{delivery_method, delivery_tier, zone};
use etalase::db::{self, Conn};
use etalase::pricing::{Amount, Rate, TableBy, Tier, UpTo};
use etalase::{settings, shipping, tax, zones};

both!(
    rules_come_back_as_they_were_saved_in_the_same_rows,
    rules_that_stay_the_same_are_no_news,
    a_zone_takes_its_rules_along,
    an_earlier_database_keeps_its_rates,
);

async fn rules_come_back_as_they_were_saved_in_the_same_rows(fresh: FreshDatabase) {
    let mut conn = fresh.conn();
    let before = rows(&mut conn);
    let mut all = shipping::load_rules(&mut conn).unwrap();
    let tier = |up_to, amount| Tier {
        up_to: UpTo::new(up_to).unwrap(),
        amount: Amount::new(amount).unwrap(),
    };
    let tiers = vec![tier(1_000, 5), tier(2_000, 0)];
    all[0].shipping.rate = Rate::Table { by: TableBy::Subtotal, tiers };
    let last = all.pop().unwrap();
    let mut areas = zones::load_rules(&mut conn).unwrap();
    areas.delivery.swap(0, 1);
    zones::save_rules(&mut conn, &areas).unwrap();
    shipping::save_rules(&mut conn, &all).unwrap();
    all.sort_by_key(|method| areas.delivery.iter().position(|zone| zone.code == method.zone));
    assert_eq!(zones::load_rules(&mut conn).unwrap(), areas);
    assert_eq!(shipping::load_rules(&mut conn).unwrap(), all);
    let gone = before.iter().filter(|row| !rows(&mut conn).contains(row)).count();
    assert_eq!(gone, 1, "only {} goes", last.code());
}

/// Methods by their rows.
fn rows(conn: &mut Conn) -> Vec<(i64, i64, String)> {
    let columns = (delivery_method::id, delivery_method::zone_id, delivery_method::code);
    delivery_method::table.order(delivery_method::id).select(columns).load(conn).unwrap()
}

async fn rules_that_stay_the_same_are_no_news(fresh: FreshDatabase) {
    let mut conn = fresh.conn();
    let version = settings::version(&mut conn).unwrap();
    let (areas, rates) =
        (zones::load_rules(&mut conn).unwrap(), tax::load_rules(&mut conn).unwrap());
    let methods = shipping::load_rules(&mut conn).unwrap();
    assert!(areas.tax.len() > 1 && rates.len() > 1 && methods.len() > 10);
    zones::save_rules(&mut conn, &areas).unwrap();
    tax::save_rules(&mut conn, &rates).unwrap();
    shipping::save_rules(&mut conn, &methods).unwrap();
    assert_eq!(settings::version(&mut conn).unwrap(), version);
    tax::save_rules(&mut conn, &rates[..1]).unwrap();
    assert!(settings::version(&mut conn).unwrap() > version);
}

async fn a_zone_takes_its_rules_along(fresh: FreshDatabase) {
    let mut conn = fresh.conn();
    zones::save_rules(&mut conn, &zones::Rules::default()).unwrap();
    assert_eq!(shipping::load_rules(&mut conn).unwrap(), []);
    assert_eq!(tax::load_rules(&mut conn).unwrap(), []);
    let left: (i64, i64) = (
        zone::table.count().get_result(&mut conn).unwrap(),
        delivery_tier::table.count().get_result(&mut conn).unwrap(),
    );
    assert_eq!(left, (0, 0));
}

/// What a shop had before zones: a flat rate for each country, and one tax.
const EARLIER: &str = "
    INSERT INTO setting (key, value) VALUES ('tax_name', '\"PPN 11%\"'), ('tax_ppm', '110000');
    INSERT INTO delivery_rate (country, code, position, currency, amount, min_days, max_days) VALUES
      ('ID', 'regular', 0, 'IDR', 18000, 1, 4), ('SG', 'airmail', 1, 'IDR', 150000, 5, 8);
    INSERT INTO delivery_rate_text (delivery_rate_id, locale, name)
      SELECT id, 'en', 'By ' || code FROM delivery_rate;
";

async fn an_earlier_database_keeps_its_rates(dbms: Dbms) {
    let fresh = FreshDatabase::empty(dbms);
    let folder = if dbms == Dbms::Sqlite { "sqlite" } else { "postgres" };
    run(&mut fresh.conn(), LEDGER);
    for name in ["0001_shop", "0002_catalogue", "0003_orders"] {
        let path = format!("migrations/{folder}/{name}/up.sql");
        run(&mut fresh.conn(), &std::fs::read_to_string(path).unwrap());
        let version = &name[..4];
        let ran = format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{version}')");
        run(&mut fresh.conn(), &ran);
    }
    run(&mut fresh.conn(), EARLIER);
    db::migrate(&fresh.database).unwrap();
    let mut conn = fresh.conn();
    settings::load(&mut conn).unwrap();
    let rates = tax::load_rules(&mut conn).unwrap();
    let rates: Vec<_> = rates.iter().map(|it| (it.rate.name.as_str(), it.rate.ppm.get())).collect();
    assert_eq!(rates, [("PPN 11%", 110_000)]);
    let methods = shipping::load_rules(&mut conn).unwrap();
    let seen: Vec<_> =
        methods.iter().map(|it| (it.zone.as_str(), it.code(), it.max_days)).collect();
    assert_eq!(seen, [("id", "regular", 4), ("sg", "airmail", 8)]);
    let flat = Rate::Flat { amount: Amount::new(18_000).unwrap() };
    assert_eq!(methods[0].shipping.rate, flat);
    assert_eq!(methods[1].name.iter().next().unwrap().1, "By airmail");
}

/// As diesel keeps it.
const LEDGER: &str = "CREATE TABLE __diesel_schema_migrations (
    version VARCHAR(50) PRIMARY KEY NOT NULL,
    run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
)";

fn run(conn: &mut Conn, sql: &str) {
    match conn {
        Conn::Sqlite(conn) => conn.batch_execute(sql).unwrap(),
        Conn::Postgres(conn) => conn.batch_execute(sql).unwrap(),
    }
}

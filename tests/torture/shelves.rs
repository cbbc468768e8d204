//! What there is to buy: much of some things, little of others, and a code that not everybody can use.

use diesel::Connection;

use crate::kit::goods;
use etalase::db::Conn;
use etalase::error::Error;
use etalase::language::Language::{En, Id};
use etalase::money::Currency;
use etalase::pricing::{Benefit, BenefitPpm, SumBenefit};
use etalase::promotions::{self, Opens, PromotionCode, Rule};
use etalase::settings;
use etalase::values::{Country, Slug};
use etalase::web::visit::now;

/// There are only so many of each.
pub const SCARCE: [&str; 3] = ["last-cup", "last-lamp", "last-bowl"];
pub const UNITS: i64 = 12;
/// There are enough of these.
pub const PLENTY: [&str; 3] = ["cup", "lamp", "bowl"];
/// What can be had with the code, in all; each customer has it once.
pub const CODE: &str = "ten";
pub const USES: i64 = 25;

pub fn fill(conn: &mut Conn) {
    conn.transaction::<(), Error, _>(|conn| {
        for slug in SCARCE {
            goods(slug).on_hand(UNITS).put(conn)?;
        }
        for slug in PLENTY {
            goods(slug).on_hand(1_000_000).put(conn)?;
        }
        assert_eq!(promotions::save_rules(conn, &[code()], now())?, []);
        let mut known = settings::load(conn)?;
        known.cash_on_delivery_in = vec![Country::parse("ID").unwrap()];
        settings::save(conn, &known)
    })
    .unwrap();
}

fn code() -> Rule {
    let ppm = BenefitPpm::try_from(100_000).expect("ten percent");
    let benefit = Benefit::Order(SumBenefit::Percent { ppm });
    Rule {
        opens: Opens::Codes(vec![PromotionCode::parse(CODE).unwrap()]),
        name: [(En, "Ten percent"), (Id, "Sepuluh persen")].into(),
        usage_limit: Some(USES),
        per_customer_limit: Some(1),
        ..Rule::new(Slug::parse(CODE).unwrap(), Currency::IDR, benefit)
    }
}

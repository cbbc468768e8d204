//! Tax and delivery rules to arrange a story with.

use diesel::prelude::*;

use super::goods::product_id;
use etalase::db::Conn;
use etalase::db::schema::{product, variant};
use etalase::error::Result;
use etalase::language::LocalText;
use etalase::money::Currency;
use etalase::pricing::{Amount, Rate, Shipping, TaxRate, TaxRatePpm, Text};
use etalase::settings::{self, ShopSettings};
use etalase::shipping::{self, Kind, Method};
use etalase::tax;
use etalase::values::Country;
use etalase::zones::{self, Area, Zone};

/// A flat price, today to tomorrow.
pub fn flat(zone: &str, code: &str, amount: i64) -> Method {
    let rate = Rate::Flat { amount: Amount::new(amount).unwrap() };
    Method {
        zone: zone.into(),
        kind: Kind::Parcel,
        currency: Currency::parse("IDR").unwrap(),
        shipping: Shipping::new(text(code), text("standard"), rate),
        name: LocalText::default(),
        note: LocalText::default(),
        min_days: 0,
        max_days: 1,
        cutoff: None,
        active: true,
        starts_at: None,
        ends_at: None,
    }
}

/// A rate on what is taxed as usual.
pub fn rate(zone: &str, code: &str, ppm: i64) -> tax::Rate {
    let rate = TaxRate {
        id: text(code),
        name: text(code),
        tax_class: text("standard"),
        ppm: TaxRatePpm::new(ppm).unwrap(),
    };
    tax::Rate { zone: zone.into(), rate, valid_from: None, valid_to: None }
}

pub fn zone(code: &str, area: Area) -> Zone {
    Zone { code: code.into(), name: code.into(), areas: vec![area] }
}

pub fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

pub fn text(text: &str) -> Text {
    Text::try_from(text).unwrap()
}

/// One zone "world" of each kind, and these rules in it.
pub fn only(conn: &mut Conn, rates: &[tax::Rate], methods: &[Method]) -> Result<()> {
    let world = vec![zone("world", Area::Anywhere)];
    zones::save_rules(conn, &zones::Rules { tax: world.clone(), delivery: world })?;
    tax::save_rules(conn, rates)?;
    shipping::save_rules(conn, methods)
}

/// Changes every delivery method of this code.
pub fn change_methods(conn: &mut Conn, code: &str, change: impl Fn(&mut Method)) -> Result<()> {
    let mut methods = shipping::load_rules(conn)?;
    methods.iter_mut().filter(|method| method.code() == code).for_each(change);
    shipping::save_rules(conn, &methods)
}

pub fn change_settings(conn: &mut Conn, change: impl Fn(&mut ShopSettings)) -> Result<()> {
    let mut shop = settings::load(conn)?;
    change(&mut shop);
    settings::save(conn, &shop)
}

/// What every variant of a product weighs and measures.
pub fn shape(conn: &mut Conn, slug: &str, grams: i64, mm: Option<[i64; 3]>) -> Result<()> {
    let id = product_id(conn, slug)?;
    let [length, width, height] = mm.map_or([None; 3], |sides| sides.map(Some));
    diesel::update(variant::table.filter(variant::product_id.eq(id)))
        .set((
            variant::weight_grams.eq(grams),
            variant::length_mm.eq(length),
            variant::width_mm.eq(width),
            variant::height_mm.eq(height),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes a product one that is sent by mail alone.
pub fn need_no_delivery(conn: &mut Conn, slug: &str) -> Result<()> {
    let the_one = product::table.find(product_id(conn, slug)?);
    diesel::update(the_one).set(product::requires_shipping.eq(false)).execute(conn)?;
    Ok(())
}

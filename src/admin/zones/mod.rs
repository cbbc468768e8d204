//! The zones of delivery and of tax: two kinds of the same thing, each with a list of its own.

pub mod edit;
mod form;
pub mod keep;
pub mod order;
pub mod remove;

use std::sync::Arc;

pub(super) use form::code;

use super::Allowed;
use super::desk::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::rules::Section;
use crate::staff::to;
use crate::values::Country;
use crate::web::countries;
use crate::web::frame::Frame;
use crate::web::rules::Rules;
use crate::zones::{Area, Kind, Zone};

pub(super) type Staff = Allowed<to::ChangeSettings>;

/// Which of the two a page is about.
pub trait Of: 'static {
    const KIND: Kind;
    const SECTION: Section;
}

pub struct Delivery;

impl Of for Delivery {
    const KIND: Kind = Kind::Delivery;
    const SECTION: Section = Section::Delivery;
}

pub struct Tax;

impl Of for Tax {
    const KIND: Kind = Kind::Tax;
    const SECTION: Section = Section::Tax;
}

/// So many parts of a zone are named in a list.
const NAMED: usize = 6;

/// The shop with the rules as they are now.
pub(super) async fn now(staff: &Staff) -> Result<Arc<Frame>> {
    let frame = staff.visit().frame.clone();
    staff.visit().shop.db.read(move |conn: &mut Conn| frame.in_force(conn)).await
}

pub(super) fn find<'a>(rules: &'a Rules, kind: Kind, code: &str) -> Option<&'a Zone> {
    rules.zones.of(kind).iter().find(|zone| zone.code == code)
}

/// Where the rules have a zone.
pub(super) fn path(kind: Kind, code: &str) -> [&str; 3] {
    [kind.code(), "zones", code]
}

/// Where the rules have what is in a zone.
pub(super) fn path_of<'a>(kind: Kind, zone: &'a str, code: &'a str) -> [&'a str; 5] {
    let below = match kind {
        Kind::Delivery => "methods",
        Kind::Tax => "rates",
    };
    let [section, zones, zone] = path(kind, zone);
    [section, zones, zone, below, code]
}

/// The address of what is in a zone.
pub(super) fn href_of(shell: &Desk, kind: Kind, zone: &str, code: &str) -> String {
    let [.., below, _] = path_of(kind, zone, code);
    format!("{}/{below}/{}", href(shell, kind, zone), segment(code))
}

/// The address of a zone.
pub(super) fn href(shell: &Desk, kind: Kind, code: &str) -> String {
    shell.href(&format!("/admin/{}/zones/{}", kind.code(), segment(code))).into_owned()
}

/// A code of the merchant's choice as a part of an address.
pub(super) fn segment(code: &str) -> String {
    let code: String = form_urlencoded::byte_serialize(code.as_bytes()).collect();
    code.replace('+', "%20")
}

/// Where a zone is, in words.
pub(super) fn areas(shell: &Desk, zone: &Zone) -> String {
    let name = |country: Country| countries::name(shell, country);
    let said = zone.areas.iter().take(NAMED).map(|area| match area {
        Area::Anywhere => shell.t("zone-anywhere").to_owned(),
        Area::Country(country) => name(*country),
        Area::Region(country, region) => format!("{region} ({})", name(*country)),
        Area::Postcodes(country, range) => format!("{range} ({})", name(*country)),
    });
    let more = i64::try_from(zone.areas.len().saturating_sub(NAMED)).unwrap_or(i64::MAX);
    let rest = (more > 0).then(|| shell.count("zone-more", more));
    said.chain(rest).collect::<Vec<_>>().join(", ")
}

/// What stands in a zone, by its codes: the ways of delivery, or the rates.
fn held<'a>(rules: &'a Rules, kind: Kind, zone: &str) -> Vec<&'a str> {
    let methods = rules.methods.iter().filter(|method| method.zone == zone);
    let rates = rules.tax_rates.iter().filter(|rate| rate.zone == zone);
    match kind {
        Kind::Delivery => methods.map(|method| method.code()).collect(),
        Kind::Tax => rates.map(|rate| rate.rate.id.as_str()).collect(),
    }
}

//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::convert::Infallible;

use super::model::{Readiness, Step};
use crate::audit::Who;
use crate::db::Conn;
use crate::db::schema::opening_step;
use crate::demo;
use crate::error::Result;
use crate::money::Money;
use crate::orders::Handover;
use crate::payments::{Gateways, Sale};
use crate::settings::{self, ShopSettings};
use crate::web::frame::Frame;

/// How far the shop is at an instant.
pub fn load(
    conn: &mut Conn,
    (frame, gateways): (&Frame, &Gateways),
    now: NaiveDateTime,
) -> Result<Readiness> {
    let codes: Vec<String> = opening_step::table.select(opening_step::code).load(conn)?;
    let settings = &frame.settings;
    Ok(Readiness {
        answered: codes.iter().filter_map(|code| Step::parse(code)).collect(),
        is_named: settings.name != ShopSettings::default().name,
        delivers: !frame.countries.is_empty(),
        takes_payment: !gateways.offered(settings, &usual_sale(settings)).is_empty(),
        sells: demo::has_other_goods(conn, now)?,
        has_demo_goods: demo::has_goods(conn)?,
        has_look: frame.theme.is_some(),
    })
}

/// Something small that a courier brings to where the shop is.
fn usual_sale(settings: &ShopSettings) -> Sale {
    let (total, country) = (Money::new(1, settings.currency), settings.country);
    Sale { total, country, handover: Handover::Parcel }
}

/// Writes down that a question has been answered, the first time. Whoever answers holds the shop's
/// version ([`settings::announce`]), so two answers come one after the other.
pub fn answer(conn: &mut Conn, step: Step, at: NaiveDateTime) -> Result<()> {
    let own = opening_step::table.find(step.code());
    if diesel::select(exists(own)).get_result(conn)? {
        return Ok(());
    }
    diesel::insert_into(opening_step::table)
        .values((opening_step::code.eq(step.code()), opening_step::answered_at.eq(at)))
        .execute(conn)?;
    Ok(())
}

/// What becomes of opening the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    Done,
    /// Something is missing that whoever opens it has not been told of.
    Missing,
}

/// Lets shoppers in, unless more is missing than `told` names.
pub fn open(
    conn: &mut Conn,
    who: &Who,
    (frame, gateways): (&Frame, &Gateways),
    told: &[&str],
) -> Result<Opened> {
    let missing = load(conn, (frame, gateways), who.at)?.missing();
    if missing.iter().any(|missing| !told.contains(&missing.code())) {
        return Ok(Opened::Missing);
    }
    set_open(conn, who, true).map(|()| Opened::Done)
}

/// Shuts the shop: nobody orders until it is opened again.
pub fn close(conn: &mut Conn, who: &Who) -> Result<()> {
    set_open(conn, who, false)
}

fn set_open(conn: &mut Conn, who: &Who, open: bool) -> Result<()> {
    let Ok(()) = settings::change(conn, who, |settings| {
        settings.open = open;
        Ok::<(), Infallible>(())
    })?;
    Ok(())
}

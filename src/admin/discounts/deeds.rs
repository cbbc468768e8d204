//! What is done to a discount with one press: stopped, started, copied, removed.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::{Sent, Staff, done, find, page};
use super::form::fields;
use super::kind::Kind;
use super::mistakes::Wrong;
use super::{Saved, make, path, saved};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk::{self, Kept};
use crate::promotions::{Opens, Rule};
use crate::rules::{Book, Section, promotion_entry};
use crate::web::{Form, see_other};

/// `POST /admin/discounts/{id}/stop`: it stays, and gives nothing.
pub async fn stop(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    change(&staff, PromotionId(*id), |rule| rule.is_active = false).await
}

/// `POST /admin/discounts/{id}/start`.
pub async fn start(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    change(&staff, PromotionId(*id), |rule| rule.is_active = true).await
}

/// `POST /admin/discounts/{id}/copies`: everything but its codes, which open one discount alone. It
/// is stopped, so that it can be looked at first.
pub async fn duplicate(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let mut rule = Rule { is_active: false, ..kept.rule.clone() };
    if let Opens::Codes(codes) = &mut rule.opens {
        codes.clear();
    }
    let frame = &staff.visit().frame;
    let name = rule.name.get(frame.own_language(), frame.own_language()).to_owned();
    let made = make::write(&staff, name, promotion_entry(&rule, &frame.settings)).await?;
    answer(&staff, kept, made).await
}

/// `POST /admin/discounts/{id}/remove`: one that orders have used is stopped instead.
pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), PromotionId(*id));
    let write = move |conn: &mut Conn| {
        let mut book = Book::open(conn, Section::Promotions)?;
        let kept = desk::find(conn, id, who.at)?.ok_or(Error::NotFound)?;
        book.remove(&path(kept.rule.slug.as_str()));
        book.save(conn, &who)?;
        Ok(())
    };
    staff.visit().shop.db.write(write).await?;
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href("/admin/discounts")))
}

/// Changes a discount, whatever else has been changed about it.
pub(super) async fn change(
    staff: &Staff,
    id: PromotionId,
    change: impl Fn(&mut Rule) + Send + 'static,
) -> Result<HttpResponse> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| {
        let mut book = Book::open(conn, Section::Promotions)?;
        let mut rule = desk::find(conn, id, who.at)?.ok_or(Error::NotFound)?.rule;
        change(&mut rule);
        book.put(promotion_entry(&rule, &frame.settings));
        let outcome = book.save(conn, &who)?;
        saved(conn, outcome, rule.slug.as_str())
    };
    let outcome = staff.visit().shop.db.write(write).await?;
    let kept = find(staff, id).await?;
    answer(staff, kept, outcome).await
}

async fn answer(staff: &Staff, kept: Kept, saved: Saved) -> Result<HttpResponse> {
    let mistakes = match saved {
        Saved::Done(id) => return done(staff, id).await,
        Saved::Wrong(mistakes) => mistakes,
        Saved::Meanwhile => Vec::new(),
    };
    let shell = staff.desk("admin-discounts");
    let form = Form::default().with(fields(&shell, &kept.rule));
    let sent = Sent::wrong(form, Wrong::of(&shell, &mistakes));
    page(staff, (Kind::of(&kept.rule.benefit), Some(&kept)), Some(sent)).await
}

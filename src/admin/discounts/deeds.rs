//! What is done to a discount with one press: stopped, started, copied, removed.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::{Staff, find};
use super::form::fields;
use super::keep::{answer, done};
use super::kind::Kind;
use super::{make, path};
use crate::admin::rulebook::{self, Saved};
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk::{self, Kept};
use crate::promotions::{Opens, Rule};
use crate::rules::{Mistake, Section, promotion_entry};
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
    let own = frame.own_language();
    let name = rule.name.get(own, own).to_owned();
    match make::write(&staff, &name, promotion_entry(&rule, &frame.settings)).await? {
        Saved::Done(slug) => Ok(done(&staff, make::find_id(&staff, slug).await?)),
        Saved::Wrong(_, mistakes) => refused(&staff, &kept, &mistakes).await,
        Saved::Meanwhile => Ok(done(&staff, kept.id)),
    }
}

/// `POST /admin/discounts/{id}/remove`: one that orders have used is stopped instead.
pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (now, id) = (staff.visit().now, PromotionId(*id));
    let removed = rulebook::change(&staff, Section::Promotions, move |conn, book| {
        let kept = desk::find(conn, id, now)?.ok_or(Error::NotFound)?;
        book.remove(&path(kept.rule.slug.as_str()));
        Ok(Some(()))
    });
    removed.await?;
    Ok(see_other(&staff.visit().href("/admin/discounts")))
}

/// Changes a discount, whatever else has been changed about it.
pub(super) async fn change(
    staff: &Staff,
    id: PromotionId,
    change: impl Fn(&mut Rule) + Send + 'static,
) -> Result<HttpResponse> {
    let (now, frame) = (staff.visit().now, staff.visit().frame.clone());
    let saved = rulebook::change(staff, Section::Promotions, move |conn, book| {
        let mut rule = desk::find(conn, id, now)?.ok_or(Error::NotFound)?.rule;
        change(&mut rule);
        book.put(promotion_entry(&rule, &frame.settings));
        Ok(Some(()))
    });
    match saved.await? {
        Saved::Wrong((), mistakes) => {
            let kept = find(staff, id).await?;
            refused(staff, &kept, &mistakes).await
        }
        _ => Ok(done(staff, id)),
    }
}

/// The page of a discount with what the rules refuse.
async fn refused(staff: &Staff, kept: &Kept, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let form = Form::default().with(fields(&staff.desk("admin-discounts"), &kept.rule));
    let about = (Kind::of(&kept.rule.benefit), Some(kept));
    answer(staff, about, &form, mistakes).await
}

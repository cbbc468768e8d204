//! `POST /admin/discounts/{id}`: what was typed about a discount is saved, or tried out.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::{Staff, find, page};
use super::form::{entry, fields};
use super::kind::Kind;
use super::mistakes::told;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::rulebook::{Saved, change};
use crate::admin::sent::{Sent, Told};
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk::{self, Kept};
use crate::rules::{Mistake, Section, promotion_of};
use crate::web::{Form, see_other};

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let (shell, rule) = (staff.desk("admin-discounts"), &kept.rule);
    let about = (Kind::of(&rule.benefit), rule.slug.as_str());
    let new = entry(&shell, &form, about, Some(rule));
    if form.find("try").is_some() {
        let mistakes = promotion_of(&new, shell.settings()).err().unwrap_or_default();
        return answer(&staff, (about.0, Some(&kept)), &form, &mistakes).await;
    }
    let (id, now, seen) = (kept.id, staff.visit().now, form.get("seen").to_owned());
    let saved = change(&staff, Section::Promotions, move |conn, book| {
        let known = desk::find(conn, id, now)?.ok_or(Error::NotFound)?;
        if seal(&fields(&shell, &known.rule)) != seen {
            return Ok(None);
        }
        book.put(new.clone());
        Ok(Some(()))
    });
    match saved.await? {
        Saved::Done(()) => Ok(done(&staff, kept.id)),
        Saved::Wrong((), mistakes) => {
            answer(&staff, (about.0, Some(&kept)), &form, &mistakes).await
        }
        Saved::Meanwhile => {
            let now = find(&staff, kept.id).await?;
            let merged = merge(&form, &fields(&staff.desk("admin-discounts"), &now.rule));
            let told = Told::default();
            let sent = Sent { form: &merged.form, mistakes: &told, merged: Some(&merged) };
            page(&staff, (about.0, Some(&now)), Some(&sent)).await
        }
    }
}

/// Back to the page of a discount that was saved.
pub(super) fn done(staff: &Staff, id: PromotionId) -> HttpResponse {
    see_other(&staff.visit().href(&format!("/admin/discounts/{id}?saved=1")))
}

/// The form again: with what is wrong with it, or tried out.
pub(super) async fn answer(
    staff: &Staff,
    about: (Kind, Option<&Kept>),
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    let told = told(&staff.desk("admin-discounts"), mistakes);
    page(staff, about, Some(&Sent { form, mistakes: &told, merged: None })).await
}

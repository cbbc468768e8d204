//! `/admin/discounts/new`: first the kind, then the form.

use actix_web::HttpResponse;
use askama::Template;

use super::edit::{Staff, page};
use super::form::entry;
use super::keep::{answer, done};
use super::kind::Kind;
use super::path;
use crate::admin::desk::Desk;
use crate::admin::rulebook::{Saved, change};
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk;
use crate::rules::{Entry, Section, promotion_of};
use crate::search::{free, handle_of};
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/discounts/make.html")]
struct KindsPage {
    shell: Desk,
    kinds: Vec<KindView>,
}

struct KindView {
    href: String,
    name: String,
    about: String,
}

/// What a discount is called until it has a name of its own.
const NEW: &str = "new";

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    match staff.visit().query()?.get("kind") {
        Some(code) => {
            let kind = Kind::parse(code).ok_or(Error::NotFound)?;
            page(&staff, (kind, None), None).await
        }
        None => kinds(&staff),
    }
}

fn kinds(staff: &Staff) -> Result<HttpResponse> {
    let shell = staff.desk("discount-new");
    let view = |kind: &Kind| {
        let code = kind.code();
        KindView {
            href: shell.href(&format!("/admin/discounts/new?kind={code}")).into_owned(),
            name: shell.t(&format!("discount-kind-{code}")).to_owned(),
            about: shell.t(&format!("discount-about-{code}")).to_owned(),
        }
    };
    let kinds = Kind::ALL.iter().map(view).collect();
    Ok(Html::page(&KindsPage { kinds, shell })?.personal().into_response())
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let Some(kind) = Kind::parse(form.get("kind")) else { return kinds(&staff) };
    let shell = staff.desk("discount-new");
    let new = entry(&shell, &form, (kind, NEW), None);
    if form.find("try").is_some() {
        let mistakes = promotion_of(&new, shell.settings()).err().unwrap_or_default();
        return answer(&staff, (kind, None), &form, &mistakes).await;
    }
    let name = form.get(&format!("name-{}", shell.frame().own_language().code()));
    match write(&staff, name, new).await? {
        Saved::Done(slug) => Ok(done(&staff, find_id(&staff, slug).await?)),
        Saved::Wrong(_, mistakes) => answer(&staff, (kind, None), &form, &mistakes).await,
        Saved::Meanwhile => page(&staff, (kind, None), None).await,
    }
}

/// Puts the entry among the rules, under a lasting name made of what it is called; that name.
pub(super) async fn write(staff: &Staff, name: &str, entry: Entry) -> Result<Saved<String>> {
    let wanted = handle_of(name, "discount");
    change(staff, Section::Promotions, move |conn, book| {
        let slug = free(conn, &wanted, |_, slug| Ok(book.has(&path(slug))))?;
        book.put(entry.clone().under(&slug, &path(&slug)));
        Ok(Some(slug))
    })
    .await
}

/// The discount with this lasting name.
pub(super) async fn find_id(staff: &Staff, slug: String) -> Result<PromotionId> {
    let found = staff.visit().shop.db.read(move |conn| desk::find_id(conn, &slug)).await?;
    found.ok_or(Error::NotFound)
}

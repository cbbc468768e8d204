//! `/admin/discounts/new`: first the kind, then the form.

use actix_web::HttpResponse;
use askama::Template;

use super::edit::{Sent, Staff, done, page, unreadable};
use super::form::entry;
use super::kind::Kind;
use super::mistakes::Wrong;
use super::{Saved, free_slug, path, saved};
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::rules::{Book, Entry, Section};
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
    let entry = entry(&shell, &form, (kind, "new"), None);
    if form.find("try").is_some() {
        let tried = Sent::tried(form, unreadable(&shell, &entry));
        return page(&staff, (kind, None), Some(tried)).await;
    }
    let name = form.get(&format!("name-{}", shell.frame().own_language().code())).to_owned();
    match write(&staff, name, entry).await? {
        Saved::Done(id) => done(&staff, id).await,
        Saved::Wrong(mistakes) => {
            let wrong = Wrong::of(&shell, &mistakes);
            page(&staff, (kind, None), Some(Sent::wrong(form, wrong))).await
        }
        Saved::Meanwhile => Err(Error::internal("nobody else makes this discount")),
    }
}

/// Puts the entry among the rules, under a lasting name made of what it is called.
pub(super) async fn write(staff: &Staff, name: String, entry: Entry) -> Result<Saved> {
    let who = staff.who();
    let write = move |conn: &mut Conn| {
        let mut book = Book::open(conn, Section::Promotions)?;
        let slug = free_slug(&book, &name);
        book.put(entry.clone().under(&slug, &path(&slug)));
        let outcome = book.save(conn, &who)?;
        saved(conn, outcome, &slug)
    };
    staff.visit().shop.db.write(write).await
}

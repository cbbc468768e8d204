//! `/admin/{delivery|tax}/zones/{zone}`: which part of the world a zone is.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::form::{Part, entry, fields, parts, say, shown};
use super::{Of, Staff, find, held, href, now, path};
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::rulebook::{Saved, change, named, told};
use crate::admin::sent::{Notice, Sent, Told};
use crate::admin::typed::Typed;
use crate::error::{Error, Result};
use crate::rules::Mistake;
use crate::search::{free, handle_of};
use crate::web::rules::Rules;
use crate::web::{Form, Html, see_other};
use crate::zones::{Kind, Zone};

#[derive(Template)]
#[template(path = "admin/zones/edit.html")]
struct ZonePage {
    shell: Desk,
    /// Where it came from: address and words.
    back: (String, String),
    action: String,
    seen: String,
    notice: Notice,
    fields: Vec<Field>,
    kept: Option<KeptView>,
}

/// What a zone that is there already shows besides its form.
struct KeptView {
    /// What goes with it when it is removed.
    holds: Vec<String>,
    held: String,
}

pub async fn show_new<K: Of>(staff: Staff) -> Result<HttpResponse> {
    page(&staff, K::KIND, (None, &Rules::default()), None)
}

pub async fn show<K: Of>(staff: Staff, code: Path<String>) -> Result<HttpResponse> {
    again(&staff, K::KIND, &code, None).await
}

pub async fn make<K: Of>(staff: Staff, form: Form) -> Result<HttpResponse> {
    let shell = staff.desk("zone-new");
    let (name, parts) = (form.get("name").to_owned(), parts(&shell, &form));
    let new = entry(K::KIND, "", &form, &parts);
    let saved = change(&staff, K::SECTION, move |conn, book| {
        let code =
            free(conn, &handle_of(&name, "zone"), |_, code| Ok(book.has(&path(K::KIND, code))))?;
        book.put(new.clone().under(&code, &path(K::KIND, &code)));
        Ok(Some(code))
    });
    match saved.await? {
        Saved::Wrong(code, mistakes) => {
            let told = wrong(&shell, &parts, (&path(K::KIND, &code), &mistakes));
            let sent = Sent { form: &form, mistakes: &told, merged: None };
            page(&staff, K::KIND, (None, &Rules::default()), Some(&sent))
        }
        _ => done(&shell, K::KIND),
    }
}

pub async fn save<K: Of>(staff: Staff, code: Path<String>, form: Form) -> Result<HttpResponse> {
    let (shell, code) = (staff.desk("zone-new"), code.into_inner());
    let parts = parts(&shell, &form);
    let (known, seen) = (code.clone(), form.get("seen").to_owned());
    let new = entry(K::KIND, &code, &form, &parts);
    let desk = staff.desk("zone-new");
    let saved = change(&staff, K::SECTION, move |conn, book| {
        let rules = Rules::load(conn)?;
        let zone = find(&rules, K::KIND, &known).ok_or(Error::NotFound)?;
        if seal(&fields(&desk, zone)) != seen {
            return Ok(None);
        }
        book.put(new.clone());
        Ok(Some(()))
    });
    match saved.await? {
        Saved::Done(()) => done(&shell, K::KIND),
        Saved::Wrong((), mistakes) => {
            let told = wrong(&shell, &parts, (&path(K::KIND, &code), &mistakes));
            let sent = Sent { form: &form, mistakes: &told, merged: None };
            again(&staff, K::KIND, &code, Some(&sent)).await
        }
        Saved::Meanwhile => meanwhile(&staff, K::KIND, &code, &form).await,
    }
}

fn wrong(shell: &Desk, parts: &[Part], mistakes: (&[&str], &[Mistake])) -> Told {
    told(shell, mistakes, |key, _| say(shell, parts, key))
}

fn done(shell: &Desk, kind: Kind) -> Result<HttpResponse> {
    Ok(see_other(&shell.href(&format!("/admin/{}?saved=1", kind.code()))))
}

async fn meanwhile(staff: &Staff, kind: Kind, code: &str, form: &Form) -> Result<HttpResponse> {
    let (shell, frame) = (staff.desk("zone-new"), now(staff).await?);
    let zone = find(&frame.rules, kind, code).ok_or(Error::NotFound)?;
    let merged = merge(form, &fields(&shell, zone));
    let sent = Sent { form: &merged.form, mistakes: &Told::default(), merged: Some(&merged) };
    page(staff, kind, (Some(zone), &frame.rules), Some(&sent))
}

async fn again(
    staff: &Staff,
    kind: Kind,
    code: &str,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let frame = now(staff).await?;
    let zone = find(&frame.rules, kind, code).ok_or(Error::NotFound)?;
    page(staff, kind, (Some(zone), &frame.rules), sent)
}

pub(super) fn page(
    staff: &Staff,
    kind: Kind,
    (zone, rules): (Option<&Zone>, &Rules),
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("zone-new");
    let stored = zone.map(|zone| fields(&shell, zone)).unwrap_or_default();
    let as_stored = Form::default().with(stored.clone());
    let form = sent.map_or(&as_stored, |sent| sent.form);
    if let Some(zone) = zone {
        shell.shell.head.title.clone_from(&zone.name);
    }
    let typed = Typed { shell: &shell, form, sent, label };
    let list = shell.href(&format!("/admin/{}", kind.code())).into_owned();
    let page = ZonePage {
        action: match zone {
            Some(zone) => href(&shell, kind, &zone.code),
            None => format!("{list}/new-zone"),
        },
        back: (list, shell.t(&format!("admin-{}", kind.code())).to_owned()),
        seen: seal(&stored),
        notice: typed.notice(false, "rules-meanwhile"),
        fields: shown(&typed),
        kept: zone.map(|zone| KeptView {
            holds: holds(&shell, rules, kind, &zone.code),
            held: seal_of_held(rules, kind, &zone.code),
        }),
        shell,
    };
    let status = sent.map_or(StatusCode::OK, Sent::status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn label(name: &str) -> String {
    format!("zone-{name}")
}

/// The names of what stands in a zone.
fn holds(shell: &Desk, rules: &Rules, kind: Kind, code: &str) -> Vec<String> {
    let (language, own) = (shell.language(), shell.frame().own_language());
    let methods = rules.methods.iter().filter(|method| method.zone == code);
    let rates = rules.tax_rates.iter().filter(|rate| rate.zone == code);
    match kind {
        Kind::Delivery => methods.map(|method| method.title(language, own).to_owned()).collect(),
        Kind::Tax => rates.map(|rate| rate.rate.name.as_str().to_owned()).collect(),
    }
}

/// Of what somebody has been told that it goes with a zone.
pub(super) fn seal_of_held(rules: &Rules, kind: Kind, code: &str) -> String {
    seal(&named([("held", held(rules, kind, code).join("\n"))]))
}

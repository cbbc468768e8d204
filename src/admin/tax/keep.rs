//! `POST /admin/tax/zones/{zone}/rates/{rate}`: what was typed about a rate is saved, or tried out.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::form::{entry, fields, say};
use super::rate;
use super::rate::{At, NEW, page};
use crate::admin::desk::Desk;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::rulebook::{Saved, told};
use crate::admin::sent::{Sent, Told};
use crate::admin::zones::{Staff, Tax, href_of, keep, now, path_of};
use crate::error::Result;
use crate::rules::{Mistake, rate_of};
use crate::web::{Form, see_other};
use crate::zones::Kind;

pub async fn make(staff: Staff, zone: Path<String>, form: Form) -> Result<HttpResponse> {
    let (shell, frame) = (staff.desk("rate-new"), now(&staff).await?);
    let at = At::new(&frame, &zone)?;
    let new = entry(&shell, &form, (&zone, NEW), None);
    if form.find("try").is_some() {
        let mistakes = rate_of(&new, shell.settings()).err().unwrap_or_default();
        return answer(&staff, &at, (&form, NEW), &mistakes).await;
    }
    match keep::make::<Tax>(&staff, (&zone, form.get("name")), new).await? {
        Saved::Done(code) => done(&shell, &zone, &code),
        Saved::Wrong(code, mistakes) => answer(&staff, &at, (&form, &code), &mistakes).await,
        Saved::Meanwhile => page(&staff, &at, None).await,
    }
}

pub async fn save(staff: Staff, at: Path<(String, String)>, form: Form) -> Result<HttpResponse> {
    let (shell, frame) = (staff.desk("rate-new"), now(&staff).await?);
    let (zone, code) = at.into_inner();
    let at = At::of(&frame, &zone, &code)?;
    let new = entry(&shell, &form, (&zone, &code), at.known);
    if form.find("try").is_some() {
        let mistakes = rate_of(&new, shell.settings()).err().unwrap_or_default();
        return answer(&staff, &at, (&form, &code), &mistakes).await;
    }
    let (desk, seen) = (staff.desk("rate-new"), form.get("seen").to_owned());
    let own = (zone.clone(), code.clone());
    let saved = keep::save::<Tax>(&staff, new, move |rules| {
        Ok(seal(&fields(&desk, rate(rules, &own.0, &own.1)?)) == seen)
    });
    match saved.await? {
        Saved::Done(()) => done(&shell, &zone, &code),
        Saved::Wrong((), mistakes) => answer(&staff, &at, (&form, &code), &mistakes).await,
        Saved::Meanwhile => meanwhile(&staff, (&zone, &code), &form).await,
    }
}

fn done(shell: &Desk, zone: &str, code: &str) -> Result<HttpResponse> {
    Ok(see_other(&format!("{}?saved=1", href_of(shell, Kind::Tax, zone, code))))
}

/// The form again: with what is wrong with it, or tried out.
async fn answer(
    staff: &Staff,
    at: &At<'_>,
    (form, code): (&Form, &str),
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    let shell = staff.desk("rate-new");
    let told =
        told(&shell, (&path_of(Kind::Tax, at.zone, code), mistakes), |key, _| say(&shell, key));
    page(staff, at, Some(&Sent { form, mistakes: &told, merged: None })).await
}

async fn meanwhile(staff: &Staff, (zone, code): (&str, &str), form: &Form) -> Result<HttpResponse> {
    let (shell, frame) = (staff.desk("rate-new"), now(staff).await?);
    let at = At::of(&frame, zone, code)?;
    let stored = at.known.map(|rate| fields(&shell, rate)).unwrap_or_default();
    let merged = merge(form, &stored);
    let sent = Sent { form: &merged.form, mistakes: &Told::default(), merged: Some(&merged) };
    page(staff, &at, Some(&sent)).await
}

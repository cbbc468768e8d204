//! `POST /admin/payments` and what is below it: the terms are saved, a way is put elsewhere in the
//! order, or switched off or on.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::edit::page;
use super::form::{entry, fields, say};
use super::ways::in_order;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::rulebook::{Saved, change, told};
use crate::admin::sent::{Sent, Told};
use crate::admin::zones::{Staff, now};
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::orders::Payment;
use crate::payments::Gateways;
use crate::rules::{Entry, Section};
use crate::settings;
use crate::web::{Form, see_other};

pub async fn save(
    staff: Staff,
    gateways: Data<Gateways>,
    config: Data<Settings>,
    form: Form,
) -> Result<HttpResponse> {
    let (shell, desk) = (staff.desk("admin-payments"), staff.desk("admin-payments"));
    let (new, seen) = (entry(&shell, &form), form.get("seen").to_owned());
    let saved = change(&staff, Section::Settings, move |conn, book| {
        if seal(&fields(&desk, &settings::load(conn)?)) != seen {
            return Ok(None);
        }
        book.put(new.clone());
        Ok(Some(()))
    });
    match saved.await? {
        Saved::Done(()) => done(&staff),
        Saved::Wrong((), mistakes) => {
            let told = told(&shell, (&["settings"], &mistakes), |key, _| say(&shell, &form, key));
            let sent = Sent { form: &form, mistakes: &told, merged: None };
            page(&staff, (&gateways, &config), Some(&sent)).await
        }
        Saved::Meanwhile => {
            let stored = fields(&shell, &now(&staff).await?.settings);
            let merged = merge(&form, &stored);
            let told = Told::default();
            let sent = Sent { form: &merged.form, mistakes: &told, merged: Some(&merged) };
            page(&staff, (&gateways, &config), Some(&sent)).await
        }
    }
}

/// `POST /admin/payments/order`: one place up or down.
pub async fn order(staff: Staff, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let (payment, is_up) = match (find(&form)?, form.get("to")) {
        (payment, "up") => (payment, true),
        (payment, "down") => (payment, false),
        _ => return Err(Error::Malformed("there is no such way")),
    };
    let saved = change(&staff, Section::Settings, move |conn, book| {
        let mut order = in_order(&gateways, &settings::load(conn)?);
        let at = order.iter().position(|known| *known == payment).ok_or(Error::NotFound)?;
        let to = if is_up { at.saturating_sub(1) } else { (at + 1).min(order.len() - 1) };
        order.swap(at, to);
        let codes = order.iter().map(|payment| payment.code());
        book.put(Entry::new("settings", "", &["settings"]).list("payment_order", codes));
        Ok(Some(()))
    });
    saved.await?;
    done(&staff)
}

/// `POST /admin/payments/switch`: a way is not offered any more, or again. What was begun goes on.
pub async fn switch(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (payment, is_on) = match (find(&form)?, form.get("to")) {
        (payment, "on") => (payment, true),
        (payment, "off") => (payment, false),
        _ => return Err(Error::Malformed("there is no such way")),
    };
    let saved = change(&staff, Section::Settings, move |conn, book| {
        let mut off = settings::load(conn)?.payments_off;
        off.retain(|code| code != payment.code());
        if !is_on {
            off.push(payment.code().to_owned());
        }
        let codes = off.iter().map(String::as_str);
        book.put(Entry::new("settings", "", &["settings"]).list("payments_off", codes));
        Ok(Some(()))
    });
    saved.await?;
    done(&staff)
}

fn find(form: &Form) -> Result<Payment> {
    let payment = Payment::parse(form.get("payment")).filter(|payment| *payment != Payment::Free);
    payment.ok_or(Error::Malformed("there is no such way to pay"))
}

fn done(staff: &Staff) -> Result<HttpResponse> {
    Ok(see_other(&staff.visit().href("/admin/payments?saved=1")))
}

//! What somebody does to a shelf: goods come in, a level is corrected, its limits are set.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::{self, LONGEST_REASON, Sent};
use crate::admin::Allowed;
use crate::admin::field::{Field, Mistake};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::staff::to;
use crate::stock::{self, Correction, Delivery, Limits};
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeStock>;
type Wrong = Vec<Mistake>;

/// No shop moves more at once.
const MOST_UNITS: i64 = 1_000_000;

/// `POST /admin/stock/{id}/deliveries`
pub async fn receive(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = VariantId(*id);
    let delivery = match delivery(&form) {
        Ok(delivery) => delivery,
        Err(mistakes) => return again(&staff, id, &form, &mistakes).await,
    };
    let (who, once) = (staff.who(), once(&form));
    let write = move |conn: &mut Conn| stock::take_in(conn, id, (&delivery, &once), &who);
    match staff.visit().shop.db.write(write).await {
        Err(error) if error.is_duplicate() => {
            refuse(&staff, id, &form, "stock-received-twice").await
        }
        done => done.map(|()| there(&staff, id, "received")),
    }
}

fn delivery(form: &Form) -> std::result::Result<Delivery, Wrong> {
    let units = form.get("units").parse().ok().filter(|units| (1..=MOST_UNITS).contains(units));
    let fits = Field::fits(form, "reference", LONGEST_REASON);
    match units {
        Some(units) if fits => Ok(Delivery { units, reference: form.get("reference").to_owned() }),
        _ => Err(wrong(&[
            (units.is_some(), ("units", "stock-units-wrong")),
            (fits, ("reference", "admin-too-long")),
        ])),
    }
}

/// `POST /admin/stock/{id}/corrections`
pub async fn adjust(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = VariantId(*id);
    let correction = match correction(&form) {
        Ok(correction) => correction,
        Err(mistakes) => return again(&staff, id, &form, &mistakes).await,
    };
    let (who, once) = (staff.who(), once(&form));
    let write = move |conn: &mut Conn| stock::put_right(conn, id, (&correction, &once), &who);
    match staff.visit().shop.db.write(write).await {
        Ok(true) => Ok(there(&staff, id, "adjusted")),
        Ok(false) => again(&staff, id, &form, &[("by", "stock-fewer")]).await,
        // The button was pressed twice: it is done.
        Err(error) if error.is_duplicate() => Ok(there(&staff, id, "adjusted")),
        Err(error) => Err(error),
    }
}

fn correction(form: &Form) -> std::result::Result<Correction, Wrong> {
    let by = form.get("by").replace('\u{2212}', "-").parse().ok();
    let by = by.filter(|by: &i64| *by != 0 && (-MOST_UNITS..=MOST_UNITS).contains(by));
    let reason = form.get("reason").to_owned();
    let is_told = !reason.is_empty() && Field::fits(form, "reason", LONGEST_REASON);
    match by {
        Some(by) if is_told => Ok(Correction { by, reason }),
        _ => Err(wrong(&[
            (by.is_some(), ("by", "stock-by-wrong")),
            (is_told, ("reason", "variant-reason-missing")),
        ])),
    }
}

/// `POST /admin/stock/{id}/limits`
pub async fn limit(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = VariantId(*id);
    let wanted = match limits(&form, ("backorder", "low_at")) {
        Ok(limits) => limits,
        Err(mistakes) => return again(&staff, id, &form, &mistakes).await,
    };
    let seen = limits(&form, ("seen_backorder", "seen_low_at")).unwrap_or_default();
    let who = staff.who();
    let write = move |conn: &mut Conn| stock::limit(conn, id, (seen, wanted), &who);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(there(&staff, id, "limits")),
        false => {
            let told = Sent { error: "stock-meanwhile", is_meanwhile: true, ..Sent::default() };
            show::page(&staff, id, &Sent { form: Some(&form), ..told }).await
        }
    }
}

fn limits(
    form: &Form,
    (backorder, low_at): (&'static str, &'static str),
) -> std::result::Result<Limits, Wrong> {
    let whole = |name| form.get(name).parse().ok().filter(|n| (0..=MOST_UNITS).contains(n));
    let is_low_right = form.get(low_at).is_empty() || whole(low_at).is_some();
    match whole(backorder) {
        Some(backorder) if is_low_right => Ok(Limits { backorder, low_at: whole(low_at) }),
        found => Err(wrong(&[
            (found.is_some(), (backorder, "stock-whole")),
            (is_low_right, (low_at, "stock-whole")),
        ])),
    }
}

/// The mistakes of those that are not right.
fn wrong(checked: &[(bool, Mistake)]) -> Wrong {
    checked.iter().filter(|(is_right, _)| !is_right).map(|(_, mistake)| *mistake).collect()
}

/// As the page gave it out; of a form that has none this is its own.
fn once(form: &Form) -> String {
    let given = form.get("once");
    let is_ours = given.len() == 16 && given.bytes().all(|b| b.is_ascii_hexdigit());
    if is_ours { given.to_owned() } else { stock::once() }
}

fn there(staff: &Staff, id: VariantId, done: &str) -> HttpResponse {
    see_other(&staff.visit().href(&format!("/admin/stock/{id}?done={done}")))
}

async fn again(
    staff: &Staff,
    id: VariantId,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    show::page(staff, id, &Sent { form: Some(form), mistakes, ..Sent::default() }).await
}

async fn refuse(
    staff: &Staff,
    id: VariantId,
    form: &Form,
    error: &'static str,
) -> Result<HttpResponse> {
    show::page(staff, id, &Sent { form: Some(form), error, ..Sent::default() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_has_a_sign_and_a_reason() {
        let read = |by: &str, reason: &str| {
            let read = correction(&Form::filled(&[("by", by), ("reason", reason)]));
            read.map(|correction| correction.by)
        };
        assert_eq!(read("+3", "found"), Ok(3));
        assert_eq!(read("\u{2212}3", "broken"), Ok(-3));
        assert_eq!(read("0", "x"), Err(vec![("by", "stock-by-wrong")]));
        let both = vec![("by", "stock-by-wrong"), ("reason", "variant-reason-missing")];
        assert_eq!(read("1,5", ""), Err(both));
    }
}

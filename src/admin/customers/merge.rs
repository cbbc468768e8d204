//! `/admin/customers/{whom}/merge`: two accounts of the same person become one. What will happen is
//! shown before it does.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{address, find};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::customers::book::{self, Whom};
use crate::customers::care::{self, Merging};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::privacy;
use crate::staff::to;
use crate::values::Email;
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/customers/merge.html")]
struct MergePage {
    shell: Desk,
    action: String,
    back: (String, String),
    fields: Vec<Field>,
    /// What will happen, a line each; empty before the other account is named.
    effects: Vec<String>,
    /// The number of the account that goes.
    from: String,
}

type Staff = Allowed<to::EraseCustomers>;

pub async fn show(staff: Staff, whom: Path<String>) -> Result<HttpResponse> {
    let into = find(&staff, &whom).await?;
    into.customer().ok_or(Error::NotFound)?;
    let query = staff.visit().query()?;
    let typed = query.get("email").unwrap_or_default().trim().to_owned();
    if typed.is_empty() {
        return page(&staff, &into, (&typed, ""), None);
    }
    match seek(&staff, &into, &typed).await? {
        Ok((from, merging)) => page(&staff, &into, (&typed, ""), Some((from, merging))),
        Err(wrong) => page(&staff, &into, (&typed, wrong), None),
    }
}

pub async fn merge(staff: Staff, whom: Path<String>, form: Form) -> Result<HttpResponse> {
    let into = find(&staff, &whom).await?;
    let id = into.customer().ok_or(Error::NotFound)?;
    let from = CustomerId(form.get("from").parse().map_err(|_| Error::NotFound)?);
    let who = staff.who();
    let write = move |conn: &mut Conn| care::merge(conn, (from, id), &who);
    match staff.visit().shop.db.write(write).await? {
        true => {
            let page = address(&staff.desk("admin-customers"), &into);
            Ok(see_other(&format!("{page}?done=merged")))
        }
        false => page(&staff, &into, ("", "merge-gone"), None),
    }
}

type Sought = std::result::Result<(Whom, Merging), &'static str>;

/// The other account, and what there is of it; else the key of what is wrong.
async fn seek(staff: &Staff, into: &Whom, typed: &str) -> Result<Sought> {
    let Some(email) = Email::parse(typed) else { return Ok(Err("admin-email-wrong")) };
    let own = into.customer();
    let seek = move |conn: &mut Conn| {
        let Some(id) = privacy::find(conn, &email)?.customer else { return Ok(Err("merge-none")) };
        if Some(id) == own {
            return Ok(Err("merge-same"));
        }
        let found = book::find_whom(conn, id)?;
        let Some(from) = found else { return Ok(Err("merge-none")) };
        let merging = care::outlook(conn, &from)?;
        Ok(Ok((from, merging)))
    };
    staff.visit().shop.db.read(seek).await
}

fn page(
    staff: &Staff,
    into: &Whom,
    (typed, wrong): (&str, &'static str),
    found: Option<(Whom, Merging)>,
) -> Result<HttpResponse> {
    let shell = staff.desk("customer-merge");
    let form = Form::filled(&[("email", typed)]);
    let field = Field { autocomplete: "off", ..Field::email(&shell, &form) };
    let mistakes: Vec<_> =
        Some(("email", wrong)).into_iter().filter(|(_, key)| !key.is_empty()).collect();
    let base = address(&shell, into);
    let page = MergePage {
        fields: vec![field.with(&shell, &mistakes).hint(shell.t("merge-hint"))],
        from: found
            .as_ref()
            .and_then(|(from, _)| from.customer())
            .map(|id| id.to_string())
            .unwrap_or_default(),
        effects: found.map(|found| effects(&shell, into, &found)).unwrap_or_default(),
        action: format!("{base}/merge"),
        back: (base, into.name().to_owned()),
        shell,
    };
    let status = match wrong.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn effects(shell: &Desk, into: &Whom, (from, merging): &(Whom, Merging)) -> Vec<String> {
    let named = [
        ("from", format!("{} ({})", from.name(), from.email()).into()),
        ("into", format!("{} ({})", into.name(), into.email()).into()),
    ];
    vec![
        shell.texts().with("merge-effect", &named),
        shell.count("merge-orders", merging.orders),
        shell.count("merge-addresses", merging.addresses),
        shell.count("merge-notes", merging.notes),
        shell.count("merge-wishes", merging.wishes),
        shell.t("merge-codes").to_owned(),
        shell.with("merge-end", "email", from.email()),
    ]
}

//! What a change would make of the products, before it is done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Named, SHOWN, Staff, chosen, words};
use crate::admin::desk::Desk;
use crate::admin::listing::address;
use crate::catalog::bulk::{self, Change, Chosen, Plan};
use crate::catalog::queries::card_rows;
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/products/bulk/preview.html")]
struct PreviewPage {
    shell: Desk,
    /// The change, in words.
    change: String,
    /// Back to what can be done to the same products.
    back: String,
    action: String,
    fields: Vec<(String, String)>,
    count: i64,
    /// Whether more products are meant than are shown.
    is_cut: bool,
    /// Whether others were found a moment ago.
    has_moved: bool,
    rows: Vec<RowView>,
    is_price: bool,
}

struct RowView {
    product: Named,
    becomes: Becomes,
}

/// What becomes of a product, in words.
enum Becomes {
    Same,
    To {
        from: String,
        to: String,
    },
    /// It is left alone, for this reason.
    Left(String),
}

/// The fields of the change, to be sent on.
fn asked(form: &Form) -> impl Iterator<Item = (String, String)> {
    let prefix = format!("{}-", form.get("change"));
    let of = move |name: &str| name == "change" || name.starts_with(&prefix);
    let pairs = form.iter().filter(move |(name, _)| of(name));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
}

pub(super) async fn page(
    staff: &Staff,
    (chosen, change, form): (Chosen, Change, &Form),
    status: StatusCode,
) -> Result<HttpResponse> {
    let (view, which) = (staff.visit().view(), chosen.clone());
    let load = move |conn: &mut Conn| {
        let count = bulk::count(conn, &view, &which)?;
        let ids = bulk::first(conn, &view, &which, SHOWN)?;
        let states = bulk::states(conn, &ids, view.frame.settings.currency)?;
        Ok((count, states, card_rows(conn, &view, &ids)?))
    };
    let (count, states, cards) = staff.visit().shop.db.read(load).await?;
    let shell = staff.desk("bulk-preview");
    let rows = states.iter().map(|(id, state)| RowView {
        product: Named::of(&shell, *id, &cards),
        becomes: becomes(&shell, change.plan(state)),
    });
    let action = shell.href("/admin/products/bulk").into_owned();
    let chosen = chosen::fields(&shell, &chosen);
    let pairs: Vec<_> = chosen.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
    let page = PreviewPage {
        rows: rows.collect(),
        change: words::change(&shell, &change),
        back: address(&action, &pairs),
        is_cut: count > SHOWN,
        has_moved: status == StatusCode::CONFLICT,
        is_price: change.is_of_prices(),
        fields: chosen.into_iter().chain(asked(form)).collect(),
        action,
        count,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn becomes(shell: &Desk, plan: Plan) -> Becomes {
    match plan {
        Plan::Same => Becomes::Same,
        Plan::To { from, to } => {
            Becomes::To { from: words::values(shell, &from), to: words::values(shell, &to) }
        }
        Plan::Cannot(problem) => Becomes::Left(words::problem(shell, problem)),
    }
}

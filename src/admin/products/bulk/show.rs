//! `/admin/products/bulk/{number}`: how far a change of many products is, what was left alone, and the
//! button that puts everything back.

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

use super::{Named, SHOWN, Staff, forbidden, may, words};
use crate::admin::desk::Desk;
use crate::catalog::bulk::{self, Counts, Edit, Row, Stage, Stand};
use crate::catalog::queries::{CardRow, card_rows};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{BulkEditId, ProductId};
use crate::web::{Html, View, dates, see_other};

#[derive(Template)]
#[template(path = "admin/products/bulk/show.html")]
struct BulkPage {
    shell: Desk,
    change: String,
    made: String,
    status: String,
    /// Whether it goes on: whoever waits looks again.
    is_going_on: bool,
    /// Whether the shop has given up going on.
    has_stopped: bool,
    can_undo: bool,
    action: String,
    /// How many products stand how, in words.
    counts: Vec<String>,
    /// Products that were left alone, and those that were not put back, each with its reason.
    left: Vec<(Named, String)>,
}

struct Loaded {
    edit: Edit,
    counts: Counts,
    left: Vec<Row>,
    cards: BTreeMap<ProductId, CardRow>,
    has_stopped: bool,
}

pub async fn show(staff: Staff, number: Path<String>) -> Result<Html> {
    let (id, view) = (find(&number)?, staff.visit().view());
    let loaded = staff.visit().shop.db.read(move |conn| load(conn, &view, id)).await?;
    let may_change = may(&staff, &loaded.edit.change);
    Ok(Html::page(&view_of(staff.desk("bulk"), &loaded, may_change))?.personal())
}

/// `POST /admin/products/bulk/{number}/undo`
pub async fn undo(staff: Staff, number: Path<String>) -> Result<HttpResponse> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    act(&staff, &number, move |conn, id| bulk::undo(conn, (&who, &frame), id)).await
}

/// `POST /admin/products/bulk/{number}/resume`
pub async fn resume(staff: Staff, number: Path<String>) -> Result<HttpResponse> {
    let who = staff.who();
    act(&staff, &number, move |conn, id| bulk::resume(conn, &who, id)).await
}

/// Back to its page, which says how it stands, also where somebody else was first.
async fn act(
    staff: &Staff,
    number: &str,
    deed: impl Fn(&mut Conn, BulkEditId) -> Result<bool> + Send + 'static,
) -> Result<HttpResponse> {
    let (id, db) = (find(number)?, &staff.visit().shop.db);
    let edit = db.read(move |conn| bulk::find(conn, id)).await?.ok_or(Error::NotFound)?;
    if !may(staff, &edit.change) {
        return forbidden(staff);
    }
    db.write(move |conn| deed(conn, id)).await?;
    Ok(see_other(&staff.visit().href(&format!("/admin/products/bulk/{id}"))))
}

fn find(number: &str) -> Result<BulkEditId> {
    number.parse().map(BulkEditId).map_err(|_| Error::NotFound)
}

fn load(conn: &mut Conn, view: &View, id: BulkEditId) -> Result<Loaded> {
    let edit = bulk::find(conn, id)?.ok_or(Error::NotFound)?;
    let counts = bulk::counts(conn, id)?;
    let mut left = bulk::settled(conn, id, Stand::Left, SHOWN)?;
    left.extend(bulk::settled(conn, id, Stand::Kept, SHOWN)?);
    let ids: Vec<ProductId> = left.iter().map(|row| row.product).collect();
    let cards = card_rows(conn, view, &ids)?;
    let has_stopped = edit.stage.is_going_on() && bulk::stopped(conn)?.contains_key(&id);
    Ok(Loaded { edit, counts, left, cards, has_stopped })
}

fn view_of(mut shell: Desk, loaded: &Loaded, may_change: bool) -> BulkPage {
    let Loaded { edit, counts, left, cards, has_stopped } = loaded;
    let change = words::change(&shell, &edit.change);
    shell.shell.head.title.clone_from(&change);
    let counted = counts.iter().map(|(stand, count)| {
        let key = match (stand, edit.stage) {
            (Stand::Done, Stage::Undoing) => "bulk-count-to-undo".to_owned(),
            (stand, _) => format!("bulk-count-{}", stand.code()),
        };
        shell.count(&key, *count)
    });
    let why = |row: &Row| row.problem.map(|it| words::problem(&shell, it)).unwrap_or_default();
    let made = [
        ("name", edit.staff.1.as_str().into()),
        ("at", dates::instant(&shell, edit.made_at).into()),
    ];
    BulkPage {
        made: shell.texts().with("bulk-made", &made),
        status: words::status(&shell, edit.stage, *has_stopped),
        is_going_on: edit.stage.is_going_on() && !has_stopped,
        has_stopped: *has_stopped && may_change,
        can_undo: may_change && edit.stage == Stage::Done && counts.contains_key(&Stand::Done),
        action: shell.href(&format!("/admin/products/bulk/{}", edit.id)).into_owned(),
        counts: counted.collect(),
        left: left.iter().map(|row| (Named::of(&shell, row.product, cards), why(row))).collect(),
        change,
        shell,
    }
}

//! `/admin/products/{id}/related`: what goes well with a product, in the order in which its page shows it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{Badge, badge};
use crate::admin::desk::Desk;
use crate::admin::listing::address;
use crate::admin::{Allowed, queries};
use crate::catalog::book::{self, Entry};
use crate::catalog::keep;
use crate::catalog::related::{self, MOST, Wish};
use crate::catalog::shelves::Shift;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::staff::{Permission, Rule, to};
use crate::web::{Form, Html, Picture, View, see_other};

#[derive(Template)]
#[template(path = "admin/products/related.html")]
struct RelatedPage {
    shell: Desk,
    name: String,
    /// The product's own page.
    product: String,
    action: String,
    related: Vec<OtherView>,
    /// What was looked for, where what is found is added, and what was found.
    text: String,
    add: String,
    found: Vec<OtherView>,
    is_full: bool,
    /// Whether one too many was to be added.
    is_refused: bool,
    can_change: bool,
}

/// Another product.
struct OtherView {
    id: ProductId,
    href: String,
    name: String,
    picture: Option<Picture>,
    badge: Badge,
}

struct Loaded {
    name: String,
    related: Vec<Entry>,
    found: Vec<Entry>,
}

/// So many are found at once.
const FOUND: i64 = 12;

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, ProductId(*id), StatusCode::OK).await
}

pub async fn change(
    staff: Allowed<to::ChangeProducts>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, who) = (ProductId(*id), staff.who());
    let wish = read(&form).ok_or(Error::Malformed("there is no such wish"))?;
    let write = move |conn: &mut Conn| related::change(conn, &who, (id, wish));
    match staff.visit().shop.db.write(write).await? {
        true => {
            let own = staff.visit().href(&format!("/admin/products/{id}/related"));
            Ok(see_other(&address(&own, &[("q", &searched(&staff)?)])))
        }
        false => page(&staff, id, StatusCode::CONFLICT).await,
    }
}

fn read(form: &Form) -> Option<Wish> {
    let of = |name| form.get(name).parse().ok().map(ProductId);
    let moved = |name, way| of(name).map(|id| Wish::Move(id, way));
    let wish = of("add").map(Wish::Add).or(of("remove").map(Wish::Remove));
    wish.or(moved("up", Shift::Up)).or(moved("down", Shift::Down))
}

fn searched<R>(staff: &Allowed<R>) -> Result<String> {
    Ok(staff.visit().query()?.get("q").unwrap_or_default().trim().to_owned())
}

async fn page<R: Rule>(
    staff: &Allowed<R>,
    id: ProductId,
    status: StatusCode,
) -> Result<HttpResponse> {
    let (text, view) = (searched(staff)?, staff.visit().view());
    let typed = text.clone();
    let read = move |conn: &mut Conn| load(conn, &view, (id, &typed));
    let Loaded { name, related, found } = staff.visit().shop.db.read(read).await?;
    let mut shell = staff.desk("related");
    shell.shell.head.title = shell.with("related-of", "name", &name);
    let product = shell.href(&format!("/admin/products/{id}")).into_owned();
    let action = format!("{product}/related");
    let page = RelatedPage {
        is_full: related.len() >= MOST,
        is_refused: status == StatusCode::CONFLICT,
        found: found.into_iter().map(|entry| view_of(&shell, entry)).collect(),
        related: related.into_iter().map(|entry| view_of(&shell, entry)).collect(),
        can_change: staff.may(Permission::ChangeProducts),
        add: address(&action, &[("q", &text)]),
        product,
        action,
        text,
        name,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(conn: &mut Conn, view: &View, (id, typed): (ProductId, &str)) -> Result<Loaded> {
    let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
    let related = related::list(conn, id)?;
    let found = queries::products(conn, typed, view.language, FOUND)?.into_iter().map(|it| it.id);
    let found: Vec<ProductId> =
        found.filter(|found| *found != id && !related.contains(found)).collect();
    Ok(Loaded {
        name: kept.sheet.name(view.frame.own_language()).to_owned(),
        related: book::entries(conn, view, &related)?,
        found: book::entries(conn, view, &found)?,
    })
}

fn view_of(shell: &Desk, entry: Entry) -> OtherView {
    OtherView {
        id: entry.id,
        href: shell.href(&format!("/admin/products/{}", entry.id)).into_owned(),
        badge: badge(shell, entry.status, (entry.publish_at, entry.unpublish_at)),
        name: entry.name,
        picture: entry.picture,
    }
}

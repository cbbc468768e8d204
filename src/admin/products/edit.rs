//! `/admin/products/{id}`: everything about a product on one page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::form::{read, tax_classes};
use super::{Badge, badge, brands, categories, named, with_none};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::reader::Mistakes;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::{LanguageView, Typed};
use crate::audit::{self, Entity, Entry};
use crate::catalog::grid::{self, Line};
use crate::catalog::keep::{self, Edit, Kept, Saved};
use crate::catalog::model::Status;
use crate::catalog::queries::{self, AttributeRow};
use crate::catalog::{preview, related, specs};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::staff::{Permission, Rule, to};
use crate::web::{Form, Html, Picture, View, dates, see_other};

#[derive(Template)]
#[template(path = "admin/products/edit.html")]
struct ProductPage {
    shell: Desk,
    action: String,
    name: String,
    badge: Badge,
    /// The hidden fields of the form.
    version: i64,
    seen: String,
    notice: Notice,
    languages: Vec<LanguageView>,
    visibility: Vec<Field>,
    handle: Vec<Field>,
    groups: Vec<Field>,
    tax: Vec<Field>,
    requires_shipping: bool,
    pictures: Vec<Picture>,
    variants: Vec<VariantView>,
    /// Name and values of what it says about itself.
    facts: Vec<(String, String)>,
    /// The names of what goes well with it.
    related: String,
    /// Where shoppers see it, or staff before they do.
    shown_at: String,
    is_live: bool,
    is_archived: bool,
    changed: String,
    can_change: bool,
}

/// A variant as it is sold.
struct VariantView {
    name: String,
    sku: String,
    price: String,
    on_hand: i64,
}

/// What the page shows besides the form.
struct Loaded {
    kept: Kept,
    pictures: Vec<Picture>,
    lines: Vec<Line>,
    attributes: Vec<AttributeRow>,
    related: Vec<String>,
    last: Option<Entry>,
}

/// How many variants are shown here; all of them are on a page of their own.
const SHOWN_VARIANTS: i64 = 12;
pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, ProductId(*id), None).await
}

pub async fn save(
    staff: Allowed<to::ChangeProducts>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let id = ProductId(*id);
    let kept = find(&staff, id).await?;
    let (visit, version) = (staff.visit(), kept.version);
    if form.get("version") != version.to_string() {
        return meanwhile(&staff, &kept, &form).await;
    }
    let sheet = match read(&form, &kept.sheet, (&visit.frame, visit.now)) {
        Ok(sheet) => sheet,
        Err(mistakes) => return again(&staff, id, &form, mistakes).await,
    };
    let (who, frame) = (staff.who(), visit.frame.clone());
    let write = move |conn: &mut Conn| {
        keep::save(conn, &Edit { who: &who, frame: &frame, id, version }, &sheet)
    };
    match visit.shop.db.write(write).await {
        Ok(Saved::Done) => Ok(see_other(&visit.href(&format!("/admin/products/{id}?saved=1")))),
        Ok(Saved::Meanwhile) => meanwhile(&staff, &find(&staff, id).await?, &form).await,
        Err(error) if error.is_duplicate() => {
            let taken = Mistakes::from([("handle".to_owned(), "product-handle-taken")]);
            again(&staff, id, &form, taken).await
        }
        Err(error) => Err(error),
    }
}

async fn find<R: Rule>(staff: &Allowed<R>, id: ProductId) -> Result<Kept> {
    let found = staff.visit().shop.db.read(move |conn| keep::find(conn, id)).await?;
    found.ok_or(Error::NotFound)
}

/// What was typed, each mistake at its field.
async fn again<R: Rule>(
    staff: &Allowed<R>,
    id: ProductId,
    form: &Form,
    mistakes: Mistakes,
) -> Result<HttpResponse> {
    page(staff, id, Some(Sent { form, mistakes: &mistakes, merged: None })).await
}

/// What was typed, and what somebody else has saved since the form was opened.
async fn meanwhile<R: Rule>(staff: &Allowed<R>, kept: &Kept, form: &Form) -> Result<HttpResponse> {
    let merged = merge(form, &kept.sheet.fields(&staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, kept.id, Some(sent)).await
}

async fn page<R: Rule>(
    staff: &Allowed<R>,
    id: ProductId,
    sent: Option<Sent<'_>>,
) -> Result<HttpResponse> {
    let visit = staff.visit();
    let view = visit.view();
    let loaded = visit.shop.db.read(move |conn| load(conn, &view, id)).await?;
    let status = sent.as_ref().map_or(StatusCode::OK, Sent::status);
    let page = view_of(staff, loaded, sent)?;
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(conn: &mut Conn, view: &View, id: ProductId) -> Result<Loaded> {
    let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
    let pictures = queries::pictures(conn, view, id)?.into_iter().map(|(_, picture)| picture);
    let pictures = pictures.collect();
    let lines = grid::lines(conn, id, view.frame.settings.currency, (0, SHOWN_VARIANTS))?;
    let attributes = queries::attributes(conn, id)?;
    let related = related_names(conn, view, id)?;
    let last = audit::last_of(conn, &Entity::Product(id))?;
    Ok(Loaded { kept, pictures, lines, attributes, related, last })
}

fn related_names(conn: &mut Conn, view: &View, id: ProductId) -> Result<Vec<String>> {
    let related = related::list(conn, id)?;
    let mut cards = queries::card_rows(conn, view, &related)?;
    Ok(related.iter().filter_map(|id| Some(cards.remove(id)?.name)).collect())
}

fn view_of<R: Rule>(
    staff: &Allowed<R>,
    loaded: Loaded,
    sent: Option<Sent<'_>>,
) -> Result<ProductPage> {
    let Loaded { kept, pictures, lines, attributes, related, last } = loaded;
    let mut shell = staff.desk("admin-products");
    let sheet = &kept.sheet;
    let name = sheet.name(shell.frame().own_language()).to_owned();
    shell.shell.head.title.clone_from(&name);
    let fields = sheet.fields(shell.frame());
    let stored = Form::default().with(fields.clone());
    let form = sent.as_ref().map_or(&stored, |sent| sent.form);
    let label = |field: &str| format!("product-{field}");
    let is_saved = staff.visit().query()?.get("saved").is_some();
    let typed = Typed { shell: &shell, form, sent: sent.as_ref(), label };
    let shown_at = format!("/products/{}", form.get("handle"));
    let texts = |language| typed.language(language, &["subtitle"], &shown_at);
    let is_live = sheet.status == Status::Active && sheet.publish_at <= shell.now();
    Ok(ProductPage {
        action: shell.href(&format!("/admin/products/{}", kept.id)).into_owned(),
        badge: badge(&shell, sheet.status, (sheet.publish_at, sheet.unpublish_at)),
        version: kept.version,
        seen: seal(&fields),
        notice: typed.notice(is_saved, "product-meanwhile"),
        languages: shell.settings().languages.iter().map(|l| texts(*l)).collect(),
        visibility: visibility(&typed),
        handle: vec![handle(&typed)],
        groups: groups(&typed),
        tax: tax(&typed, &kept),
        requires_shipping: !form.get("requires_shipping").is_empty(),
        pictures,
        facts: specs::rows(&shell, &staff.visit().view(), &attributes, None),
        related: related.join(", "),
        variants: lines.iter().map(|line| variant(&shell, line, &name)).collect(),
        shown_at: match is_live {
            true => shell.href(&format!("/products/{}", sheet.slug)).into_owned(),
            false => preview::path(&staff.visit().shop.keys, kept.id, shell.now()),
        },
        is_live,
        is_archived: sheet.status == Status::Archived,
        changed: changed(&shell, &kept, last),
        can_change: staff.may(Permission::ChangeProducts),
        name,
        shell,
    })
}

fn variant(shell: &Desk, line: &Line, product: &str) -> VariantView {
    let values = named(shell, &line.values);
    VariantView {
        name: if values.is_empty() { product.to_owned() } else { values },
        sku: line.sku.clone(),
        price: line.price.map(|price| shell.money(&price)).unwrap_or_default(),
        on_hand: line.on_hand,
    }
}

fn changed(shell: &Desk, kept: &Kept, last: Option<Entry>) -> String {
    let at = dates::instant(shell, kept.updated_at);
    match last.filter(|last| !last.actor_name.is_empty()) {
        Some(last) => shell
            .texts()
            .with("product-changed-by", &[("name", last.actor_name.into()), ("at", at.into())]),
        None => shell.with("product-changed-at", "at", at),
    }
}

fn visibility(typed: &Typed<'_>) -> Vec<Field> {
    let statuses = Status::ALL.map(|status| {
        let text = typed.shell.t(&format!("product-{}", status.code())).to_owned();
        (status.code().to_owned(), text)
    });
    let time = |name: &str, hint| {
        let field = Field { kind: "datetime-local", ..typed.field(name, 0) };
        field.hint(typed.shell.t(hint))
    };
    vec![
        typed.select("status", statuses.to_vec()),
        time("publish_at", "product-publish-hint"),
        time("unpublish_at", "product-unpublish-hint"),
    ]
}

fn handle(typed: &Typed<'_>) -> Field {
    let field = Field { is_optional: false, ..typed.field("handle", 100) };
    field.hint(typed.shell.t("product-handle-hint"))
}

fn groups(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    vec![
        typed.select("category", with_none(shell, categories(shell))),
        typed.select("brand", with_none(shell, brands(shell))),
        typed.field("tags", 1_500).hint(shell.t("product-tags-hint")),
    ]
}

fn tax(typed: &Typed<'_>, kept: &Kept) -> Vec<Field> {
    let classes = tax_classes(typed.shell.frame(), &kept.sheet);
    let choices: Vec<_> = classes.into_iter().map(|class| (class.clone(), class)).collect();
    vec![typed.select("tax_class", choices)]
}

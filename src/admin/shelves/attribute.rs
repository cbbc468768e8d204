//! `/admin/products/attributes/{id}`: an attribute's name and the values that it offers; `new` makes one.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::choices::{self, Page};
use super::edit::{EditPage, Tick};
use super::{name, number};
use crate::admin::Allowed;
use crate::admin::field::Field;
use crate::admin::meanwhile::merge;
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::Sent;
use crate::admin::typed::{LONGEST_NAME, LanguageView, Typed};
use crate::catalog::keep::Saved;
use crate::catalog::model::Kind;
use crate::catalog::shelves::attribute::{self, Sheet};
use crate::catalog::shelves::choices::Changes;
use crate::catalog::shelves::{Edit, Kept};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::AttributeId;
use crate::language::Language;
use crate::staff::{Rule, to};
use crate::web::frame::Frame;
use crate::web::{Form, see_other};

/// An attribute that there is, with a page of its values.
struct Known {
    id: AttributeId,
    kept: Kept<Sheet>,
    choices: Page,
}

/// How long what stands behind a number may be.
const LONGEST_UNIT: usize = 20;

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<String>) -> Result<HttpResponse> {
    let known = find(&staff, &id).await?;
    page(&staff, known.as_ref(), None)
}

pub async fn save(
    staff: Allowed<to::ChangeProducts>,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let known = find(&staff, &id).await?;
    if known.as_ref().is_some_and(|known| form.get("version") != known.kept.version.to_string()) {
        return meanwhile(&staff, known.as_ref(), &form);
    }
    let read = match read(&form, known.as_ref(), &staff.visit().frame) {
        Ok(read) => read,
        Err(mistakes) => {
            let sent = Sent { form: &form, mistakes: &mistakes, merged: None };
            return page(&staff, known.as_ref(), Some(&sent));
        }
    };
    match write(&staff, known.as_ref(), read).await? {
        Some(id) => {
            staff.visit().shop.refresh().await?;
            let number = known.map_or(0, |known| known.choices.number);
            let saved = format!("/admin/products/attributes/{id}?saved=1&page={number}");
            Ok(see_other(&staff.visit().href(&saved)))
        }
        None => meanwhile(&staff, find(&staff, &id).await?.as_ref(), &form),
    }
}

/// `None` when somebody else has changed it since.
async fn write(
    staff: &Allowed<to::ChangeProducts>,
    known: Option<&Known>,
    (sheet, changes): (Sheet, Changes),
) -> Result<Option<AttributeId>> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let known = known.map(|known| (known.id, known.kept.version));
    let write = move |conn: &mut Conn| match known {
        None => attribute::make(conn, (&who, &frame), &sheet).map(Some),
        Some((id, version)) => {
            let edit = Edit { who: &who, frame: &frame, id, version };
            let saved = attribute::save(conn, &edit, (&sheet, &changes))?;
            Ok((saved == Saved::Done).then_some(id))
        }
    };
    staff.visit().shop.db.write(write).await
}

async fn find<R: Rule>(staff: &Allowed<R>, address: &str) -> Result<Option<Known>> {
    let Some(id) = number(address, AttributeId)? else { return Ok(None) };
    let query = staff.visit().query()?;
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
    let load = move |conn: &mut Conn| {
        let kept = attribute::find(conn, id)?.ok_or(Error::NotFound)?;
        Ok(Known { id, kept, choices: Page::load(conn, id, number)? })
    };
    staff.visit().shop.db.read(load).await.map(Some)
}

fn read(form: &Form, known: Option<&Known>, frame: &Frame) -> Result<(Sheet, Changes), Mistakes> {
    let mut reader = Reader::of(form);
    let kind = match known {
        Some(known) => Some(known.kept.sheet.kind),
        None => reader.ask("kind", "form-choose", Kind::parse),
    };
    let kind = kind.unwrap_or(Kind::Choice);
    let sheet = Sheet {
        name: name(&mut reader, "name", frame),
        unit: if kind == Kind::Number { reader.line("unit", LONGEST_UNIT) } else { String::new() },
        filterable: match (kind, known) {
            (Kind::Choice, _) => !form.get("filterable").is_empty(),
            (_, known) => known.is_some_and(|known| known.kept.sheet.filterable),
        },
        kind,
    };
    let changes = match (known, kind) {
        (Some(known), Kind::Choice) => choices::read(&mut reader, &known.choices, frame),
        _ => Changes::default(),
    };
    reader.end((sheet, changes))
}

/// What was typed, and what somebody else has saved since the form was opened.
fn meanwhile<R: Rule>(
    staff: &Allowed<R>,
    known: Option<&Known>,
    form: &Form,
) -> Result<HttpResponse> {
    let merged = merge(form, &stored(known, &staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, known, Some(&sent))
}

fn stored(known: Option<&Known>, frame: &Frame) -> Vec<(String, String)> {
    let Some(known) = known else { return Vec::new() };
    let fields = known.kept.sheet.fields(frame).into_iter();
    fields.chain(known.choices.fields(frame)).collect()
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    known: Option<&Known>,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let shell = staff.desk("shelves-attribute-new");
    let stored = stored(known, shell.frame());
    let plain = Form::default().with(stored.clone());
    let form = sent.map_or(&plain, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent, label: |field| format!("attribute-{field}") };
    let version = known.map(|known| known.kept.version);
    let mut page = EditPage::new(staff, &typed, (version, &stored))?;
    let languages = shell.settings().languages.iter();
    page.languages = languages.map(|language| language_of(&typed, *language)).collect();
    let kind = known.map(|known| known.kept.sheet.kind);
    page.fields = fields(&typed, kind);
    if kind.is_none_or(|kind| kind == Kind::Choice) {
        let keys = ["attribute-filterable", "attribute-filterable-hint"];
        page.ticks = vec![Tick::new(&shell, form, "filterable", keys)];
    }
    let list = shell.href("/admin/products/attributes").into_owned();
    page.back = (list.clone(), shell.t("shelves-attributes").to_owned());
    if let Some(known) = known {
        page.action = format!("{list}/{}?page={}", known.id, known.choices.number);
        page.shell.shell.head.title = shell.local(&known.kept.sheet.name).to_owned();
        page.removal = format!("{list}/{}/removal", known.id);
        page.choices = (kind == Some(Kind::Choice))
            .then(|| choices::view(&typed, &known.choices, &format!("{list}/{}", known.id)));
    }
    page.answer(&typed)
}

fn language_of(typed: &Typed<'_>, language: Language) -> LanguageView {
    let name = typed.field(format!("name-{}", language.code()), LONGEST_NAME);
    let is_optional = language != typed.shell.frame().own_language();
    LanguageView { texts: vec![Field { is_optional, ..name }], ..LanguageView::of(language) }
}

/// The kind is chosen once.
fn fields(typed: &Typed<'_>, kind: Option<Kind>) -> Vec<Field> {
    let shell = typed.shell;
    let named = |kind: Kind| {
        let words = shell.t(&format!("attribute-kind-{}", kind.code())).to_owned();
        (kind.code().to_owned(), words)
    };
    let kinds = match kind {
        Some(kind) => vec![named(kind)],
        None => Kind::ALL.map(named).to_vec(),
    };
    let kinds = typed.select("kind", kinds).hint(shell.t("attribute-kind-hint"));
    let unit = typed.field("unit", LONGEST_UNIT).hint(shell.t("attribute-unit-hint"));
    let has_unit = kind.is_none_or(|kind| kind == Kind::Number);
    std::iter::once(kinds).chain(has_unit.then_some(unit)).collect()
}

//! `/admin/products/categories/{id}`: a category's texts, its address and its place; `new` makes one.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::{EditPage, Tick};
use super::{handle, number};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::merge;
use crate::admin::products::categories;
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::Sent;
use crate::admin::typed::{LONGEST_NAME, LONGEST_SEO, LONGEST_TEXT, Typed};
use crate::catalog::keep::Saved;
use crate::catalog::shelves::category::{self, DEEPEST, MOST, Sheet, Words};
use crate::catalog::shelves::{Edit, Kept};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::CategoryId;
use crate::language::Language;
use crate::staff::{Permission, Rule, to};
use crate::values::Slug;
use crate::web::frame::Frame;
use crate::web::{Form, see_other};

/// A category that there is.
type Known = Option<(CategoryId, Kept<Sheet>)>;

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<String>) -> Result<HttpResponse> {
    let known = find(&staff, &id).await?;
    page(&staff, &known, None)
}

pub async fn save(
    staff: Allowed<to::ChangeProducts>,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let known = find(&staff, &id).await?;
    if let Some((_, kept)) = &known
        && form.get("version") != kept.version.to_string()
    {
        return meanwhile(&staff, &known, &form);
    }
    let own = known.as_ref().map(|(id, _)| *id);
    let sheet = match read(&form, own, &staff.visit().frame) {
        Ok(sheet) => sheet,
        Err(mistakes) => return again(&staff, &known, &form, &mistakes),
    };
    match write(&staff, &known, sheet).await {
        Ok(Some(id)) => {
            staff.visit().shop.refresh().await?;
            let saved = format!("/admin/products/categories/{id}?saved=1");
            Ok(see_other(&staff.visit().href(&saved)))
        }
        Ok(None) => meanwhile(&staff, &find(&staff, &id).await?, &form),
        Err(error) if error.is_duplicate() => {
            let taken = Mistakes::from([("handle".to_owned(), "category-handle-taken")]);
            again(&staff, &known, &form, &taken)
        }
        Err(error) => Err(error),
    }
}

/// `None` when somebody else has changed it since.
async fn write(
    staff: &Allowed<to::ChangeProducts>,
    known: &Known,
    sheet: Sheet,
) -> Result<Option<CategoryId>> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let known = known.as_ref().map(|(id, kept)| (*id, kept.version));
    let write = move |conn: &mut Conn| match known {
        None => category::make(conn, (&who, &frame), &sheet).map(Some),
        Some((id, version)) => {
            let edit = Edit { who: &who, frame: &frame, id, version };
            let saved = category::save(conn, &edit, &sheet)?;
            Ok((saved == Saved::Done).then_some(id))
        }
    };
    staff.visit().shop.db.write(write).await
}

async fn find<R: Rule>(staff: &Allowed<R>, address: &str) -> Result<Known> {
    let Some(id) = number(address, CategoryId)? else { return Ok(None) };
    let kept = staff.visit().shop.db.read(move |conn| category::find(conn, id)).await?;
    Ok(Some((id, kept.ok_or(Error::NotFound)?)))
}

fn read(form: &Form, own: Option<CategoryId>, frame: &Frame) -> Result<Sheet, Mistakes> {
    let mut reader = Reader::of(form);
    let sheet = Sheet {
        slug: handle(&mut reader),
        parent: stands_in(&mut reader, own, frame),
        hidden: !form.get("hidden").is_empty(),
        texts: Default::default(),
    };
    let texts = frame.settings.languages.iter().filter_map(|language| {
        let words = words(&mut reader, *language);
        let is_own = *language == frame.own_language();
        if (is_own || words != Words::default()) && words.name.is_empty() {
            reader.wrong(&format!("name-{}", language.code()), "shelf-name-missing");
        }
        (is_own || words != Words::default()).then_some((*language, words))
    });
    let texts = texts.collect();
    if own.is_none() && frame.categories.len() >= MOST {
        reader.wrong("handle", "category-too-many");
    }
    reader.end(Sheet { texts, ..sheet })
}

/// Any category but itself and those in it, and not too deep.
fn stands_in(
    reader: &mut Reader<'_>,
    own: Option<CategoryId>,
    frame: &Frame,
) -> Option<CategoryId> {
    let slug = reader.form.get("parent");
    let above = frame.category_at(slug).map(|parent| frame.path_to(parent.id)).unwrap_or_default();
    let is_circle = above.iter().any(|above| Some(above.id) == own);
    if !slug.is_empty() && (above.is_empty() || is_circle || above.len() >= DEEPEST) {
        reader.wrong("parent", "category-parent-wrong");
    }
    above.last().map(|parent| parent.id)
}

fn words(reader: &mut Reader<'_>, language: Language) -> Words {
    let name = |field: &str| format!("{field}-{}", language.code());
    Words {
        name: reader.line(&name("name"), LONGEST_NAME),
        description: reader.lines(&name("description"), LONGEST_TEXT),
        seo_title: reader.line(&name("seo_title"), LONGEST_NAME),
        seo_description: reader.line(&name("seo_description"), LONGEST_SEO),
    }
}

fn again<R: Rule>(
    staff: &Allowed<R>,
    known: &Known,
    form: &Form,
    mistakes: &Mistakes,
) -> Result<HttpResponse> {
    page(staff, known, Some(&Sent { form, mistakes, merged: None }))
}

/// What was typed, and what somebody else has saved since the form was opened.
fn meanwhile<R: Rule>(staff: &Allowed<R>, known: &Known, form: &Form) -> Result<HttpResponse> {
    let merged = merge(form, &stored(known, &staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, known, Some(&sent))
}

fn stored(known: &Known, frame: &Frame) -> Vec<(String, String)> {
    known.as_ref().map(|(_, kept)| kept.sheet.fields(frame)).unwrap_or_default()
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    known: &Known,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let shell = staff.desk("shelves-category-new");
    let stored = stored(known, shell.frame());
    let plain = match (known, staff.visit().query()?.get("parent")) {
        (None, Some(parent)) => Form::filled(&[("parent", parent)]),
        _ => Form::default().with(stored.clone()),
    };
    let form = sent.map_or(&plain, |sent| sent.form);
    let label = |field: &str| format!("category-{field}");
    let typed = Typed { shell: &shell, form, sent, label };
    let version = known.as_ref().map(|(_, kept)| kept.version);
    let mut page = EditPage::new(staff, &typed, (version, &stored))?;
    let shown_at = format!("/categories/{}", form.get("handle"));
    let languages = shell.settings().languages.iter();
    page.languages = languages.map(|it| typed.language(*it, &[], &shown_at)).collect();
    page.handle = vec![typed.field("handle", 100).hint(shell.t("category-handle-hint"))];
    page.fields = vec![parent(&typed, known)];
    page.ticks =
        vec![Tick::new(&shell, form, "hidden", ["category-hidden", "category-hidden-hint"])];
    let list = shell.href("/admin/products/categories").into_owned();
    page.back = (list.clone(), shell.t("shelves-categories").to_owned());
    if let Some((id, kept)) = known {
        page.shell.shell.head.title = kept.sheet.name(shell.frame().own_language()).to_owned();
        page.removal = format!("{list}/{id}/removal");
        page.links = links(staff, &shell, (*id, kept));
    }
    page.answer(&typed)
}

/// Where it is seen, its products, and a category below it.
fn links<R: Rule>(
    staff: &Allowed<R>,
    shell: &Desk,
    (id, kept): (CategoryId, &Kept<Sheet>),
) -> Vec<(String, String)> {
    let slug = kept.sheet.slug.as_ref().map(Slug::to_string).unwrap_or_default();
    let link = |path: String, key: &str| (shell.href(&path).into_owned(), shell.t(key).to_owned());
    let mut links = vec![link(format!("/admin/products?category={slug}"), "shelf-products")];
    if shell.frame().is_shown(id) {
        links.push(link(format!("/categories/{slug}"), "product-view"));
    }
    if staff.may(Permission::ChangeProducts) {
        let path = format!("/admin/products/categories/new?parent={slug}");
        links.push(link(path, "category-new-below"));
    }
    links
}

/// Where it stands: anywhere but in itself.
fn parent(typed: &Typed<'_>, known: &Known) -> Field {
    let frame = typed.shell.frame();
    let is_below = |slug: &str| {
        let path = frame.category_at(slug).map(|it| frame.path_to(it.id)).unwrap_or_default();
        path.iter().any(|above| known.as_ref().is_some_and(|(id, _)| above.id == *id))
    };
    let others = categories(typed.shell).into_iter().filter(|(slug, _)| !is_below(slug));
    let top = (String::new(), typed.shell.t("category-parent-none").to_owned());
    typed.select("parent", std::iter::once(top).chain(others).collect())
}

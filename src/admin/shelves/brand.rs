//! `/admin/products/brands/{id}`: a brand's name and what it is called in addresses; `new` makes one.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::EditPage;
use super::{handle, number};
use crate::admin::Allowed;
use crate::admin::field::Field;
use crate::admin::meanwhile::merge;
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::Sent;
use crate::admin::typed::{LONGEST_NAME, Typed};
use crate::catalog::keep::Saved;
use crate::catalog::shelves::brand::{self, Sheet};
use crate::catalog::shelves::{Edit, Kept};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::BrandId;
use crate::staff::{Rule, to};
use crate::values::Slug;
use crate::web::{Form, see_other};

/// A brand that there is.
type Known = Option<(BrandId, Kept<Sheet>)>;

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
    let again = |mistakes: &Mistakes| {
        page(&staff, &known, Some(&Sent { form: &form, mistakes, merged: None }))
    };
    let sheet = match read(&form) {
        Ok(sheet) => sheet,
        Err(mistakes) => return again(&mistakes),
    };
    match write(&staff, &known, sheet).await {
        Ok(Some(id)) => {
            staff.visit().shop.refresh().await?;
            let saved = format!("/admin/products/brands/{id}?saved=1");
            Ok(see_other(&staff.visit().href(&saved)))
        }
        Ok(None) => meanwhile(&staff, &find(&staff, &id).await?, &form),
        Err(error) if error.is_duplicate() => {
            again(&Mistakes::from([("handle".to_owned(), "brand-handle-taken")]))
        }
        Err(error) => Err(error),
    }
}

/// `None` when somebody else has changed it since.
async fn write(
    staff: &Allowed<to::ChangeProducts>,
    known: &Known,
    sheet: Sheet,
) -> Result<Option<BrandId>> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let known = known.as_ref().map(|(id, kept)| (*id, kept.version));
    let write = move |conn: &mut Conn| match known {
        None => brand::make(conn, &who, &sheet).map(Some),
        Some((id, version)) => {
            let edit = Edit { who: &who, frame: &frame, id, version };
            let saved = brand::save(conn, &edit, &sheet)?;
            Ok((saved == Saved::Done).then_some(id))
        }
    };
    staff.visit().shop.db.write(write).await
}

async fn find<R: Rule>(staff: &Allowed<R>, address: &str) -> Result<Known> {
    let Some(id) = number(address, BrandId)? else { return Ok(None) };
    let kept = staff.visit().shop.db.read(move |conn| brand::find(conn, id)).await?;
    Ok(Some((id, kept.ok_or(Error::NotFound)?)))
}

fn read(form: &Form) -> Result<Sheet, Mistakes> {
    let mut reader = Reader::of(form);
    let slug = handle(&mut reader);
    let name = reader.line("name", LONGEST_NAME);
    if name.is_empty() {
        reader.wrong("name", "shelf-name-missing");
    }
    reader.end(Sheet { name, slug })
}

/// What was typed, and what somebody else has saved since the form was opened.
fn meanwhile<R: Rule>(staff: &Allowed<R>, known: &Known, form: &Form) -> Result<HttpResponse> {
    let merged = merge(form, &stored(known));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, known, Some(&sent))
}

fn stored(known: &Known) -> Vec<(String, String)> {
    known.as_ref().map(|(_, kept)| kept.sheet.fields()).unwrap_or_default()
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    known: &Known,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let shell = staff.desk("shelves-brand-new");
    let stored = stored(known);
    let plain = Form::default().with(stored.clone());
    let form = sent.map_or(&plain, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent, label: |field| format!("brand-{field}") };
    let version = known.as_ref().map(|(_, kept)| kept.version);
    let mut page = EditPage::new(staff, &typed, (version, &stored))?;
    let name = Field { is_optional: false, ..typed.field("name", LONGEST_NAME) };
    page.fields = vec![name, typed.field("handle", 100).hint(shell.t("brand-handle-hint"))];
    let list = shell.href("/admin/products/brands").into_owned();
    page.back = (list.clone(), shell.t("shelves-brands").to_owned());
    if let Some((id, Kept { sheet: Sheet { name, slug }, .. })) = known {
        page.shell.shell.head.title.clone_from(name);
        page.removal = format!("{list}/{id}/removal");
        let slug = slug.as_ref().map(Slug::to_string).unwrap_or_default();
        let products = shell.href(&format!("/admin/products?brand={slug}")).into_owned();
        page.links = vec![(products, shell.t("shelf-products").to_owned())];
    }
    page.answer(&typed)
}

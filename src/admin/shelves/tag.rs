//! `/admin/products/tags/{tag}`: a tag, called something else or made one with another.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::edit::EditPage;
use crate::admin::Allowed;
use crate::admin::field::Field;
use crate::admin::products::{LONGEST_TAG, is_tag};
use crate::admin::reader::Mistakes;
use crate::admin::sent::Sent;
use crate::admin::typed::Typed;
use crate::catalog::shelves::tag;
use crate::error::{Error, Result};
use crate::staff::{Rule, to};
use crate::web::{Form, see_other};

/// The address of a tag's page.
pub(super) fn address(tag: &str) -> String {
    let name: String = form_urlencoded::byte_serialize(tag.as_bytes()).collect();
    format!("/admin/products/tags/{}", name.replace('+', "%20"))
}

pub async fn show(staff: Allowed<to::ViewProducts>, tag: Path<String>) -> Result<HttpResponse> {
    page(&staff, &tag, None).await
}

pub async fn rename(
    staff: Allowed<to::ChangeProducts>,
    old: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let new = form.get("name").to_owned();
    if !is_tag(&new) {
        let mistakes = Mistakes::from([("name".to_owned(), "tag-wrong")]);
        let sent = Sent { form: &form, mistakes: &mistakes, merged: None };
        return page(&staff, &old, Some(&sent)).await;
    }
    let saved = staff.visit().href(&format!("{}?saved=1", address(&new)));
    if new != *old {
        let (who, old) = (staff.who(), old.into_inner());
        let write = move |conn: &mut _| tag::rename(conn, &who, (&old, &new));
        staff.visit().shop.db.write(write).await?;
    }
    Ok(see_other(&saved))
}

async fn page<R: Rule>(
    staff: &Allowed<R>,
    name: &str,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let tag = name.to_owned();
    let products = staff.visit().shop.db.read(move |conn| tag::count(conn, &tag)).await?;
    if products == 0 {
        return Err(Error::NotFound);
    }
    let mut shell = staff.desk("shelves-tags");
    shell.shell.head.title = shell.with("tag-of", "name", name);
    let plain = Form::filled(&[("name", name)]);
    let form = sent.map_or(&plain, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent, label: |field| format!("tag-{field}") };
    let mut page = EditPage::new(staff, &typed, (None, &[]))?;
    page.action = shell.href(&address(name)).into_owned();
    let field = Field { is_optional: false, ..typed.field("name", LONGEST_TAG) };
    page.fields = vec![field.hint(shell.count("tag-name-hint", products))];
    page.back =
        (shell.href("/admin/products/tags").into_owned(), shell.t("shelves-tags").to_owned());
    page.removal = format!("{}/removal", page.action);
    page.answer(&typed)
}

//! `/admin/pages/{id}`: a page in all languages, beside each other.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::edition::published;
use super::form::{LONGEST_BODY, LONGEST_SEO, LONGEST_TITLE, read};
use super::{Badge, Staff, badge, kind_name};
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::found::Found;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::reader::Mistakes;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::Typed;
use crate::content::editions::{self, Edition};
use crate::content::keep::{self, Edit, Kept};
use crate::content::model::Saved;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::PageId;
use crate::language::Language;
use crate::web::{Form, Html, PageKind, see_other};

#[derive(Template)]
#[template(path = "admin/pages/edit.html")]
struct EditPage {
    shell: Desk,
    action: String,
    title: String,
    badge: Badge,
    kind: String,
    /// The hidden fields of the form.
    version: i64,
    seen: String,
    notice: Notice,
    languages: Vec<LanguageView>,
    is_published: bool,
    is_legal: bool,
    plain: Vec<Field>,
    editions: Vec<EditionView>,
    /// Where shoppers see it; empty as long as they do not.
    shown_at: String,
    can_remove: bool,
}

/// A page in one language, and how a search engine would show it.
struct LanguageView {
    code: &'static str,
    name: &'static str,
    texts: Vec<Field>,
    search: Vec<Field>,
    found: Found,
    /// Where what is typed can be looked at.
    preview: String,
}

struct EditionView {
    href: String,
    name: String,
    published: String,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (kept, editions) = load(&staff, PageId(*id)).await?;
    page(&staff, &kept, &editions, None)
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = PageId(*id);
    let (kept, editions) = load(&staff, id).await?;
    let (visit, version) = (staff.visit(), kept.version);
    let again = |mistakes: &Mistakes| {
        page(&staff, &kept, &editions, Some(Sent { form: &form, mistakes, merged: None }))
    };
    if form.get("version") != version.to_string() {
        return meanwhile(&staff, &kept, &editions, &form);
    }
    let sheet = match read(&form, &kept.sheet, &visit.frame) {
        Ok(sheet) => sheet,
        Err(mistakes) => return again(&mistakes),
    };
    let (who, frame) = (staff.who(), visit.frame.clone());
    let write = move |conn: &mut Conn| {
        keep::save(conn, &Edit { who: &who, frame: &frame, id, version }, &sheet)
    };
    match visit.shop.db.write(write).await {
        Ok(Saved::Done) => {
            visit.shop.refresh().await?;
            Ok(see_other(&visit.href(&format!("/admin/pages/{id}?saved=1"))))
        }
        Ok(Saved::Meanwhile) => {
            let (kept, editions) = load(&staff, id).await?;
            meanwhile(&staff, &kept, &editions, &form)
        }
        Err(error) if error.is_duplicate() => {
            again(&Mistakes::from([("handle".to_owned(), "page-handle-taken")]))
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn load(staff: &Staff, id: PageId) -> Result<(Kept, Vec<Edition>)> {
    let find = move |conn: &mut Conn| {
        let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
        Ok((kept, editions::of(conn, id)?))
    };
    staff.visit().shop.db.read(find).await
}

/// What was typed, and what somebody else has saved since the form was opened.
fn meanwhile(
    staff: &Staff,
    kept: &Kept,
    editions: &[Edition],
    form: &Form,
) -> Result<HttpResponse> {
    let merged = merge(form, &kept.sheet.fields(&staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, kept, editions, Some(sent))
}

fn page(
    staff: &Staff,
    kept: &Kept,
    editions: &[Edition],
    sent: Option<Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-pages");
    let sheet = &kept.sheet;
    let title = sheet.title(shell.frame().own_language()).to_owned();
    shell.shell.head.title.clone_from(&title);
    let fields = sheet.fields(shell.frame());
    let stored = Form::default().with(fields.clone());
    let form = sent.as_ref().map_or(&stored, |sent| sent.form);
    let is_saved = staff.visit().query()?.get("saved").is_some();
    let typed = Typed { shell: &shell, form, sent: sent.as_ref(), label: key };
    let languages = shell.settings().languages.iter();
    let action = shell.href(&format!("/admin/pages/{}", kept.id)).into_owned();
    let is_shown = sheet.published && sheet.publish_at <= shell.now();
    let page = EditPage {
        title,
        badge: badge(&shell, sheet.published, sheet.publish_at),
        kind: kind_name(&shell, sheet.kind),
        version: kept.version,
        seen: seal(&fields),
        notice: typed.notice(is_saved, "page-meanwhile"),
        languages: languages.map(|language| language_view(&typed, kept, *language)).collect(),
        is_published: !form.get("published").is_empty(),
        is_legal: sheet.kind.is_legal(),
        plain: plain(&typed, sheet.kind),
        editions: editions.iter().map(|edition| edition_view(&shell, &action, edition)).collect(),
        shown_at: match is_shown {
            true => shell.href(&sheet.path()).into_owned(),
            false => String::new(),
        },
        can_remove: !sheet.published && editions.is_empty(),
        action,
        shell,
    };
    let status = sent.map_or(StatusCode::OK, |sent| sent.status());
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// Of what a field is called.
fn key(field: &str) -> String {
    format!("page-{field}")
}

fn edition_view(shell: &Desk, action: &str, edition: &Edition) -> EditionView {
    EditionView {
        href: format!("{action}/editions/{}", edition.number),
        name: shell.count("page-edition", edition.number),
        published: published(shell, edition),
    }
}

fn language_view(typed: &Typed<'_>, kept: &Kept, language: Language) -> LanguageView {
    let (shell, code) = (typed.shell, language.code());
    let is_own = language == shell.frame().own_language();
    let field = |name: &str, most| typed.field(format!("{name}-{code}"), most);
    let title = Field { is_optional: !is_own, ..field("title", LONGEST_TITLE) };
    let body = Field { kind: "textarea", ..field("body", LONGEST_BODY) };
    let of = |name: &str| typed.form.get(&format!("{name}-{code}")).to_owned();
    let found_as = if of("seo_title").is_empty() { of("title") } else { of("seo_title") };
    let path = kept.sheet.kind.path(typed.form.get("handle"));
    let found = Found::of(shell, (language, &path), (&found_as, &of("description")));
    let preview = format!("/admin/pages/{}/preview", kept.id);
    LanguageView {
        code,
        name: language.own_name(),
        texts: vec![title, body.hint(shell.t("page-body-hint"))],
        search: vec![
            field("seo_title", LONGEST_TITLE).hint(found.lengths.0.as_str()),
            field("description", LONGEST_SEO).hint(found.lengths.1.as_str()),
        ],
        found,
        preview: shell.frame().href(language, &preview).into_owned(),
    }
}

/// What is the same in every language.
fn plain(typed: &Typed<'_>, kind: PageKind) -> Vec<Field> {
    let handle = Field { is_optional: false, ..typed.field("handle", 100) };
    let handle = handle.hint(typed.shell.t("product-handle-hint"));
    if kind != PageKind::Article {
        return vec![handle];
    }
    let at = Field { kind: "datetime-local", ..typed.field("publish_at", 0) };
    vec![handle, at.hint(typed.shell.t("page-publish-hint"))]
}

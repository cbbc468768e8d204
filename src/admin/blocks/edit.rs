//! `/admin/blocks/{id}`: a block of the home page in all languages, beside each other.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::fields::{Typed, label};
use super::form::{LONGEST_LINE, read, stored};
use super::{Staff, find, kind_name};
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::reader::Mistakes;
use crate::admin::sent::{Notice, Sent};
use crate::content::blocks::{self, Change, Kept};
use crate::content::model::Saved;
use crate::db::Conn;
use crate::error::Result;
use crate::pictures::{self, PictureMistake, PictureRow, Words};
use crate::web::frame::Frame;
use crate::web::{Form, Html, Picture, see_other};

#[derive(Template)]
#[template(path = "admin/blocks/edit.html")]
struct BlockPage {
    shell: Desk,
    action: String,
    version: i64,
    seen: String,
    notice: Notice,
    languages: Vec<LanguageView>,
    plain: Vec<Field>,
    is_shown: bool,
    has_place_for_picture: bool,
    picture: Option<Picture>,
    /// Why a picture was not taken; empty for no reason.
    picture_error: String,
}

struct LanguageView {
    code: &'static str,
    name: &'static str,
    fields: Vec<Field>,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let kept = find(&staff, *id).await?;
    page(&staff, &kept, None, "").await
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (visit, kept) = (staff.visit(), find(&staff, *id).await?);
    if form.get("version") != kept.version.to_string() {
        return meanwhile(&staff, &kept, &form).await;
    }
    let sheet = match read(&form, &kept.sheet, &visit.frame) {
        Ok(sheet) => sheet,
        Err(mistakes) => {
            let sent = Sent { form: &form, mistakes: &mistakes, merged: None };
            return page(&staff, &kept, Some(sent), "").await;
        }
    };
    let (who, id, version, picture) = (staff.who(), kept.id, kept.version, kept.picture);
    let before = stored(&kept.sheet, &visit.frame);
    let after = stored(&sheet, &visit.frame);
    let alt = alt(&form, &visit.frame);
    let write = move |conn: &mut Conn| {
        let change = Change { id, version, sheet: &sheet, before: &before, after: &after };
        if let Some(picture) = picture {
            pictures::set_words(conn, picture, &alt)?;
        }
        blocks::save(conn, &who, &change)
    };
    match visit.shop.db.write(write).await? {
        Saved::Done => Ok(see_other(&visit.href(&format!("/admin/blocks/{id}?saved=1")))),
        Saved::Meanwhile => meanwhile(&staff, &find(&staff, id.0).await?, &form).await,
    }
}

/// What the picture shows, in every language.
fn alt(form: &Form, frame: &Frame) -> Words {
    let languages = frame.settings.languages.iter();
    let said = languages.map(|language| {
        let text = form.get(&format!("alt-{}", language.code()));
        (language.code().to_owned(), text.chars().take(LONGEST_LINE).collect())
    });
    said.collect()
}

/// What was typed, and what somebody else has saved since the form was opened.
async fn meanwhile(staff: &Staff, kept: &Kept, form: &Form) -> Result<HttpResponse> {
    let picture = picture(staff, kept).await?;
    let merged = merge(form, &fields(kept, picture.as_ref(), &staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, kept, Some(sent), "").await
}

/// The page of a block whose new picture was not taken.
pub(super) async fn without_picture(
    staff: &Staff,
    kept: &Kept,
    mistake: PictureMistake,
) -> Result<HttpResponse> {
    page(staff, kept, None, mistake.key()).await
}

async fn page(
    staff: &Staff,
    kept: &Kept,
    sent: Option<Sent<'_>>,
    picture_error: &str,
) -> Result<HttpResponse> {
    let picture = picture(staff, kept).await?;
    let mut shell = staff.desk("admin-blocks");
    shell.shell.head.title = kind_name(&shell, kept.sheet.kind);
    let fields = fields(kept, picture.as_ref(), shell.frame());
    let as_stored = Form::default().with(fields.clone());
    let form = sent.as_ref().map_or(&as_stored, |sent| sent.form);
    let is_saved = staff.visit().query()?.get("saved").is_some();
    let name_of = |name: &str| label(&shell, name);
    let notice = Notice::of(&shell, (sent.as_ref(), is_saved), "block-meanwhile", name_of);
    let has_picture = picture.is_some();
    let typed =
        Typed { shell: &shell, form, sent: sent.as_ref(), kind: kept.sheet.kind, has_picture };
    let languages = shell.settings().languages.iter().map(|language| LanguageView {
        code: language.code(),
        name: language.own_name(),
        fields: typed.texts(*language),
    });
    let page = BlockPage {
        action: shell.href(&format!("/admin/blocks/{}", kept.id)).into_owned(),
        version: kept.version,
        seen: seal(&fields),
        notice,
        languages: languages.collect(),
        plain: typed.plain(),
        is_shown: !form.get("shown").is_empty(),
        has_place_for_picture: kept.sheet.kind.has_picture(),
        picture: picture.map(|row| row.picture),
        picture_error: match picture_error {
            "" => String::new(),
            key => shell.t(key).to_owned(),
        },
        shell,
    };
    let status = match &sent {
        Some(sent) => sent.status(),
        None if picture_error.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

async fn picture(staff: &Staff, kept: &Kept) -> Result<Option<PictureRow>> {
    match kept.picture {
        Some(id) => staff.visit().shop.db.read(move |conn| pictures::find_alone(conn, id)).await,
        None => Ok(None),
    }
}

/// Each field of a block by its name, with what its picture shows.
fn fields(kept: &Kept, picture: Option<&PictureRow>, frame: &Frame) -> Vec<(String, String)> {
    let mut fields = stored(&kept.sheet, frame);
    if let Some(picture) = picture {
        let alt = |code: &str| picture.words.get(code).cloned().unwrap_or_default();
        let languages = frame.settings.languages.iter().map(|language| language.code());
        fields.extend(languages.map(|code| (format!("alt-{code}"), alt(code))));
    }
    fields
}

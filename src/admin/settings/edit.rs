//! `/admin/settings/{part}`: settings that are changed together.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use super::change::change;
use super::mail::MailView;
use super::section::{Typed, fields, label, stored};
use super::{MAIL, Part, find};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::admin::reader::Mistakes;
use crate::admin::sent::{Notice, Sent};
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::staff::to;
use crate::web::{Form, Html, see_other};

pub(super) type Staff = Allowed<to::ChangeSettings>;

#[derive(Template)]
#[template(path = "admin/settings/edit.html")]
pub(super) struct EditPage {
    shell: Desk,
    about: String,
    pub notice: Notice,
    fields: Vec<Field>,
    seen: String,
    action: String,
    /// How mails leave, on their page.
    mail: Option<MailView>,
    pub status: StatusCode,
}

pub async fn show(
    staff: Staff,
    config: Data<Settings>,
    part: Path<String>,
) -> Result<HttpResponse> {
    let part = find(&part).ok_or(Error::NotFound)?;
    page(&staff, &config, part, None)?.answer()
}

pub async fn save(
    staff: Staff,
    config: Data<Settings>,
    part: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let part = find(&part).ok_or(Error::NotFound)?;
    match change(&staff, (part.sections, None), form).await? {
        Ok(()) => {
            let path = format!("/admin/settings/{}?saved=1", part.code);
            Ok(see_other(&staff.visit().href(&path)))
        }
        Err(unsaved) => {
            let none = Mistakes::new();
            page(&staff, &config, part, Some(unsaved.sent(&none)))?.answer()
        }
    }
}

pub(super) fn page(
    staff: &Staff,
    config: &Settings,
    part: &Part,
    sent: Option<Sent<'_>>,
) -> Result<EditPage> {
    let mut shell = staff.desk("admin-settings");
    shell.shell.head.title = shell.t(&format!("settings-{}", part.code)).to_owned();
    // As they are now: somebody else may have saved since this request came in.
    let settings = staff.visit().shop.frame().settings.clone();
    let now = stored(part.sections, &settings);
    let as_stored = Form::default().with(now.clone());
    let form = sent.as_ref().map_or(&as_stored, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent: sent.as_ref() };
    let is_saved = staff.visit().query()?.get("saved").is_some();
    Ok(EditPage {
        about: shell.t(&format!("settings-about-{}", part.code)).to_owned(),
        fields: fields(part.sections, &typed),
        notice: Notice::of(&shell, (sent.as_ref(), is_saved), "settings-meanwhile", |name| {
            label(&shell, name)
        }),
        seen: seal(&now),
        action: shell.href(&format!("/admin/settings/{}", part.code)).into_owned(),
        mail: (part.code == MAIL).then(|| MailView::of(staff, config)),
        status: sent.as_ref().map_or(StatusCode::OK, Sent::status),
        shell,
    })
}

impl EditPage {
    pub(super) fn answer(self) -> Result<HttpResponse> {
        Ok(Html::page(&self)?.status(self.status).personal().into_response())
    }
}

//! `/admin/account/second-factor`: an app that shows codes, as a second thing to sign in with.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use qrcode::{Color, QrCode};

use super::codes;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::error::{Error, Result};
use crate::staff::{Enrolment, enrol, set_second_factor, to};
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/account/second_factor.html")]
struct SecondFactorPage {
    shell: Desk,
    /// Whether there is one already, which this one replaces.
    replaces: bool,
    is_required: bool,
    /// Carried by the form, sealed.
    sealed: String,
    key: String,
    picture: Picture,
    fields: Vec<Field>,
}

/// A QR code (ISO/IEC 18004).
struct Picture {
    /// Modules on each side, with the quiet zone around them.
    side: usize,
    /// The dark ones, as a path of SVG.
    path: String,
}

type Staff = Allowed<to::KeepOwnSecrets>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let enrolment = enrolment(&staff, None)?;
    page(&staff, &enrolment, "")
}

pub async fn set(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (who, member, seal) = (staff.who(), staff.member.clone(), staff.seal());
    let (sealed, code) = (form.get("sealed").to_owned(), form.get("code").to_owned());
    let shop = staff.visit().frame.settings.name.clone();
    let set = move |conn: &mut _| {
        let enrolment = enrol(&seal, &member, &shop, Some(&sealed))?;
        set_second_factor(conn, (&who, &member, &seal), &enrolment, &code)
    };
    match staff.visit().shop.db.write(set).await? {
        Some(made) => codes::show(staff.desk("admin-codes"), made),
        None => {
            let enrolment = enrolment(&staff, form.find("sealed"))?;
            page(&staff, &enrolment, "admin-code-wrong")
        }
    }
}

fn enrolment(staff: &Staff, carried: Option<&str>) -> Result<Enrolment> {
    let shop = &staff.visit().frame.settings.name;
    enrol(&staff.seal(), &staff.member, shop, carried)
}

fn page(staff: &Staff, enrolment: &Enrolment, mistake: &'static str) -> Result<HttpResponse> {
    let shell = staff.desk("admin-second-factor");
    let mistakes = [("code", mistake)];
    let mistakes = if mistake.is_empty() { &[][..] } else { &mistakes };
    let page = SecondFactorPage {
        replaces: staff.member.account.has_second_factor,
        is_required: shell.settings().second_factor_required,
        sealed: enrolment.sealed.clone(),
        key: enrolment.key.clone(),
        picture: picture(&enrolment.address)?,
        fields: vec![Field::code(&shell).with(&shell, mistakes)],
        shell,
    };
    let status = if mistake.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn picture(text: &str) -> Result<Picture> {
    /// As the standard asks.
    const QUIET: usize = 4;
    let code = QrCode::new(text).map_err(|error| Error::internal(error.to_string()))?;
    let width = code.width();
    let colours = code.to_colors();
    let dark = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
    let module = |(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    Ok(Picture { side: width + 2 * QUIET, path: dark.map(module).collect() })
}

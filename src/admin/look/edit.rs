//! `/admin/look`: a look is tried out before shoppers see it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::contrast::{Swatch, swatches};
use super::load;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::meanwhile::{Merged, merge, seal};
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::{Notice, Sent};
use crate::admin::settings::section::{Typed, label};
use crate::db::Conn;
use crate::error::Result;
use crate::look::{self, Colour, Corners, LONGEST_CSS, Look, Typeface, palette};
use crate::settings;
use crate::staff::to;
use crate::web::frame::find_picture;
use crate::web::{Form, Html, Picture, see_other};

pub(super) type Staff = Allowed<to::ChangeSettings>;

/// The shop's usual green, where a merchant begins.
const USUAL: Colour = Colour([0x1e, 0x5c, 0x43]);

#[derive(Template)]
#[template(path = "admin/look/edit.html")]
struct LookPage {
    shell: Desk,
    notice: Notice,
    fields: Vec<Field>,
    seen: String,
    /// As it is tried out; a placeholder while it is being drawn.
    logo: Option<Picture>,
    swatches: Vec<Swatch>,
    is_mended: bool,
    /// Whether the shop is being set up.
    is_closed: bool,
    /// Whether there is something that shoppers do not see yet.
    is_drafted: bool,
    status: StatusCode,
}

/// Why a look was not kept.
enum Unsaved {
    Wrong(Mistakes),
    Meanwhile(Merged),
}

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, None).await
}

pub async fn save(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (who, typed) = (staff.who(), form.clone());
    let write = move |conn: &mut Conn| {
        // Two who save at once come one after the other.
        settings::announce(conn)?;
        let (_, draft) = load(conn)?;
        match wanted(&typed, &draft) {
            Ok(wanted) => look::save_draft(conn, &who, &wanted).map(Ok),
            Err(unsaved) => Ok(Err(unsaved)),
        }
    };
    let none = Mistakes::new();
    match staff.visit().shop.db.write(write).await? {
        Ok(()) => Ok(see_other(&staff.visit().href("/admin/look?saved=1"))),
        Err(Unsaved::Wrong(mistakes)) => {
            page(&staff, Some(Sent { form: &form, mistakes: &mistakes, merged: None })).await
        }
        Err(Unsaved::Meanwhile(merged)) => {
            let sent = Sent { form: &merged.form, mistakes: &none, merged: Some(&merged) };
            page(&staff, Some(sent)).await
        }
    }
}

fn wanted(form: &Form, draft: &Look) -> std::result::Result<Look, Unsaved> {
    let now = stored(draft);
    if form.get("seen") != seal(&now) {
        return Err(Unsaved::Meanwhile(merge(form, &now)));
    }
    let mut reader = Reader::of(form);
    let brand = reader.ask("brand", "look-colour-wrong", Colour::parse);
    let corners = reader.ask("corners", "form-choose", Corners::parse).unwrap_or_default();
    let typeface = reader.ask("typeface", "form-choose", Typeface::parse).unwrap_or_default();
    let css = reader.lines("css", LONGEST_CSS);
    // A colour that is picked is meant: nobody ticks a box for it as well.
    let brand = brand.filter(|brand| *brand != USUAL && form.get("usual_colour").is_empty());
    reader.end(Look { brand, corners, typeface, css, logo: draft.logo }).map_err(Unsaved::Wrong)
}

fn stored(look: &Look) -> Vec<(String, String)> {
    vec![
        ("usual_colour".into(), String::new()),
        ("brand".into(), look.brand.unwrap_or(USUAL).to_string()),
        ("corners".into(), look.corners.code().into()),
        ("typeface".into(), look.typeface.code().into()),
        ("css".into(), look.css.clone()),
    ]
}

/// The page with what is wrong with a logo.
pub(super) async fn again(staff: &Staff, wrong: &'static str) -> Result<HttpResponse> {
    let mut page = view(staff, None).await?;
    page.notice.wrong = page.shell.t(wrong).to_owned();
    page.status = StatusCode::UNPROCESSABLE_ENTITY;
    page.answer()
}

async fn page(staff: &Staff, sent: Option<Sent<'_>>) -> Result<HttpResponse> {
    view(staff, sent).await?.answer()
}

async fn view(staff: &Staff, sent: Option<Sent<'_>>) -> Result<LookPage> {
    let visit = staff.visit();
    let load = |conn: &mut Conn| {
        let (published, draft) = load(conn)?;
        Ok((find_picture(conn, draft.logo)?, published, draft))
    };
    let (logo, published, draft) = visit.shop.db.read(load).await?;
    let (shell, now) = (staff.desk("admin-look"), stored(&draft));
    let as_stored = Form::default().with(now.clone());
    let form = sent.as_ref().map_or(&as_stored, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent: sent.as_ref() };
    let query = visit.query()?;
    let notice = Notice::of(&shell, (sent.as_ref(), false), "settings-meanwhile", |name| {
        label(&shell, name)
    });
    Ok(LookPage {
        fields: fields(&typed),
        notice: Notice {
            saved: done(&shell, query.get("saved"), query.get("published")),
            ..notice
        },
        seen: seal(&now),
        logo,
        swatches: draft.brand.map(swatches).unwrap_or_default(),
        is_mended: draft.brand.is_some_and(|brand| palette(brand).is_mended),
        is_closed: !shell.settings().open,
        is_drafted: published != draft,
        status: sent.as_ref().map_or(StatusCode::OK, Sent::status),
        shell,
    })
}

impl LookPage {
    fn answer(self) -> Result<HttpResponse> {
        Ok(Html::page(&self)?.status(self.status).personal().into_response())
    }
}

fn done(shell: &Desk, saved: Option<&str>, published: Option<&str>) -> String {
    match (saved, published) {
        (Some(_), _) => shell.t("look-saved").to_owned(),
        (None, Some(_)) => shell.t("look-published").to_owned(),
        (None, None) => String::new(),
    }
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let choice = |code: &str, key: String| (code.to_owned(), shell.t(&key).to_owned());
    let corners = Corners::ALL.iter().map(|it| it.code());
    let corners = corners.map(|code| choice(code, format!("look-corners-{code}"))).collect();
    let typefaces = Typeface::ALL.iter().map(|it| it.code());
    let typefaces = typefaces.map(|code| choice(code, format!("look-typeface-{code}"))).collect();
    let css = Field { kind: "textarea", ..typed.text("css", LONGEST_CSS) };
    let brand = Field { kind: "color", ..typed.text("brand", 0) };
    vec![
        brand.hint(shell.t("setting-brand-hint")),
        typed.check("usual_colour"),
        typed.select("corners", corners),
        typed.select("typeface", typefaces),
        css.hint(shell.t("setting-css-hint")),
    ]
}

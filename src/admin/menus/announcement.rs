//! `POST /admin/announcement`: the line above every page.

use actix_web::HttpResponse;
use chrono::NaiveDateTime;
use std::convert::Infallible;

use super::Staff;
use super::list::page;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::reader::{Mistakes, Reader};
use crate::content::is_link;
use crate::db::Conn;
use crate::error::Result;
use crate::language::LocalText;
use crate::settings::{self, ShopSettings};
use crate::web::frame::Frame;
use crate::web::{Form, dates, see_other};

const LONGEST_TEXT: usize = 200;
const LONGEST_ADDRESS: usize = 500;

/// What is announced, where it leads, from when and until when.
struct Wanted {
    text: LocalText,
    link: String,
    from: Option<NaiveDateTime>,
    until: Option<NaiveDateTime>,
}

pub async fn save(staff: Staff, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let wanted = match read(&form, &visit.frame) {
        Ok(wanted) => wanted,
        Err(mistakes) => return page(&staff, &form, &mistakes).await,
    };
    let who = staff.who();
    let write = move |conn: &mut Conn| {
        let announce = |settings: &mut ShopSettings| -> Result<(), Infallible> {
            settings.announcement = wanted.text.clone();
            settings.announcement_link.clone_from(&wanted.link);
            settings.announcement_from = wanted.from;
            settings.announcement_until = wanted.until;
            Ok(())
        };
        settings::change(conn, &who, announce)
    };
    let Ok(()) = visit.shop.db.write(write).await?;
    visit.shop.refresh().await?;
    Ok(see_other(&visit.href("/admin/menus?saved=1")))
}

fn read(form: &Form, frame: &Frame) -> Result<Wanted, Mistakes> {
    let mut reader = Reader::of(form);
    let mut text = LocalText::default();
    for language in &frame.settings.languages {
        let line = reader.line(&format!("announcement-{}", language.code()), LONGEST_TEXT);
        if !line.is_empty() {
            text.set(*language, line);
        }
    }
    let link = reader.line("link", LONGEST_ADDRESS);
    if !link.is_empty() && !is_link(&link) {
        reader.wrong("link", "menu-address-wrong");
    }
    let mut at = |name| {
        let typed = |text: &str| dates::parse_typed(text, frame.settings.time_zone);
        match form.get(name) {
            "" => None,
            _ => reader.ask(name, "product-time-wrong", typed),
        }
    };
    let (from, until) = (at("from"), at("until"));
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        reader.wrong("until", "product-ends-before");
    }
    reader.end(Wanted { text, link, from, until })
}

/// The announcement as it stands, as a form.
pub(super) fn stored(frame: &Frame) -> Form {
    Form::default().with(fields_of(&frame.settings, frame))
}

fn fields_of(settings: &ShopSettings, frame: &Frame) -> Vec<(String, String)> {
    let zone = settings.time_zone;
    let time = |at: Option<NaiveDateTime>| at.map(|at| dates::typed(at, zone)).unwrap_or_default();
    let mut fields = vec![
        ("link".to_owned(), settings.announcement_link.clone()),
        ("from".to_owned(), time(settings.announcement_from)),
        ("until".to_owned(), time(settings.announcement_until)),
    ];
    for language in &frame.settings.languages {
        let line = settings.announcement.iter().find(|(known, _)| known == language);
        let line = line.map(|(_, text)| text.to_owned()).unwrap_or_default();
        fields.push((format!("announcement-{}", language.code()), line));
    }
    fields
}

pub(super) fn fields(shell: &Desk, form: &Form, wrong: &Mistakes) -> Vec<Field> {
    let field = |name: String, label: &str, most| {
        let error = wrong.get(&name).map(|key| shell.t(key).to_owned()).unwrap_or_default();
        let field = Field::text(shell, name, label, form);
        Field { most, error, is_optional: true, ..field }
    };
    let mut fields = Vec::new();
    for language in &shell.settings().languages {
        let name = format!("announcement-{}", language.code());
        let line = field(name, "announcement", LONGEST_TEXT);
        let label = format!("{} ({})", line.label, language.own_name());
        fields.push(Field { label, lang: language.code(), ..line });
    }
    let link = field("link".to_owned(), "announcement-link", LONGEST_ADDRESS);
    fields.push(link.hint(shell.t("menu-address-hint")));
    for (name, label) in [("from", "announcement-from"), ("until", "announcement-until")] {
        fields.push(Field { kind: "datetime-local", ..field(name.to_owned(), label, 0) });
    }
    fields
}

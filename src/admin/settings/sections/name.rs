//! What the shop is called, and where shoppers write to.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::ShopSettings;
use crate::values::Email;

pub const NAME: Section = Section { stored, fields, read };

const LONGEST_NAME: usize = 100;

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    vec![("name".into(), settings.name.clone()), ("email".into(), settings.email.clone())]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let name = Field { is_optional: false, ..typed.text("name", LONGEST_NAME) };
    let email = Field { kind: "email", ..typed.text("email", 254) };
    vec![name, email.hint(typed.shell.t("setting-email-hint"))]
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    settings.name = reader.line("name", LONGEST_NAME);
    if settings.name.is_empty() {
        reader.wrong("name", "setting-name-missing");
    }
    let email = reader.choice("email", Email::parse);
    if email.is_none() && !reader.form.get("email").is_empty() {
        reader.wrong("email", "admin-email-wrong");
    }
    settings.email = email.map(|email| email.as_str().to_owned()).unwrap_or_default();
}

//! Who of the staff is told by mail.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::ShopSettings;
use crate::values::Email;

pub const MAILS: Section = Section { stored, fields, read };

const LONGEST: usize = 2_000;
const MOST: usize = 20;

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    vec![("staff_emails".into(), settings.staff_emails.join("\n"))]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let emails = Field { kind: "textarea", ..typed.text("staff_emails", LONGEST) };
    vec![emails.hint(typed.shell.t("setting-staff-emails-hint"))]
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let typed = reader.lines("staff_emails", LONGEST);
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST || lines.iter().any(|line| Email::parse(line).is_none()) {
        reader.wrong("staff_emails", "setting-staff-emails-wrong");
    }
    settings.staff_emails = lines.into_iter().map(ToOwned::to_owned).collect();
}

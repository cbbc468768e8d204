//! How long orders can be changed and sent back, and what pages say of them.

use std::ops::RangeInclusive;

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed, ticked};
use crate::settings::{LONGEST_DAYS, MOST_LOW_STOCK, ShopSettings};

pub const ORDERS: Section = Section { stored, fields, read };

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    vec![
        ("cancel_within_hours".into(), settings.cancel_within_hours.to_string()),
        ("return_days".into(), settings.return_days.to_string()),
        ("low_stock".into(), settings.low_stock.to_string()),
        ("recently_viewed".into(), ticked(settings.recently_viewed)),
    ]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let number = |name: &'static str, hint| {
        let field = Field { inputmode: "numeric", is_optional: false, ..typed.text(name, 7) };
        field.hint(typed.shell.t(hint))
    };
    vec![
        number("cancel_within_hours", "setting-cancel-hint"),
        number("return_days", "setting-return-hint"),
        number("low_stock", "setting-low-stock-hint"),
        typed.check("recently_viewed").hint(typed.shell.t("setting-viewed-hint")),
    ]
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    number(reader, "cancel_within_hours", &mut settings.cancel_within_hours, 0..=LONGEST_DAYS * 24);
    number(reader, "return_days", &mut settings.return_days, 0..=LONGEST_DAYS);
    number(reader, "low_stock", &mut settings.low_stock, 0..=MOST_LOW_STOCK);
    settings.recently_viewed = !reader.form.get("recently_viewed").is_empty();
}

fn number(reader: &mut Reader<'_>, name: &str, value: &mut i64, within: RangeInclusive<i64>) {
    let parse = |text: &str| text.parse().ok().filter(|number| within.contains(number));
    *value = reader.ask(name, "setting-number-wrong", parse).unwrap_or(*value);
}

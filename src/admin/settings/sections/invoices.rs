//! Who invoices, when, and by which numbers.

use super::local::{local_stored, read_local};
use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::{InvoiceAt, NumberPrefix, ShopSettings};

pub const INVOICES: Section = Section { stored, fields, read };

const LONGEST: usize = 100;
const LONGEST_TEXT: usize = 1_000;
const LONGEST_PREFIX: usize = 20;
const MOMENTS: [(&str, InvoiceAt); 3] =
    [("placed", InvoiceAt::Placed), ("paid", InvoiceAt::Paid), ("shipped", InvoiceAt::Shipped)];

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    let own = &settings.invoicing;
    let at = MOMENTS.iter().find(|(_, at)| *at == own.at).map_or("", |(code, _)| code);
    let fields = [
        ("invoice_at", at),
        ("seller_name", own.seller_name.as_str()),
        ("seller_tax_number", own.seller_tax_number.as_str()),
        ("invoice_prefix", own.prefix.as_str()),
        ("credit_note_prefix", own.credit_note_prefix.as_str()),
    ];
    let mut fields: Vec<(String, String)> =
        fields.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    fields.push(("seller_address".into(), own.seller_address.join("\n")));
    fields.extend(local_stored("footer", &own.footer, settings));
    fields
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let moments = MOMENTS.map(|(code, _)| {
        (code.to_owned(), shell.t(&format!("setting-invoice-at-{code}")).to_owned())
    });
    let address = Field { kind: "textarea", ..typed.text("seller_address", LONGEST_TEXT) };
    let prefix = |name| {
        let field = Field { is_optional: false, ..typed.text(name, LONGEST_PREFIX) };
        field.hint(shell.t("setting-prefix-hint"))
    };
    let mut fields = vec![
        typed.select("invoice_at", moments.to_vec()),
        typed.text("seller_name", LONGEST).hint(shell.t("setting-seller-name-hint")),
        address.hint(shell.t("setting-seller-address-hint")),
        typed.text("seller_tax_number", LONGEST).hint(shell.t("setting-seller-tax-number-hint")),
        prefix("invoice_prefix"),
        prefix("credit_note_prefix"),
    ];
    let footers = typed.local("footer", LONGEST_TEXT).into_iter();
    fields.extend(footers.map(|field| Field { kind: "textarea", ..field }));
    fields
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let footer = read_local(reader, ("footer", LONGEST_TEXT), settings, &settings.invoicing.footer);
    let own = &mut settings.invoicing;
    own.footer = footer;
    let moment = |code: &str| MOMENTS.iter().find(|(known, _)| *known == code).map(|(_, at)| *at);
    own.at = reader.ask("invoice_at", "form-choose", moment).unwrap_or(own.at);
    own.seller_name = reader.line("seller_name", LONGEST);
    own.seller_tax_number = reader.line("seller_tax_number", LONGEST);
    let address = reader.lines("seller_address", LONGEST_TEXT);
    let lines = address.lines().map(str::trim).filter(|line| !line.is_empty());
    own.seller_address = lines.map(ToOwned::to_owned).collect();
    for (name, prefix) in
        [("invoice_prefix", &mut own.prefix), ("credit_note_prefix", &mut own.credit_note_prefix)]
    {
        if let Some(wanted) = reader.ask(name, "setting-prefix-wrong", NumberPrefix::parse) {
            *prefix = wanted;
        }
    }
    if own.prefix == own.credit_note_prefix {
        reader.wrong("credit_note_prefix", "setting-prefix-same");
    }
}

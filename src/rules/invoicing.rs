//! `[settings.invoicing]`: how the merchant invoices.

use super::entry::Entry;
use super::read::{Fields, Ground, Read, Spot, Write, Wrong, quoted, word, write_text};
use super::settings::set;
use crate::settings::{InvoiceAt, Invoicing, NumberPrefix};

const MOMENTS: [(&str, InvoiceAt); 3] =
    [("placed", InvoiceAt::Placed), ("paid", InvoiceAt::Paid), ("shipped", InvoiceAt::Shipped)];

/// `wanted` with every key that the table has.
pub(super) fn read(spot: &Spot<'_>, wanted: &mut Invoicing) -> Result<(), Wrong> {
    let fields = Fields::of(spot)?;
    set(&fields, "at", &mut wanted.at);
    set(&fields, "seller_name", &mut wanted.seller_name);
    set(&fields, "seller_address", &mut wanted.seller_address);
    set(&fields, "seller_tax_number", &mut wanted.seller_tax_number);
    set(&fields, "prefix", &mut wanted.prefix);
    set(&fields, "credit_note_prefix", &mut wanted.credit_note_prefix);
    if wanted.prefix == wanted.credit_note_prefix {
        fields.wrong("credit_note_prefix", "must not be what the invoices' numbers begin with");
    }
    set(&fields, "footer", &mut wanted.footer);
    fields.close();
    Ok(())
}

/// All of it. A new setting is a compile error here until it can be written and read.
pub(super) fn entry(invoicing: &Invoicing, ground: &Ground) -> Entry {
    let Invoicing {
        at,
        seller_name,
        seller_address,
        seller_tax_number,
        prefix,
        credit_note_prefix,
        footer,
    } = invoicing;
    Entry::new("settings", "invoicing", &["settings", "invoicing"])
        .with("at", at, ground)
        .with("seller_name", seller_name, ground)
        .with("seller_address", seller_address, ground)
        .with("seller_tax_number", seller_tax_number, ground)
        .with("prefix", prefix, ground)
        .with("credit_note_prefix", credit_note_prefix, ground)
        .with("footer", footer, ground)
}

impl Read for InvoiceAt {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &MOMENTS)
    }
}

impl Write for InvoiceAt {
    fn write(&self, _: &Ground) -> String {
        let known = MOMENTS.iter().find(|(_, moment)| moment == self);
        write_text(known.map_or("placed", |(word, _)| word))
    }
}

impl Read for NumberPrefix {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let text = String::read(spot)?;
        let wrong = || {
            format!(
                "{} does not begin a number: 1 to 20 capital letters, digits and hyphens",
                quoted(&text)
            )
        };
        Self::parse(&text).ok_or_else(|| wrong().into())
    }
}

impl Write for NumberPrefix {
    fn write(&self, _: &Ground) -> String {
        write_text(self.as_str())
    }
}

//! Where the shop is, as it stands on a parcel.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::ShopSettings;

pub const ADDRESS: Section = Section { stored, fields, read };

const LONGEST: usize = 100;

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    vec![
        ("street".into(), settings.street.clone()),
        ("city".into(), settings.city.clone()),
        ("region".into(), settings.region.clone()),
        ("postcode".into(), settings.postcode.clone()),
    ]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    ["street", "city", "region", "postcode"].map(|name| typed.text(name, LONGEST)).into()
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    settings.street = reader.line("street", LONGEST);
    settings.city = reader.line("city", LONGEST);
    settings.region = reader.line("region", LONGEST);
    settings.postcode = reader.line("postcode", LONGEST);
}

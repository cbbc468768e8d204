//! How the shop describes itself, in each of its languages.

use super::local::{local_stored, read_local};
use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::ShopSettings;

pub const WORDS: Section = Section { stored, fields, read };

const LONGEST_TAGLINE: usize = 200;
const LONGEST_DESCRIPTION: usize = 400;

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    let taglines = local_stored("tagline", &settings.tagline, settings);
    let descriptions = local_stored("description", &settings.description, settings);
    taglines.into_iter().chain(descriptions).collect()
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let taglines = typed.local("tagline", LONGEST_TAGLINE);
    let descriptions = typed.local("description", LONGEST_DESCRIPTION).into_iter();
    let hint = typed.shell.t("setting-description-hint");
    taglines.into_iter().chain(descriptions.map(|field| field.hint(hint))).collect()
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    settings.tagline =
        read_local(reader, ("tagline", LONGEST_TAGLINE), settings, &settings.tagline);
    settings.description =
        read_local(reader, ("description", LONGEST_DESCRIPTION), settings, &settings.description);
}

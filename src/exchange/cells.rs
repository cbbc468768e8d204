//! Cells as both sides write them: what a file says is checked and brought to the spelling that an
//! export has, so that two cells that mean the same are the same.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::{Column, Feature, Words as Text};
use super::named::Named;
use super::prices::{amount, parse_prices, price_cell, prices_cell};
use super::words::Words;
use crate::catalog::model::Status;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::MediaId;
use crate::language::Language;
use crate::money::Currency;
use crate::pictures::MOST_PICTURES;
use crate::values::{Slug, is_unprintable};
use crate::web::frame::Frame;

/// Letters of a line, of a text that search engines show, and of a description, as in the form.
const LONGEST_LINE: usize = 200;
const LONGEST_SEO: usize = 400;
const LONGEST_TEXT: usize = 10_000;
const LONGEST_SKU: usize = 100;
const MOST_TAGS: usize = 30;
const LONGEST_TAG: usize = 40;
const HEAVIEST: i64 = 100_000_000;
const MOST_STOCK: i64 = 1_000_000_000;

/// What cells are checked by.
pub(super) struct Ground {
    pub words: Words,
    pub frame: Arc<Frame>,
    pub languages: Vec<Language>,
    pub currency: Currency,
    pub tax_classes: BTreeSet<String>,
    /// Names of pictures that a file speaks of, as far as the shop has them.
    pub pictures: BTreeMap<String, MediaId>,
}

/// What is wrong with a cell: the message in `locales/`.
pub(super) type Wrong = &'static str;

impl Ground {
    pub fn load(conn: &mut Conn, frame: &Arc<Frame>) -> Result<Self> {
        let rates = frame.rules.tax_rates.iter();
        let classes = rates.map(|rate| rate.rate.tax_class.as_str().to_owned());
        Ok(Self {
            words: Words::load(conn, frame.own_language())?,
            frame: frame.clone(),
            languages: frame.settings.languages.clone(),
            currency: frame.settings.currency,
            tax_classes: classes.chain(["standard".to_owned()]).collect(),
            pictures: BTreeMap::new(),
        })
    }

    pub fn own(&self) -> Language {
        self.words.own
    }

    /// The languages besides the shop's own.
    pub fn others(&self) -> impl Iterator<Item = Language> + '_ {
        self.languages.iter().copied().filter(|language| *language != self.own())
    }

    /// Whether it is in no language, or in one of the shop's.
    pub fn speaks(&self, column: &Column) -> bool {
        match column {
            Column::Text(_, language)
            | Column::Attribute(Feature { language: Some(language), .. }) => {
                self.languages.contains(language)
            }
            _ => true,
        }
    }

    /// A cell in the spelling of an export. `None` for one that says nothing.
    pub fn read(&self, column: &Column, cell: &str) -> Result<Option<String>, Wrong> {
        use Column as C;
        let is_needed = matches!(
            column,
            C::Handle
                | C::Status
                | C::PublishAt
                | C::TaxClass
                | C::RequiresShipping
                | C::Sku
                | C::Price
                | C::Stock
                | C::Backorder
                | C::Weight
        );
        let cell = cell.trim();
        if cell.is_empty() {
            let is_own_name = *column == C::Text(Text::Name, self.own());
            return Ok((!is_needed && !is_own_name).then(String::new));
        }
        let read = match column {
            C::Handle => {
                Slug::parse(cell).map(|slug| slug.to_string()).ok_or("product-handle-wrong")
            }
            C::Status => {
                let status = Status::parse(&cell.to_lowercase());
                status.map(|status| status.code().to_owned()).ok_or("import-wrong-status")
            }
            C::PublishAt | C::UnpublishAt => {
                parse_instant(cell).map(instant).ok_or("import-wrong-time")
            }
            C::TaxClass => match self.tax_classes.contains(cell) {
                true => Ok(cell.to_owned()),
                false => Err("import-wrong-tax"),
            },
            C::RequiresShipping => yes(cell),
            C::Tags => tags(cell),
            C::Text(Text::Description, _) => lines(cell, LONGEST_TEXT),
            C::Text(Text::SeoDescription, _) => line(cell, LONGEST_SEO),
            C::Text(..) => line(cell, LONGEST_LINE),
            C::Category => line(cell, 1_000).map(|path| self.words.as_category(&path)),
            C::Brand => self.brand(cell),
            C::Pictures => self.pictures(cell),
            C::Picture => Ok(self.known_pictures(cell).split(' ').next().unwrap_or("").to_owned()),
            C::Attribute(feature) => self.attribute(feature, cell),
            C::Option(_) | C::Value(_) | C::CategoryIn(_) | C::OptionIn(..) | C::ValueIn(..) => {
                line(cell, LONGEST_LINE)
            }
            C::Swatch(_) => Ok(swatch(cell)),
            C::Sku => line(cell, LONGEST_SKU),
            C::Price | C::CompareAt => amount(cell, self.currency).map(price_cell),
            C::MorePrices => parse_prices(cell).map(|prices| prices_cell(&prices)),
            C::Stock | C::Backorder => whole(cell, MOST_STOCK),
            C::Weight => whole(cell, HEAVIEST),
            C::Size => parse_size(cell).map(|_| cell.to_owned()),
        };
        read.map(Some)
    }

    fn brand(&self, cell: &str) -> Result<String, Wrong> {
        let named = Named::parse(&line(cell, LONGEST_LINE)?).ok_or("import-wrong-name")?;
        let known = self.words.find_brand(&named);
        Ok(known.map_or_else(|| named.cell(), |id| self.words.brand(id)))
    }

    fn pictures(&self, cell: &str) -> Result<String, Wrong> {
        let known = self.known_pictures(cell);
        let fits = known.split_whitespace().count() <= MOST_PICTURES;
        if fits { Ok(known) } else { Err("import-too-many-pictures") }
    }

    /// Names of pictures that the shop has, out of names and addresses.
    fn known_pictures(&self, cell: &str) -> String {
        let names = picture_names(cell).filter(|name| self.pictures.contains_key(*name));
        names.collect::<Vec<_>>().join(" ")
    }

    fn attribute(&self, feature: &Feature, cell: &str) -> Result<String, Wrong> {
        if self.words.as_feature(feature.clone()).is_none() {
            return Err("import-attribute-kind");
        }
        match feature.kind {
            "choice" => line(cell, 1_000).map(|list| self.words.as_choices(feature, &list)),
            "number" => {
                let number = cell.parse::<i64>().map_err(|_| "import-wrong-number")?;
                Ok(number.to_string())
            }
            "bool" => yes(cell),
            "date" => {
                let date = cell.parse::<NaiveDate>().map_err(|_| "import-wrong-date")?;
                Ok(date.to_string())
            }
            _ => lines(cell, LONGEST_TEXT),
        }
    }
}

/// The names in a list of names and addresses: `/media/mug-3f2a9c1b-640.webp` is `mug-3f2a9c1b`.
pub(super) fn picture_names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_whitespace().map(|address| {
        let file = address.rsplit('/').next().unwrap_or_default();
        let stem = file.strip_suffix(".webp").and_then(|stem| stem.rsplit_once('-'));
        stem.map_or(file, |(name, _)| name)
    })
}

fn line(cell: &str, most: usize) -> Result<String, Wrong> {
    let fits = cell.chars().count() <= most && !cell.contains(is_unprintable);
    if fits { Ok(cell.to_owned()) } else { Err("import-wrong-text") }
}

fn lines(cell: &str, most: usize) -> Result<String, Wrong> {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    let is_odd = |c: char| is_unprintable(c) && c != '\n' && c != '\t';
    let fits = text.chars().count() <= most && !text.contains(is_odd);
    if fits { Ok(text) } else { Err("import-wrong-text") }
}

fn yes(cell: &str) -> Result<String, Wrong> {
    match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" | "ya" => Ok("yes".to_owned()),
        "no" | "false" | "0" | "tidak" => Ok("no".to_owned()),
        _ => Err("import-wrong-yes"),
    }
}

fn tags(cell: &str) -> Result<String, Wrong> {
    let tags = cell.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let tags: BTreeSet<&str> = tags.collect();
    let fits = |tag: &&str| tag.chars().count() <= LONGEST_TAG && !tag.contains(is_unprintable);
    match tags.len() <= MOST_TAGS && tags.iter().all(fits) {
        true => Ok(tags.into_iter().collect::<Vec<_>>().join(", ")),
        false => Err("product-tags-wrong"),
    }
}

fn swatch(cell: &str) -> String {
    let digits = cell.strip_prefix('#').unwrap_or_default();
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_colour { cell.to_lowercase() } else { String::new() }
}

/// A whole number that is not below 0; `12.0` is one.
fn whole(cell: &str, most: i64) -> Result<String, Wrong> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let number = whole.parse::<i64>().ok().filter(|_| fraction.bytes().all(|byte| byte == b'0'));
    match number {
        Some(number) if (0..=most).contains(&number) => Ok(number.to_string()),
        _ => Err("import-wrong-whole"),
    }
}

/// `200x80x80`, in millimetres.
pub(super) fn parse_size(cell: &str) -> Result<[i64; 3], Wrong> {
    let sides: Vec<i64> = cell.split('x').filter_map(|side| side.trim().parse().ok()).collect();
    let fits = |side: &i64| (1..=1_000_000).contains(side);
    match sides[..] {
        [length, width, height] if sides.iter().all(fits) => Ok([length, width, height]),
        _ => Err("import-wrong-size"),
    }
}

const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.fZ";

/// UTC.
pub(super) fn instant(at: NaiveDateTime) -> String {
    at.format(INSTANT).to_string()
}

pub(super) fn parse_instant(cell: &str) -> Option<NaiveDateTime> {
    let spoken = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let day = || cell.parse::<NaiveDate>().ok().map(NaiveDateTime::from);
    let zoned = DateTime::parse_from_rfc3339(cell).ok().map(|at| at.naive_utc());
    let plain = || spoken.iter().find_map(|it| NaiveDateTime::parse_from_str(cell, it).ok());
    zoned.or_else(plain).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_name_or_its_address() {
        let cell = "mug-3f2a9c1b https://shop.example/media/mug-3f2a9c1c-640.webp https://cdn.example/x.jpg";
        let names: Vec<&str> = picture_names(cell).collect();
        assert_eq!(names, ["mug-3f2a9c1b", "mug-3f2a9c1c", "x.jpg"]);
    }
}

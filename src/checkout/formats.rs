//! Which fields an address has in each country, in which order, and what they are called.

use super::regions;
use crate::values::Country;

/// A part of an address. Its code is the field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Line1,
    Line2,
    District,
    City,
    Region,
    Postcode,
}

impl Part {
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Line1 => "line1",
            Self::Line2 => "line2",
            Self::District => "district",
            Self::City => "city",
            Self::Region => "region",
            Self::Postcode => "postcode",
        }
    }

    /// The token that tells browsers what to fill in (HTML, autofill field names).
    pub fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Line1 => "address-line1",
            Self::Line2 => "address-line2",
            Self::District => "address-level3",
            Self::City => "address-level2",
            Self::Region => "address-level1",
            Self::Postcode => "postal-code",
        }
    }

    /// The most characters.
    pub fn most(self) -> usize {
        match self {
            Self::Postcode => 12,
            Self::Line1 | Self::Line2 => 120,
            _ => 80,
        }
    }
}

/// A part of an address as one country knows it.
#[derive(Debug)]
pub(super) struct Slot {
    pub part: Part,
    /// Message of the label.
    pub label: &'static str,
    /// Message when it was left empty; `None` for what is optional.
    pub missing: Option<&'static str>,
    /// Message under the label.
    pub hint: &'static str,
    pub is_half: bool,
}

/// The address of a country.
#[derive(Debug)]
pub(super) struct Format {
    pub slots: &'static [Slot],
    pub postcode: Postcode,
    /// What can be chosen as region; empty where it is typed.
    pub regions: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Postcode {
    Digits {
        count: usize,
        example: &'static str,
    },
    /// Five digits, or nine with a hyphen after the fifth (USPS, ZIP+4).
    Zip {
        example: &'static str,
    },
    /// Whatever the country uses.
    Free,
}

const NAME: Slot = slot(Part::Name, "label-name", Some("missing-name"));
const LINE1: Slot = slot(Part::Line1, "label-line1", Some("missing-line1"));
const LINE2: Slot = slot(Part::Line2, "label-line2", None);

const fn slot(part: Part, label: &'static str, missing: Option<&'static str>) -> Slot {
    Slot { part, label, missing, hint: "", is_half: false }
}

const fn half(part: Part, label: &'static str, missing: Option<&'static str>) -> Slot {
    Slot { is_half: true, ..slot(part, label, missing) }
}

static INDONESIA: Format = Format {
    slots: &[
        NAME,
        Slot { hint: "hint-line1-id", ..LINE1 },
        LINE2,
        half(Part::Region, "label-province", Some("missing-province")),
        half(Part::City, "label-regency", Some("missing-regency")),
        half(Part::District, "label-district", Some("missing-district")),
        half(Part::Postcode, "label-postcode", Some("wrong-postcode-5")),
    ],
    postcode: Postcode::Digits { count: 5, example: "40111" },
    regions: regions::INDONESIA,
};

static MALAYSIA: Format = Format {
    slots: &[
        NAME,
        LINE1,
        LINE2,
        half(Part::Postcode, "label-postcode", Some("wrong-postcode-5")),
        half(Part::City, "label-city", Some("missing-city")),
        slot(Part::Region, "label-state", Some("missing-state")),
    ],
    postcode: Postcode::Digits { count: 5, example: "50450" },
    regions: regions::MALAYSIA,
};

static SINGAPORE: Format = Format {
    slots: &[
        NAME,
        Slot { hint: "hint-line1-sg", ..LINE1 },
        LINE2,
        half(Part::Postcode, "label-postcode", Some("wrong-postcode-6")),
    ],
    postcode: Postcode::Digits { count: 6, example: "238801" },
    regions: &[],
};

static UNITED_STATES: Format = Format {
    slots: &[
        NAME,
        LINE1,
        LINE2,
        slot(Part::City, "label-city", Some("missing-city")),
        half(Part::Region, "label-state", Some("missing-state")),
        half(Part::Postcode, "label-zip", Some("wrong-zip")),
    ],
    postcode: Postcode::Zip { example: "94103" },
    regions: regions::UNITED_STATES,
};

static ELSEWHERE: Format = Format {
    slots: &[
        NAME,
        LINE1,
        LINE2,
        half(Part::City, "label-city", Some("missing-city")),
        half(Part::Region, "label-region", None),
        half(Part::Postcode, "label-postcode", None),
    ],
    postcode: Postcode::Free,
    regions: &[],
};

/// How addresses of `country` are written.
pub(super) fn format(country: Country) -> &'static Format {
    match country.code() {
        "ID" => &INDONESIA,
        "MY" => &MALAYSIA,
        "SG" => &SINGAPORE,
        "US" => &UNITED_STATES,
        _ => &ELSEWHERE,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::web::texts;

    #[test]
    fn every_field_has_its_words_in_every_language() {
        for (country, language) in
            ["ID", "MY", "SG", "US", "DE"].into_iter().flat_map(|c| Language::ALL.map(|l| (c, l)))
        {
            for slot in format(Country::parse(country).unwrap()).slots {
                let hint = Some(slot.hint).filter(|hint| !hint.is_empty());
                for key in [Some(slot.label), slot.missing, hint].into_iter().flatten() {
                    let text = texts::of(language).with(key, &[("example", "40111".into())]);
                    assert_ne!(text, key, "{country} {language:?}");
                }
            }
        }
    }
}

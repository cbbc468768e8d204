//! Where a zone is: `"anywhere"`, `"ID"`, `{ country = "ID", regions = ["Bali"] }`,
//! `{ country = "US", postcodes = ["100-102", "104"] }`.

use std::collections::BTreeMap;

use super::read::{Fields, Ground, Read, Spot, Value, Write, Wrong, write_text};
use crate::values::Country;
use crate::zones::{Area, PostcodeRange};

const ANYWHERE: &str = "anywhere";

/// How many areas a zone may have.
const MOST_AREAS: usize = 2_000;

/// The areas of a zone, in their own order and each once.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Areas(pub Vec<Area>);

impl Areas {
    pub fn of(areas: &[Area]) -> Self {
        let mut areas = areas.to_vec();
        areas.sort();
        areas.dedup();
        Self(areas)
    }
}

/// What one entry of the list names.
struct Part(Vec<Area>);

impl Read for Areas {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let parts = Vec::<Part>::read(spot)?;
        let areas: Vec<Area> = parts.into_iter().flat_map(|Part(areas)| areas).collect();
        let once = Self::of(&areas);
        match areas.len() {
            most if most > MOST_AREAS => {
                Err(format!("must have at most {MOST_AREAS} entries").into())
            }
            all if all > once.0.len() => Err("names the same place twice".into()),
            _ => Ok(once),
        }
    }
}

impl Read for Part {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        match spot.value() {
            Value::Text(text) if text == ANYWHERE => Ok(Self(vec![Area::Anywhere])),
            Value::Text(_) => Ok(Self(vec![Area::Country(Country::read(spot)?)])),
            Value::Table(_) => parts_of_a_country(&Fields::of(spot)?),
            _ => Err("must be a country (\"ID\"), \"anywhere\", or { country = \"ID\", regions = [\"Bali\"] }".into()),
        }
    }
}

fn parts_of_a_country(fields: &Fields<'_>) -> Result<Part, Wrong> {
    let country = fields.required::<Country>("country");
    let regions = fields.optional::<Vec<RegionName>>("regions");
    let postcodes = fields.optional::<Vec<PostcodeRange>>("postcodes");
    fields.close();
    let (Some(country), Some(regions), Some(postcodes)) = (country, regions, postcodes) else {
        return Err(Wrong::Told);
    };
    let regions = regions.unwrap_or_default().into_iter();
    let postcodes = postcodes.unwrap_or_default().into_iter();
    let mut areas: Vec<Area> =
        regions.map(|RegionName(name)| Area::Region(country, name)).collect();
    areas.extend(postcodes.map(|range| Area::Postcodes(country, range)));
    match areas.is_empty() {
        true => Err("must name regions or postcodes; write the country alone for all of it".into()),
        false => Ok(Part(areas)),
    }
}

/// As it stands on a parcel.
struct RegionName(String);

impl Read for RegionName {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let name = String::read(spot)?;
        match name.trim() {
            "" => Err("must not be empty".into()),
            name => Ok(Self(name.to_owned())),
        }
    }
}

impl Read for PostcodeRange {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let range = String::read(spot)?;
        Self::parse(&range).map_err(|bad| format!("{bad}, such as \"401-409\"").into())
    }
}

impl Write for Areas {
    fn write(&self, _: &Ground) -> String {
        let mut written = Vec::new();
        let mut parts: BTreeMap<(Country, &str), Vec<String>> = BTreeMap::new();
        for area in &self.0 {
            match area {
                Area::Anywhere => written.push(write_text(ANYWHERE)),
                Area::Country(country) => written.push(write_text(country.code())),
                Area::Region(country, name) => {
                    parts.entry((*country, "regions")).or_default().push(write_text(name));
                }
                Area::Postcodes(country, range) => {
                    let range = write_text(&range.to_string());
                    parts.entry((*country, "postcodes")).or_default().push(range);
                }
            }
        }
        let part = |((country, key), names): ((Country, &str), Vec<String>)| {
            format!(
                "{{ country = {}, {key} = [{}] }}",
                write_text(country.code()),
                names.join(", ")
            )
        };
        written.extend(parts.into_iter().map(part));
        format!("[{}]", written.join(", "))
    }
}

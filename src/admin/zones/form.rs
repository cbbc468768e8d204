//! The form of a zone: its parts by name, one to a line.

use super::path;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::rulebook::named;
use crate::admin::typed::Typed;
use crate::rules::{Entry, TypedArea};
use crate::values::Country;
use crate::web::{Form, countries};
use crate::zones::{Area, Kind, Zone};

/// A part of a zone as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    field: &'static str,
    line: String,
    country: String,
    /// A region, or postcodes.
    within: String,
}

/// A zone as the fields of its form have it.
pub(super) fn fields(shell: &Desk, zone: &Zone) -> Vec<(String, String)> {
    let name = |country: Country| countries::name(shell, country);
    let lines = |line: &dyn Fn(&Area) -> Option<String>| {
        zone.areas.iter().filter_map(line).collect::<Vec<_>>().join("\n")
    };
    named([
        ("name", zone.name.clone()),
        (
            "countries",
            lines(&|area| match area {
                Area::Country(country) => Some(name(*country)),
                _ => None,
            }),
        ),
        (
            "regions",
            lines(&|area| match area {
                Area::Region(country, region) => Some(format!("{}: {region}", name(*country))),
                _ => None,
            }),
        ),
        (
            "postcodes",
            lines(&|area| match area {
                Area::Postcodes(country, range) => Some(format!("{}: {range}", name(*country))),
                _ => None,
            }),
        ),
        ("anywhere", if zone.areas.contains(&Area::Anywhere) { "1" } else { "" }.to_owned()),
    ])
}

/// What was typed, part by part.
pub(super) fn parts(shell: &Desk, form: &Form) -> Vec<Part> {
    let named = countries::by_name(shell);
    let part = |field: &'static str, line: &str| {
        let (country, within) = match field {
            "countries" => (line, ""),
            _ => line.split_once(':').unwrap_or((line, "")),
        };
        Part {
            field,
            line: line.to_owned(),
            country: code(&named, country.trim()),
            within: within.trim().to_owned(),
        }
    };
    let anywhere = form.find("anywhere").map(|_| Part {
        field: "anywhere",
        line: String::new(),
        country: "anywhere".to_owned(),
        within: String::new(),
    });
    let typed = ["countries", "regions", "postcodes"].into_iter().flat_map(|field| {
        let lines = form.get(field).lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| part(field, line)).collect::<Vec<_>>()
    });
    anywhere.into_iter().chain(typed).collect()
}

/// The two letters of a country that is named by them or in her language; else what was typed, for
/// the reader of rules to refuse.
pub(in crate::admin) fn code(named: &[(Country, String)], typed: &str) -> String {
    let wanted = typed.to_lowercase();
    let found = named.iter().find(|(_, name)| name.to_lowercase() == wanted);
    match found {
        Some((country, _)) => country.code().to_owned(),
        None if typed.len() == 2 => typed.to_uppercase(),
        None => typed.to_owned(),
    }
}

/// A zone as a file has it.
pub(super) fn entry(kind: Kind, code: &str, form: &Form, parts: &[Part]) -> Entry {
    let what = match kind {
        Kind::Tax => "tax zone",
        Kind::Delivery => "delivery zone",
    };
    let entry = Entry::new(what, code, &path(kind, code)).typed("name", form.get("name"));
    match parts {
        // Of a zone that is nowhere the reader says that it is missing.
        [] => entry,
        parts => entry.areas("where", parts.iter().map(area)),
    }
}

fn area(part: &Part) -> TypedArea<'_> {
    match part.field {
        "regions" => TypedArea::Region(&part.country, &part.within),
        "postcodes" => TypedArea::Postcodes(&part.country, &part.within),
        _ => TypedArea::Whole(&part.country),
    }
}

/// The field of a key, `where[2].regions[0]`, and what is wrong with it.
pub(super) fn say(shell: &Desk, parts: &[Part], key: &str) -> Option<(String, String)> {
    let at = key.strip_prefix("where[").and_then(|rest| rest.split(']').next());
    let part = at.and_then(|at| at.parse::<usize>().ok()).and_then(|at| parts.get(at));
    let (field, words) = match (key, part) {
        ("name", _) => ("name", shell.t("zone-wrong-name").to_owned()),
        (_, Some(part)) => {
            let key = format!("zone-wrong-{}", part.field);
            (part.field, shell.with(&key, "line", &part.line))
        }
        ("where", None) if parts.is_empty() => {
            ("countries", shell.t("zone-wrong-nowhere").to_owned())
        }
        ("where", None) => ("countries", shell.t("zone-wrong-twice").to_owned()),
        _ => return None,
    };
    Some((field.to_owned(), words))
}

/// The fields as they are shown.
pub(super) fn shown(typed: &Typed<'_>) -> Vec<Field> {
    let lines = |name| Field { kind: "textarea", ..typed.hinted(name, 60_000) };
    vec![
        Field { is_optional: false, ..typed.hinted("name", 100) },
        lines("countries"),
        lines("regions"),
        lines("postcodes"),
        Field { kind: "check", ..typed.hinted("anywhere", 0) },
    ]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_its_name_and_by_its_letters() {
        let named = [(Country::parse("ID").unwrap(), "Indonesia".to_owned())];
        let code = |typed| code(&named, typed);
        assert_eq!((code("indonesia"), code("id")), ("ID".into(), "ID".into()));
        assert_eq!((code("Sg"), code("Indonesa")), ("SG".into(), "Indonesa".into()));
    }
}

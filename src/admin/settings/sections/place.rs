//! In which country the shop is, and by which clock.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::admin::field::{Choices, Field};
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::settings::ShopSettings;
use crate::values::Country;
use crate::web::countries;

pub const PLACE: Section = Section { stored, fields, read };

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    vec![
        ("country".into(), settings.country.code().to_owned()),
        ("time_zone".into(), settings.time_zone.name().to_owned()),
    ]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let countries = countries::by_name(shell).into_iter();
    let countries = countries.map(|(country, name)| (country.code().to_owned(), name)).collect();
    vec![
        typed.select("country", countries),
        typed.select("time_zone", zones()).hint(shell.t("setting-time-zone-hint")),
    ]
}

/// Every clock by continent and city, in the order of the alphabet, and that of Greenwich.
fn zones() -> Choices {
    let names = TZ_VARIANTS.iter().map(|zone| zone.name()).filter(|name| is_of_a_city(name));
    let cities = names.map(|name| (name.to_owned(), name.replace('_', " ")));
    std::iter::once(("UTC".to_owned(), "UTC".to_owned())).chain(cities).collect()
}

fn is_of_a_city(name: &str) -> bool {
    const CONTINENTS: [&str; 9] = [
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    name.split_once('/').is_some_and(|(continent, _)| CONTINENTS.contains(&continent))
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let known = |code: &str| Country::parse(code).filter(|country| countries::exists(*country));
    if let Some(country) = reader.ask("country", "form-choose", known) {
        settings.country = country;
    }
    let zone = reader.ask("time_zone", "form-choose", |name| name.parse::<Tz>().ok());
    settings.time_zone = zone.unwrap_or(settings.time_zone);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shop_finds_its_clock() {
        let zones = zones();
        for name in ["UTC", "Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/New_York"] {
            assert!(zones.iter().any(|(value, _)| value == name), "{name}");
        }
        assert!(zones.iter().all(|(value, _)| value.parse::<Tz>().is_ok()));
    }
}

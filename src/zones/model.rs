//! Which zone a place is in.

use std::cmp::Reverse;

use super::postcode::{PostcodeRange, normal};
use crate::values::{Country, Place};

/// What a zone is for. A place is looked up separately for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Tax,
    Delivery,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Tax, Self::Delivery];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tax => "tax",
            Self::Delivery => "delivery",
        }
    }
}

/// A part of the world, from the widest to the closest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    Anywhere,
    Country(Country),
    /// By the name that stands on a parcel; never empty.
    Region(Country, String),
    Postcodes(Country, PostcodeRange),
}

impl Area {
    pub fn country(&self) -> Option<Country> {
        match self {
            Self::Anywhere => None,
            Self::Country(country) | Self::Region(country, _) | Self::Postcodes(country, _) => {
                Some(*country)
            }
        }
    }

    /// `postcode` is the place's own, as [`normal`] gives it.
    fn holds(&self, place: &Place, postcode: &str) -> bool {
        self.country().is_none_or(|country| country == place.country)
            && match self {
                Self::Anywhere | Self::Country(_) => true,
                Self::Region(_, region) => is_same_region(region, &place.region),
                Self::Postcodes(_, range) => range.holds(postcode),
            }
    }

    fn closeness(&self) -> u8 {
        match self {
            Self::Anywhere => 0,
            Self::Country(_) => 1,
            Self::Region(..) => 2,
            Self::Postcodes(..) => 3,
        }
    }
}

fn is_same_region(a: &str, b: &str) -> bool {
    let small = |text: &str| text.trim().to_lowercase();
    a == b || small(a) == small(b)
}

/// Where a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Unique among the zones of its kind; the rules of other rooms name it.
    pub code: String,
    /// For the merchant.
    pub name: String,
    /// In no particular order.
    pub areas: Vec<Area>,
}

/// All zones, those of each kind in the merchant's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    pub tax: Vec<Zone>,
    pub delivery: Vec<Zone>,
}

impl Rules {
    pub fn of(&self, kind: Kind) -> &[Zone] {
        match kind {
            Kind::Tax => &self.tax,
            Kind::Delivery => &self.delivery,
        }
    }

    /// Whether parts of a country are in zones of their own.
    pub fn is_divided(&self, kind: Kind, country: Country) -> bool {
        let is_part = |area: &Area| {
            matches!(area, Area::Region(..) | Area::Postcodes(..))
                && area.country() == Some(country)
        };
        self.of(kind).iter().any(|zone| zone.areas.iter().any(is_part))
    }

    /// The one zone that a place is in: that of the closest area which holds it; between equally
    /// close ones the first in the merchant's order.
    pub fn find(&self, kind: Kind, place: &Place) -> Option<&Zone> {
        let postcode = normal(&place.postcode);
        let areas =
            self.of(kind).iter().zip(0_usize..).flat_map(|(zone, position)| {
                zone.areas.iter().map(move |area| (zone, position, area))
            });
        areas
            .filter(|(_, _, area)| area.holds(place, &postcode))
            .max_by_key(|(_, position, area)| (area.closeness(), Reverse(*position)))
            .map(|(zone, _, _)| zone)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn zone(code: &str, areas: &[Area]) -> Zone {
        Zone { code: code.into(), name: code.into(), areas: areas.to_vec() }
    }

    fn region(name: &str) -> Area {
        Area::Region(country("ID"), name.into())
    }

    fn postcodes(range: &str) -> Area {
        Area::Postcodes(country("ID"), PostcodeRange::parse(range).unwrap())
    }

    fn rules() -> Rules {
        let tax = vec![zone("elsewhere", &[Area::Anywhere])];
        let delivery = vec![
            zone("indonesia", &[Area::Country(country("ID"))]),
            zone("java", &[region("Jawa Barat"), region("Jawa Tengah")]),
            zone("bandung", &[postcodes("401-406"), postcodes("40911")]),
            zone("java-too", &[region("Jawa Barat")]),
        ];
        Rules { tax, delivery }
    }

    fn find(kind: Kind, code: &str, region: &str, postcode: &str) -> Option<String> {
        let place =
            Place { country: country(code), region: region.into(), postcode: postcode.into() };
        rules().find(kind, &place).map(|zone| zone.code.clone())
    }

    #[test]
    fn the_closest_area_decides() {
        let delivery = |region, postcode| find(Kind::Delivery, "ID", region, postcode);
        assert_eq!(delivery("Jawa Barat", "40131").as_deref(), Some("bandung"));
        assert_eq!(delivery("", "40 911").as_deref(), Some("bandung"));
        assert_eq!(delivery("Jawa Tengah", "50131").as_deref(), Some("java"));
        assert_eq!(delivery("Papua", "99351").as_deref(), Some("indonesia"));
        assert_eq!(delivery("", "").as_deref(), Some("indonesia"));
        assert_eq!(find(Kind::Delivery, "SG", "Jawa Barat", "40131"), None);
    }

    #[test]
    fn equally_close_zones_are_taken_in_the_merchants_order() {
        assert_eq!(find(Kind::Delivery, "ID", "Jawa Barat", "").as_deref(), Some("java"));
    }

    #[test]
    fn regions_are_compared_without_case() {
        assert_eq!(find(Kind::Delivery, "ID", " JAWA tengah ", "").as_deref(), Some("java"));
    }

    #[test]
    fn each_kind_of_rule_has_its_own_zones() {
        assert_eq!(find(Kind::Tax, "ID", "Jawa Barat", "40131").as_deref(), Some("elsewhere"));
        assert_eq!(find(Kind::Tax, "SG", "", "").as_deref(), Some("elsewhere"));
        let nowhere = Rules::default();
        let place =
            Place { country: country("ID"), region: String::new(), postcode: String::new() };
        assert_eq!(nowhere.find(Kind::Tax, &place), None);
    }

    proptest! {
        #[test]
        fn a_wider_area_never_takes_a_place_from_a_closer_one(
            order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
            postcode in "40[1-6][0-9]{2}",
        ) {
            let areas = [
                Area::Anywhere,
                Area::Country(country("ID")),
                region("Jawa Barat"),
                postcodes("401-406"),
            ];
            let zones = order.iter().map(|at| zone(&at.to_string(), &areas[*at..=*at])).collect();
            let rules = Rules { tax: zones, delivery: Vec::new() };
            let place =
                Place { country: country("ID"), region: "jawa barat".into(), postcode };
            prop_assert_eq!(rules.find(Kind::Tax, &place).unwrap().code.as_str(), "3");
        }
    }
}

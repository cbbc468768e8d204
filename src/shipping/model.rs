//! A way of delivery, and where it is offered.

use chrono::{NaiveDateTime, NaiveTime};

use crate::language::{Language, LocalText};
use crate::money::Currency;
use crate::pricing::{Amount, Rate, Shipping};
use crate::values::{Country, Place};
use crate::zones::{self, Area};

/// How many ways a place is offered at most.
const MOST_OFFERED: usize = 20;

/// Whether a courier brings it, or the shopper fetches it from the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Parcel,
    Pickup,
}

impl Kind {
    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parcel => "parcel",
            Self::Pickup => "pickup",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Parcel, Self::Pickup].into_iter().find(|kind| kind.code() == code)
    }
}

/// A way of delivery as the merchant has set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// The code of a delivery zone.
    pub zone: String,
    pub kind: Kind,
    /// Of every amount; where it is not the shop's, the method is not offered.
    pub currency: Currency,
    /// What the bill reckons with. Its id is the method's code, unique within the zone.
    pub shipping: Shipping,
    pub name: LocalText,
    /// A line below the name; may be empty.
    pub note: LocalText,
    /// After the day of the order, in the shop's time zone.
    pub min_days: i64,
    pub max_days: i64,
    /// From this time of the shop's day on an order leaves a day later. To the minute.
    pub cutoff: Option<NaiveTime>,
    /// What is not active stays for the merchant to see and is offered to nobody.
    pub active: bool,
    /// The first instant (UTC) at which it is offered; `None` for ever since.
    pub starts_at: Option<NaiveDateTime>,
    /// The first instant at which it is not offered any more.
    pub ends_at: Option<NaiveDateTime>,
}

impl Method {
    pub fn code(&self) -> &str {
        self.shipping.id.as_str()
    }

    /// What it is called in a language, else in the shop's own; one without a name by its code.
    pub fn title(&self, language: Language, own: Language) -> &str {
        match self.name.get(language, own) {
            "" => self.code(),
            name => name,
        }
    }

    pub fn is_pickup(&self) -> bool {
        self.kind == Kind::Pickup
    }

    /// What a parcel costs that is as light as can be; `None` for a table without tiers.
    pub fn least_amount(&self) -> Option<Amount> {
        match &self.shipping.rate {
            Rate::Flat { amount } | Rate::PerItem { amount } => Some(*amount),
            Rate::WeightSteps(steps) => Some(steps.first_amount),
            Rate::Table { tiers, .. } => tiers.first().map(|tier| tier.amount),
        }
    }

    pub fn has_begun(&self, now: NaiveDateTime) -> bool {
        self.starts_at.is_none_or(|start| start <= now)
    }

    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// Whether it is offered in a zone at some time from now on.
    fn is_to_be_had(&self, zone: &str, (currency, now): (Currency, NaiveDateTime)) -> bool {
        self.active && self.zone == zone && self.currency == currency && !self.is_over(now)
    }
}

/// The ways to a place at an instant, in the merchant's order; none where the shop does not deliver.
pub fn methods_at<'a>(
    zones: &zones::Rules,
    methods: &'a [Method],
    place: &Place,
    at: (Currency, NaiveDateTime),
) -> Vec<&'a Method> {
    let Some(zone) = zones.find(zones::Kind::Delivery, place) else { return Vec::new() };
    let offered = methods.iter().filter(|method| method.is_to_be_had(&zone.code, at));
    offered.filter(|method| method.has_begun(at.1)).take(MOST_OFFERED).collect()
}

/// Which of `all` countries the shop delivers to from now on, in whole or in part.
pub fn countries(
    zones: &zones::Rules,
    methods: &[Method],
    at: (Currency, NaiveDateTime),
    all: impl Iterator<Item = Country>,
) -> Vec<Country> {
    let open = |code: &str| methods.iter().any(|method| method.is_to_be_had(code, at));
    let open: Vec<&zones::Zone> = zones.delivery.iter().filter(|zone| open(&zone.code)).collect();
    all.filter(|country| reaches(zones, &open, *country)).collect()
}

/// Whether the shop delivers anywhere in a country.
pub fn delivers_to(
    zones: &zones::Rules,
    methods: &[Method],
    at: (Currency, NaiveDateTime),
    country: Country,
) -> bool {
    !countries(zones, methods, at, std::iter::once(country)).is_empty()
}

/// A part of the country is in an open zone, or the country as a whole.
fn reaches(zones: &zones::Rules, open: &[&zones::Zone], country: Country) -> bool {
    let is_part = |area: &Area| matches!(area, Area::Region(own, _) | Area::Postcodes(own, _) if *own == country);
    let whole = Place { country, region: String::new(), postcode: String::new() };
    let whole = zones.find(zones::Kind::Delivery, &whole);
    open.iter().any(|zone| zone.areas.iter().any(is_part) || Some(*zone) == whole)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;
    use crate::pricing::Text;
    use crate::zones::Zone;

    pub fn method(zone: &str, code: &str) -> Method {
        let text = |text: &str| Text::try_from(text).unwrap();
        let rate = Rate::Flat { amount: Amount::new(18_000).unwrap() };
        Method {
            zone: zone.into(),
            kind: Kind::Parcel,
            currency: Currency::parse("IDR").unwrap(),
            shipping: Shipping::new(text(code), text("standard"), rate),
            name: LocalText::default(),
            note: LocalText::default(),
            min_days: 2,
            max_days: 3,
            cutoff: None,
            active: true,
            starts_at: None,
            ends_at: None,
        }
    }

    /// Noon of a day of November 2026, in rupiah.
    fn on(day: u32) -> (Currency, NaiveDateTime) {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        (Currency::parse("IDR").unwrap(), day.and_hms_opt(12, 0, 0).unwrap())
    }

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn zones() -> zones::Rules {
        let zone = |code: &str, areas: &[Area]| Zone {
            code: code.into(),
            name: code.into(),
            areas: areas.to_vec(),
        };
        let delivery = vec![
            zone("java", &[Area::Region(country("ID"), "Jawa Barat".into())]),
            zone("not-here", &[Area::Country(country("SG"))]),
            zone("world", &[Area::Anywhere]),
        ];
        zones::Rules { tax: Vec::new(), delivery }
    }

    fn at(methods: &[Method], code: &str, region: &str) -> Vec<String> {
        let place =
            Place { country: country(code), region: region.into(), postcode: String::new() };
        let offered = methods_at(&zones(), methods, &place, on(23));
        offered.into_iter().map(|method| method.code().to_owned()).collect()
    }

    #[test]
    fn a_place_is_offered_the_active_methods_of_its_zone_in_the_shops_currency() {
        let mut methods = vec![
            method("java", "b"),
            method("java", "a"),
            method("java", "off"),
            method("java", "dollars"),
            method("world", "air"),
        ];
        methods[2].active = false;
        methods[3].currency = Currency::parse("USD").unwrap();
        assert_eq!(at(&methods, "ID", "Jawa Barat"), ["b", "a"]);
        assert_eq!(at(&methods, "ID", "Bali"), ["air"]);
        assert_eq!(at(&methods, "SG", ""), [""; 0]);
    }

    #[test]
    fn a_way_is_offered_in_its_time_alone() {
        let window = |days: [Option<u32>; 2]| {
            let [starts_at, ends_at] = days.map(|day| day.map(|day| on(day).1));
            Method { starts_at, ends_at, ..method("java", "a") }
        };
        for (days, is_offered, is_reached) in [
            ([None, None], true, true),
            ([Some(23), Some(24)], true, true),
            ([Some(24), None], false, true),
            ([None, Some(23)], false, false),
        ] {
            let methods = [window(days)];
            assert_eq!(at(&methods, "ID", "Jawa Barat").len() == 1, is_offered, "{days:?}");
            let reached = delivers_to(&zones(), &methods, on(23), country("ID"));
            assert_eq!(reached, is_reached, "{days:?}");
        }
    }

    #[test]
    fn a_country_can_be_chosen_when_any_part_of_it_is_delivered_to() {
        let reached = |methods: &[Method]| {
            let all = ["DE", "ID", "SG"].map(country).into_iter();
            let reached = countries(&zones(), methods, on(23), all);
            reached.iter().map(|country| country.code().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(reached(&[method("java", "a")]), ["ID"]);
        assert_eq!(reached(&[method("world", "air")]), ["DE", "ID"]);
        assert_eq!(reached(&[]), [""; 0]);
    }
}

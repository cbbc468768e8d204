//! A way of delivery, and where it is offered.

use chrono::NaiveTime;

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

    fn is_offered(&self, zone: &str, currency: Currency) -> bool {
        self.active && self.zone == zone && self.currency == currency
    }
}

/// The ways to a place in the merchant's order; none where the shop does not deliver.
pub fn methods_at<'a>(
    zones: &zones::Rules,
    methods: &'a [Method],
    place: &Place,
    currency: Currency,
) -> Vec<&'a Method> {
    let Some(zone) = zones.find(zones::Kind::Delivery, place) else { return Vec::new() };
    let offered = methods.iter().filter(|method| method.is_offered(&zone.code, currency));
    offered.take(MOST_OFFERED).collect()
}

/// Which of `all` countries the shop delivers to, in whole or in part.
pub fn countries(
    zones: &zones::Rules,
    methods: &[Method],
    currency: Currency,
    all: impl Iterator<Item = Country>,
) -> Vec<Country> {
    let open = |code: &str| methods.iter().any(|method| method.is_offered(code, currency));
    let open: Vec<&zones::Zone> = zones.delivery.iter().filter(|zone| open(&zone.code)).collect();
    all.filter(|country| reaches(zones, &open, *country)).collect()
}

/// Whether the shop delivers anywhere in a country.
pub fn delivers_to(
    zones: &zones::Rules,
    methods: &[Method],
    currency: Currency,
    country: Country,
) -> bool {
    !countries(zones, methods, currency, std::iter::once(country)).is_empty()
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
        }
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
        let idr = Currency::parse("IDR").unwrap();
        let offered = methods_at(&zones(), methods, &place, idr);
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
    fn a_country_can_be_chosen_when_any_part_of_it_is_delivered_to() {
        let idr = Currency::parse("IDR").unwrap();
        let reached = |methods: &[Method]| {
            let all = ["DE", "ID", "SG"].map(country).into_iter();
            let reached = countries(&zones(), methods, idr, all);
            reached.iter().map(|country| country.code().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(reached(&[method("java", "a")]), ["ID"]);
        assert_eq!(reached(&[method("world", "air")]), ["DE", "ID"]);
        assert_eq!(reached(&[]), [""; 0]);
    }
}

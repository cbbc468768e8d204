//! Which tax rates hold.

use chrono::NaiveDateTime;

use crate::pricing::TaxRate;
use crate::values::Place;
use crate::zones::{self, Kind};

/// A rate of one zone, as the merchant has set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The code of a tax zone.
    pub zone: String,
    /// What bills reckon with. Its id is unique within the zone.
    pub rate: TaxRate,
    /// The first instant (UTC) at which it holds; `None` for ever since.
    pub valid_from: Option<NaiveDateTime>,
    /// The first instant at which it does not hold any more.
    pub valid_to: Option<NaiveDateTime>,
}

impl Rate {
    fn is_valid_at(&self, now: NaiveDateTime) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_to.is_none_or(|to| now < to)
    }
}

/// The rates that hold at a place and an instant, in the merchant's order; none where the shop
/// charges no tax.
pub fn rates_at(
    zones: &zones::Rules,
    rates: &[Rate],
    place: &Place,
    now: NaiveDateTime,
) -> Vec<TaxRate> {
    let Some(zone) = zones.find(Kind::Tax, place) else { return Vec::new() };
    let held = rates.iter().filter(|rate| rate.zone == zone.code && rate.is_valid_at(now));
    held.map(|rate| rate.rate.clone()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pricing::{TaxRatePpm, Text};
    use crate::values::Country;
    use crate::zones::{Area, Zone};
    use chrono::{NaiveDate, TimeDelta};

    fn rate(zone: &str, id: &str, window: [Option<NaiveDateTime>; 2]) -> Rate {
        let text = |text: &str| Text::try_from(text).unwrap();
        let (class, ppm) = (text("standard"), TaxRatePpm::new(110_000).unwrap());
        let rate = TaxRate { id: text(id), name: text(id), tax_class: class, ppm };
        Rate { zone: zone.into(), rate, valid_from: window[0], valid_to: window[1] }
    }

    #[test]
    fn a_rate_gives_way_to_the_next_at_the_very_instant() {
        let (id, sg) = (Country::parse("ID").unwrap(), Country::parse("SG").unwrap());
        let area = Area::Country(id);
        let zone = Zone { code: "id".into(), name: "Indonesia".into(), areas: vec![area] };
        let zones = zones::Rules { tax: vec![zone], delivery: Vec::new() };
        let switch = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_hms_opt(0, 0, 0);
        let rates = [
            rate("id", "old", [None, switch]),
            rate("id", "new", [switch, None]),
            rate("id", "always", [None, None]),
            rate("elsewhere", "other", [None, None]),
        ];
        let at = |country, now| {
            let place = Place { country, region: String::new(), postcode: String::new() };
            let held = rates_at(&zones, &rates, &place, now);
            held.into_iter().map(|rate| rate.id.as_str().to_owned()).collect::<Vec<_>>()
        };
        let switch = switch.unwrap();
        assert_eq!(at(id, switch - TimeDelta::microseconds(1)), ["old", "always"]);
        assert_eq!(at(id, switch), ["new", "always"]);
        assert_eq!(at(sg, switch), [""; 0]);
    }
}

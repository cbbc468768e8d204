//! What a list can be narrowed by, as its address says it.

use std::collections::BTreeMap;

use crate::web::Query;

/// More filters at once than this are not looked at: nobody ticks so many, and each costs a query.
const MOST_FACETS: usize = 8;
/// More values of one filter than this are not looked at.
const MOST_VALUES: usize = 20;
/// Beyond the dearest thing that can be sold (minor units).
const MOST_MONEY: i64 = 1_000_000_000_000;

/// The order of a list; the product's id decides between equals, so that pages never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Popular,
    Newest,
    PriceUp,
    PriceDown,
    Name,
}

impl Sort {
    pub const ALL: [Self; 5] =
        [Self::Popular, Self::Newest, Self::PriceUp, Self::PriceDown, Self::Name];

    /// Its name in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Popular => "popular",
            Self::Newest => "newest",
            Self::PriceUp => "price-up",
            Self::PriceDown => "price-down",
            Self::Name => "name",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// The values chosen of one filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The code of an option or an attribute, or `brand`.
    pub facet: String,
    pub values: Vec<String>,
}

/// Everything that narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    pub chosen: Vec<Chosen>,
    /// Minor units.
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    pub in_stock: bool,
}

impl Filters {
    /// Reads the filters of an address. What is no filter is left alone: an old link with a
    /// filter that the shop no longer has shows the list without it.
    pub fn parse(query: &Query, price: impl Fn(&str) -> Option<i64>) -> Self {
        let mut chosen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, value) in query.iter() {
            if is_facet(name) && is_code(value) {
                chosen.entry(name).or_default().push(value.to_owned());
            }
        }
        let amount = |name| query.get(name).and_then(&price).filter(|a| *a <= MOST_MONEY);
        Self {
            chosen: chosen.into_iter().take(MOST_FACETS).map(chosen_values).collect(),
            min_price: amount("min"),
            max_price: amount("max"),
            in_stock: query.get("stock") == Some("in"),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many filters are set, a price range being one.
    pub fn count(&self) -> usize {
        self.chosen.iter().map(|chosen| chosen.values.len()).sum::<usize>()
            + usize::from(self.min_price.is_some() || self.max_price.is_some())
            + usize::from(self.in_stock)
    }

    pub fn is_chosen(&self, facet: &str, value: &str) -> bool {
        let mut of_facet = self.chosen.iter().filter(|chosen| chosen.facet == facet);
        of_facet.any(|chosen| chosen.values.iter().any(|chosen| chosen == value))
    }

    /// The same without one filter: its own counts show what choosing more of it would give.
    pub fn without(&self, facet: &str) -> Self {
        let mut rest = self.clone();
        rest.chosen.retain(|chosen| chosen.facet != facet);
        rest
    }

    /// The same without one value of a filter.
    pub fn without_value(&self, facet: &str, value: &str) -> Self {
        let mut rest = self.clone();
        for chosen in rest.chosen.iter_mut().filter(|chosen| chosen.facet == facet) {
            chosen.values.retain(|known| known != value);
        }
        rest.chosen.retain(|chosen| !chosen.values.is_empty());
        rest
    }
}

/// Names that mean something else in an address.
fn is_facet(name: &str) -> bool {
    !matches!(name, "q" | "page" | "sort" | "min" | "max" | "stock") && is_code(name)
}

fn is_code(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
    (1..=100).contains(&text.len()) && text.bytes().all(is_plain)
}

fn chosen_values((facet, mut values): (&str, Vec<String>)) -> Chosen {
    values.sort_unstable();
    values.dedup();
    values.truncate(MOST_VALUES);
    Chosen { facet: facet.to_owned(), values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_filters() {
        let query = Query::parse("colour=sage&colour=oat&colour=oat&min=10&stock=in&page=2&x=%27")
            .expect("it is well-formed");
        let filters = Filters::parse(&query, |text| text.parse().ok());
        let colours = Chosen { facet: "colour".into(), values: vec!["oat".into(), "sage".into()] };
        assert_eq!(filters.chosen, [colours]);
        assert_eq!(
            (filters.min_price, filters.max_price, filters.in_stock),
            (Some(10), None, true)
        );
        assert_eq!(filters.count(), 4);
    }
}

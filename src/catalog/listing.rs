//! A list of products that can be narrowed, sorted and paged: the body of category pages and of
//! search results.

use super::card::{self, Card};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::search::{self, Facet, Filters, Found, Scope, Sort, Wanted};
use crate::values::Quantity;
use crate::web::pager::Pager;
use crate::web::{Link, Picture, Query, Shell, View, Visit};

/// How many products a page holds.
const PER_PAGE: usize = 24;
/// A filter with more values than this folds the rest away.
pub const SHOWN_VALUES: usize = 8;

/// What an address asks of a list.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// What was searched for; empty on a category page.
    pub words: String,
    pub filters: Filters,
    pub sort: Sort,
    pub page: i64,
    currency: Currency,
    language: Language,
}

impl Asked {
    /// # Errors
    /// `NotFound` for a page number that no list has.
    pub fn parse(visit: &Visit, query: &Query) -> Result<Self> {
        let currency = visit.frame.settings.currency;
        let price = |typed: &str| {
            let amount = Money::parse_typed(typed, currency, visit.language.code());
            amount.ok().map(|amount| amount.minor())
        };
        let words: String = query.get("q").unwrap_or_default().trim().chars().take(100).collect();
        Ok(Self {
            path: visit.href(&visit.path),
            words,
            filters: Filters::parse(query, price),
            sort: query.get("sort").and_then(Sort::parse).unwrap_or_default(),
            page: match query.get("page") {
                Some(number) => Quantity::parse(number).ok_or(Error::NotFound)?.get(),
                None => 1,
            },
            currency,
            language: visit.language,
        })
    }

    pub fn wanted(&self, view: &View, scope: Scope) -> Wanted {
        Wanted {
            frame: view.frame.clone(),
            scope,
            filters: self.filters.clone(),
            sort: self.sort,
            language: view.language,
            now: view.now,
            offset: usize::try_from(self.page - 1).unwrap_or(usize::MAX).saturating_mul(PER_PAGE),
            limit: PER_PAGE,
        }
    }

    /// An amount (minor units) as the shopper would type it.
    fn typed(&self, amount: i64) -> String {
        Money::new(amount, self.currency).typed(self.language.code())
    }

    /// The part of the address that makes this a page of its own for search engines.
    pub fn canonical_query(&self) -> String {
        let address = self.address(&self.filters, Sort::default(), self.page);
        address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    }

    /// Whether it is the first page, as it is when nothing is chosen.
    pub fn is_plain(&self) -> bool {
        let plain = self.address(&Filters::default(), Sort::default(), 1);
        self.address(&self.filters, self.sort, self.page) == plain
    }

    /// The address of this list with other filters, sort or page.
    fn address(&self, filters: &Filters, sort: Sort, page: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        for chosen in &filters.chosen {
            for value in &chosen.values {
                query.append_pair(&chosen.facet, value);
            }
        }
        let prices = [("min", filters.min_price), ("max", filters.max_price)];
        for (name, amount) in prices.into_iter().filter_map(|(n, a)| Some((n, a?))) {
            query.append_pair(name, &self.typed(amount));
        }
        if filters.in_stock {
            query.append_pair("stock", "in");
        }
        if sort != Sort::default() {
            query.append_pair("sort", sort.code());
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        match query.finish() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }
}

/// The products of one page and everything around them, ready to show.
pub struct Listing {
    pub cards: Vec<Card>,
    pub total: usize,
    pub filter_count: usize,
    pub facets: Vec<Facet>,
    pub min_price: String,
    pub max_price: String,
    pub in_stock: bool,
    pub in_stock_count: i64,
    /// The filters in use, each with the address of the list without it.
    pub chips: Vec<Link>,
    pub clear: String,
    pub sorts: Vec<Link>,
    pub sort: Sort,
    pub words: String,
    pub path: String,
    pub pager: Pager,
    /// Numbers with their addresses; an empty text is a gap.
    pub pages: Vec<Link>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// What a listing needs of the database.
pub struct Loaded {
    found: Found,
    cards: Vec<Card>,
}

/// # Errors
/// `NotFound` for a page behind the last.
pub fn load(conn: &mut Conn, view: &View, wanted: &Wanted) -> Result<Loaded> {
    let found = search::find(conn, wanted)?;
    if found.products.is_empty() && wanted.offset > 0 {
        return Err(Error::NotFound);
    }
    let cards = card::load(conn, view, &found.products)?;
    Ok(Loaded { found, cards })
}

impl Loaded {
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }
}

impl Listing {
    pub fn new(shell: &Shell, asked: &Asked, loaded: Loaded) -> Self {
        let Loaded { found, cards } = loaded;
        let typed = |amount| asked.typed(amount);
        let pager = Pager::new(asked.page, found.total, PER_PAGE);
        let page = |number: i64| asked.address(&asked.filters, asked.sort, number);
        Self {
            chips: chips(shell, asked, &found.facets),
            clear: asked.address(&Filters::default(), asked.sort, 1),
            sorts: sorts(shell, asked),
            sort: asked.sort,
            filter_count: asked.filters.count(),
            min_price: asked.filters.min_price.map(typed).unwrap_or_default(),
            max_price: asked.filters.max_price.map(typed).unwrap_or_default(),
            in_stock: asked.filters.in_stock,
            in_stock_count: found.in_stock,
            words: asked.words.clone(),
            path: asked.path.clone(),
            pages: page_links(asked, &pager),
            previous: pager.previous().map(page),
            next: pager.next().map(page),
            pager,
            total: found.total,
            facets: found.facets,
            cards,
        }
    }

    /// A picture for link previews.
    pub fn picture(&self) -> String {
        let pictures = self.cards.iter().filter_map(|card| card.picture.as_ref());
        pictures.map(Picture::to_share).find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// The sort that is in force, in words.
    pub fn sort_name(&self) -> &str {
        self.sorts.iter().find(|sort| sort.is_current).map_or("", |sort| &sort.text)
    }

    /// Whether the order is another than the usual one.
    pub fn is_sorted(&self) -> bool {
        self.sort != Sort::default()
    }

    /// Search engines get a list with at most one filter, in its usual order.
    pub fn is_indexable(&self) -> bool {
        self.words.is_empty() && self.filter_count <= 1 && !self.is_sorted()
    }
}

fn sorts(shell: &Shell, asked: &Asked) -> Vec<Link> {
    let sorts = Sort::ALL.into_iter().map(|sort| Link {
        href: asked.address(&asked.filters, sort, 1),
        text: shell.t(sort_key(sort)).to_owned(),
        is_current: sort == asked.sort,
    });
    sorts.collect()
}

fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Popular => "sort-popular",
        Sort::Newest => "sort-newest",
        Sort::PriceUp => "sort-price-up",
        Sort::PriceDown => "sort-price-down",
        Sort::Name => "sort-name",
    }
}

/// One chip for each filter in use, by which it can be taken off again.
fn chips(shell: &Shell, asked: &Asked, facets: &[Facet]) -> Vec<Link> {
    let mut chips = Vec::new();
    let mut chip = |text: String, rest: &Filters| {
        let href = asked.address(rest, asked.sort, 1);
        chips.push(Link { href, text, is_current: false });
    };
    for facet in facets {
        for value in facet.values.iter().filter(|value| value.is_chosen) {
            chip(value.name.clone(), &asked.filters.without_value(&facet.code, &value.code));
        }
    }
    let Filters { min_price, max_price, .. } = asked.filters;
    if min_price.is_some() || max_price.is_some() {
        let rest = Filters { min_price: None, max_price: None, ..asked.filters.clone() };
        chip(price_words(shell, min_price, max_price), &rest);
    }
    if asked.filters.in_stock {
        let rest = Filters { in_stock: false, ..asked.filters.clone() };
        chip(shell.t("filter-in-stock").to_owned(), &rest);
    }
    chips
}

fn price_words(shell: &Shell, min: Option<i64>, max: Option<i64>) -> String {
    let money = |minor| Money::new(minor, shell.settings().currency).show(shell.lang());
    match (min.map(money), max.map(money)) {
        (Some(min), Some(max)) => format!("{min} – {max}"),
        (Some(min), None) => shell.with("price-at-least", "amount", min),
        (None, max) => shell.with("price-at-most", "amount", max.unwrap_or_default()),
    }
}

fn page_links(asked: &Asked, pager: &Pager) -> Vec<Link> {
    let numbers = pager.numbers().into_iter().map(|number| match number {
        Some(number) => Link {
            href: asked.address(&asked.filters, asked.sort, number),
            text: number.to_string(),
            is_current: number == pager.page,
        },
        None => Link { href: String::new(), text: String::new(), is_current: false },
    });
    numbers.collect()
}

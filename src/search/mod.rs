//! Finds products: one small interface, [`find`], over indexed SQL. A search engine may stand
//! behind it later. Owns the table `search_term`; reads the catalogue's.
//!
//! Values of one filter widen, filters narrow, and options, price and availability are asked of
//! one and the same variant: blue in XL is found only where a blue XL can be had.

mod facets;
mod filters;
mod handle;
mod queries;
mod terms;

pub use facets::{Facet, FacetValue};
pub use filters::{Chosen, Filters, Sort};
pub use handle::{free, free_handle, handle_of};
pub use queries::{MORE_THAN_FEW, Products, few, index_product, keep, keep_in_scope, visible};
pub use terms::{fold, words};

use chrono::NaiveDateTime;
use std::sync::Arc;

use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CategoryId, ProductId};
use crate::language::Language;
use crate::web::frame::Frame;

/// Where to look.
#[derive(Debug, Clone)]
pub enum Scope {
    /// In a category and all below it.
    Category(CategoryId),
    /// Everywhere.
    Everything,
    /// Among the products that have these words, or words that begin so, in any language.
    Words(Vec<String>),
}

impl Scope {
    /// The words of what a shopper typed, folded; at most six, so that a query stays small.
    /// Nothing typed is everything.
    pub fn words(typed: &str) -> Self {
        match terms::words(typed) {
            _ if typed.trim().is_empty() => Self::Everything,
            words => Self::Words(words.into_iter().take(6).collect()),
        }
    }

    /// The word that says most about what is looked for: people name the thing first.
    fn first_word(&self) -> Option<&str> {
        match self {
            Self::Words(words) => words.first().map(String::as_str),
            Self::Category(_) | Self::Everything => None,
        }
    }
}

/// What to look for, how, and when: prices and publication are those of `now`.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub frame: Arc<Frame>,
    pub scope: Scope,
    pub filters: Filters,
    pub sort: Sort,
    pub language: Language,
    pub now: NaiveDateTime,
    pub offset: usize,
    pub limit: usize,
}

impl Wanted {
    fn currency(&self) -> String {
        self.frame.settings.currency.code().to_owned()
    }
}

/// One page of products in order, how many there are in all, and what they can be filtered by.
#[derive(Debug)]
pub struct Found {
    pub products: Vec<ProductId>,
    pub total: usize,
    pub facets: Vec<Facet>,
    /// How many can be had now.
    pub in_stock: i64,
}

/// Words that would find something, near those that do not: each unknown one is replaced by the
/// known one that is most like it. `None` when nothing is alike.
pub fn corrected(conn: &mut Conn, typed: &str) -> Result<Option<String>> {
    let words: Vec<String> = terms::words(typed).into_iter().take(6).collect();
    let mut corrected = Vec::with_capacity(words.len());
    for word in &words {
        corrected.push(queries::nearest_term(conn, word)?.unwrap_or_else(|| word.clone()));
    }
    Ok(Some(corrected.join(" ")).filter(|_| corrected != words))
}

/// Finds one page of products with the counts of every filter value.
///
/// The ids of all that match are looked up once, in order; pages and counts are taken from them.
pub fn find(conn: &mut Conn, wanted: &Wanted) -> Result<Found> {
    let matching = queries::matching(conn, wanted, &wanted.filters)?;
    let page = matching.iter().skip(wanted.offset).take(wanted.limit);
    Ok(Found {
        products: page.copied().collect(),
        total: matching.len(),
        in_stock: queries::count_in_stock(conn, wanted, &matching)?,
        facets: facets::load(conn, wanted, &matching)?,
    })
}

//! `GET /search`: what a shopper's words find; without words, everything.

use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use askama::Template;

use super::card::{self, Card};
use super::listing::{self, Asked, Listing, Loaded, SHOWN_VALUES};
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::search::{self, Scope, Wanted};
use crate::tally::Tally;
use crate::web::{Head, Html, Link, Shell, View, Visit, see_other};

#[derive(Template)]
#[template(path = "catalog/results.html")]
struct ResultsPage {
    shell: Shell,
    heading: String,
    listing: Listing,
    /// Words that would find something.
    instead: Option<Link>,
    popular: Vec<Card>,
    categories: Vec<Link>,
}

/// What the database says to a search.
enum Answer {
    /// The words are a SKU: the product's address.
    Product(String),
    Found(Loaded),
    Nothing {
        loaded: Loaded,
        instead: Option<String>,
        popular: Vec<Card>,
    },
}

pub async fn show(visit: Visit, tally: Data<Tally>) -> Result<Either<Html, HttpResponse>> {
    visit.pass(Limit::Search)?;
    let asked = Asked::parse(&visit, &visit.query()?)?;
    let view = visit.view();
    let wanted = asked.wanted(&view, Scope::words(&asked.words));
    let words = asked.words.clone();
    let answer = visit.shop.db.read(move |conn| answer(conn, &view, &wanted, &words)).await?;
    if asked.is_plain() {
        tally.search(&visit, &asked.words, !matches!(answer, Answer::Nothing { .. }));
    }
    match answer {
        Answer::Product(path) => Ok(Either::Right(see_other(&visit.href(&path)))),
        Answer::Found(loaded) => page(&visit, &asked, loaded, None, Vec::new()).map(Either::Left),
        Answer::Nothing { loaded, instead, popular } => {
            page(&visit, &asked, loaded, instead, popular).map(Either::Left)
        }
    }
}

fn answer(conn: &mut Conn, view: &View, wanted: &Wanted, words: &str) -> Result<Answer> {
    if let Some(slug) = queries::find_sku(conn, view, words)? {
        let sku: String =
            form_urlencoded::byte_serialize(words.to_uppercase().as_bytes()).collect();
        return Ok(Answer::Product(format!("/products/{slug}?variant={sku}")));
    }
    let loaded = listing::load(conn, view, wanted)?;
    if !loaded.is_empty() {
        return Ok(Answer::Found(loaded));
    }
    let popular = queries::popular(conn, view, None, 4)?;
    Ok(Answer::Nothing {
        loaded,
        instead: search::corrected(conn, words)?,
        popular: card::load(conn, view, &popular)?,
    })
}

fn page(
    visit: &Visit,
    asked: &Asked,
    loaded: Loaded,
    instead: Option<String>,
    popular: Vec<Card>,
) -> Result<Html> {
    let mut shell = visit.shell(Head::private(""));
    shell.searched = asked.words.clone();
    let heading = match asked.words.is_empty() {
        true => shell.t("all-products").to_owned(),
        false => shell.with("results-for", "words", &asked.words),
    };
    shell.head.title = heading.clone();
    shell.head.description = shell.with("results-description", "shop", shell.shop_name());
    Html::page(&ResultsPage {
        listing: Listing::new(&shell, asked, loaded),
        instead: instead.map(|words| instead_link(&shell, words)),
        categories: shell.menu(),
        popular,
        heading,
        shell,
    })
}

fn instead_link(shell: &Shell, words: String) -> Link {
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("q", &words).finish();
    Link { href: format!("{}?{query}", shell.href("/search")), text: words, is_current: false }
}

//! `GET /products/{slug}`: one product, with everything needed to choose and buy it.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::card::{self, Card, PriceTag};
use super::category::crumbs;
use super::choice::{Chosen, Range};
use super::option_view::{OptionView, options};
use super::price::Offer;
use super::queries::{self, AttributeRow, Product, VariantRow};
use super::seen::{self, Seen};
use super::{gone, specs, structured};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::MediaId;
use crate::stock::Supply;
use crate::values::Slug;
use crate::web::frame::DeliveryPromise;
use crate::web::{Head, Html, Link, Picture, Query, Shell, SlugPath, View, Visit, moved};

/// How many related products a page shows.
const RELATED: i64 = 4;

#[derive(Template)]
#[template(path = "catalog/product.html")]
pub(super) struct ProductPage {
    shell: Shell,
    slug: String,
    name: String,
    description: String,
    brand: Option<String>,
    crumbs: Vec<Link>,
    pictures: Vec<Picture>,
    options: Vec<OptionView>,
    price: Option<PriceTag>,
    /// "From 10: Rp 120.000 each", of the chosen variant.
    tiers: Vec<String>,
    stock: Stock,
    specs: Vec<(String, String)>,
    delivery: Option<DeliveryPromise>,
    related: Vec<Card>,
    seen: Vec<Card>,
    quantity: String,
    /// Why the last try to buy did not work.
    problem: Option<String>,
    alert: Option<AlertForm>,
    is_preview: bool,
}

/// Asks who wants to know when the variant is back.
struct AlertForm {
    sku: String,
    email: String,
    /// What is wrong with the address; empty for nothing.
    error: String,
    /// Whether her account has an address.
    is_customer: bool,
}

/// How a page speaks of stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    In,
    /// So few that the number is worth knowing.
    Few(i64),
    /// None is there, but one may be ordered and sent when it comes in.
    Backorder,
    Out,
}

impl Stock {
    pub fn of(supply: Supply, few: i64) -> Self {
        match supply.available {
            _ if supply.is_sold_out() => Self::Out,
            ..=0 => Self::Backorder,
            left if left <= few => Self::Few(left),
            _ => Self::In,
        }
    }
}

/// What a product's page needs of the database.
pub(super) struct Loaded {
    pub product: Product,
    pub range: Range,
    pub pictures: Vec<(MediaId, Picture)>,
    pub attributes: Vec<AttributeRow>,
    pub related: Vec<Card>,
    pub seen: Vec<Card>,
}

enum Answer {
    Here(Box<Loaded>),
    Moved(String),
    Gone(Product, Vec<Card>),
}

pub async fn show(
    request: HttpRequest,
    visit: Visit,
    slug: SlugPath,
    seen: Seen,
) -> Result<HttpResponse> {
    let view = visit.view();
    let (reader, before) = (view.clone(), seen.clone());
    let answer = visit.shop.db.read(move |conn| answer(conn, &reader, &slug.0, &before)).await?;
    match answer {
        Answer::Here(loaded) => {
            let (product, query) = (loaded.product.id, visit.query()?);
            let chosen = chosen_in(&query, &view, &loaded.range);
            let page = page(&visit, &view, *loaded, Showing { chosen, ..Showing::default() })?;
            let mut answer = page.into_response();
            seen.keep(product, &request, &mut answer)?;
            Ok(answer)
        }
        Answer::Moved(slug) => Ok(moved(&visit.href(&format!("/products/{slug}")))),
        Answer::Gone(product, instead) => {
            gone::page(&visit, product, instead).map(Html::into_response)
        }
    }
}

fn answer(conn: &mut Conn, view: &View, slug: &Slug, seen: &Seen) -> Result<Answer> {
    match queries::find_product(conn, view, slug)? {
        Some(product) if product.is_archived => {
            let instead = gone::instead(conn, view, &product)?;
            Ok(Answer::Gone(product, instead))
        }
        Some(product) => {
            load(conn, view, product, seen).map(|loaded| Answer::Here(Box::new(loaded)))
        }
        None => match queries::find_moved_product(conn, slug)? {
            Some(slug) => Ok(Answer::Moved(slug)),
            None => Err(Error::NotFound),
        },
    }
}

/// Everything of one product: a constant number of queries, however many variants it has.
pub(super) fn load(conn: &mut Conn, view: &View, product: Product, seen: &Seen) -> Result<Loaded> {
    let related = queries::related(conn, view, product.id, RELATED)?;
    Ok(Loaded {
        range: queries::range(conn, view, product.id)?,
        pictures: queries::pictures(conn, view, product.id)?,
        attributes: queries::attributes(conn, product.id)?,
        related: card::load(conn, view, &related)?,
        seen: seen::cards(conn, view, seen, Some(product.id))?,
        product,
    })
}

/// What the visitor has chosen and typed so far.
#[derive(Default)]
pub(super) struct Showing {
    pub chosen: Option<Chosen>,
    pub quantity: Option<String>,
    pub problem: Option<String>,
    /// The address that she wants to be told at, and what is wrong with it.
    pub alert: (String, String),
    /// Whether staff look at it before shoppers do.
    pub is_preview: bool,
}

fn chosen_in(query: &Query, view: &View, range: &Range) -> Option<Chosen> {
    match query.get("variant").and_then(|sku| range.find_sku(sku)) {
        Some(variant) => Some(range.chosen_by(variant.id)),
        None => range.read(view, |code| query.get(code)).ok().filter(|c| !c.is_empty()),
    }
}

/// The page, with a choice made or not.
pub(super) fn page(visit: &Visit, view: &View, loaded: Loaded, showing: Showing) -> Result<Html> {
    let Loaded { product, range, pictures, attributes, related, seen } = loaded;
    let delivery = view.frame.delivery_at(view.now);
    let chosen = showing.chosen.or_else(|| range.first().map(|first| range.chosen_by(first.id)));
    let chosen = chosen.unwrap_or_default();
    let variant = range.find(&chosen);
    let offer = variant.and_then(|variant| range.offer(variant.id));
    let mut shell = visit.shell(head(&product, &pictures));
    shell.head.noindex = showing.is_preview;
    let crumbs = path_to(&shell, &product);
    structured::describe(&mut shell, view, &product, &range, &pictures, delivery.as_ref());
    super::category::describe(&mut shell, &crumbs);
    let few = shell.settings().low_stock;
    let brands = &view.frame.vocabulary.brands;
    let stock = Stock::of(offer.map(|offer| offer.supply).unwrap_or_default(), few);
    let (email, error) = showing.alert;
    let alert = variant.filter(|_| stock == Stock::Out).map(|variant| AlertForm {
        sku: variant.sku.clone(),
        email,
        error,
        is_customer: visit.customer.is_some(),
    });
    Html::page(&ProductPage {
        options: options(&shell, view, &range, &chosen, &pictures),
        specs: specs::rows(&shell, view, &attributes, variant),
        stock,
        alert,
        price: price_tag(&range, variant),
        tiers: offer.map(|offer| tiers(&shell, offer)).unwrap_or_default(),
        pictures: variant_first(pictures, variant),
        brand: product.brand.and_then(|id| brands.get(&id)).map(|brand| brand.name.clone()),
        quantity: showing.quantity.unwrap_or_else(|| "1".into()),
        problem: showing.problem,
        is_preview: showing.is_preview,
        slug: product.slug,
        name: product.name,
        description: product.description,
        crumbs,
        related,
        seen,
        delivery,
        shell,
    })
}

/// From the home page through the categories to the product itself.
fn path_to(shell: &Shell, product: &Product) -> Vec<Link> {
    let mut path = product.category.map(|id| crumbs(shell, id)).unwrap_or_default();
    path.push(Link {
        href: shell.href(&shell.path).into_owned(),
        text: product.name.clone(),
        is_current: true,
    });
    path
}

fn head(product: &Product, pictures: &[(MediaId, Picture)]) -> Head {
    let title = if product.seo_title.is_empty() { &product.name } else { &product.seo_title };
    let description = match product.seo_description.as_str() {
        "" => first_sentences(&product.description, 160),
        own => own.to_owned(),
    };
    let mut head = Head::new(title, description);
    head.image = pictures.first().map(|(_, picture)| picture.to_share()).unwrap_or_default();
    head.kind = "product";
    head
}

/// As many whole sentences as fit; of a long first sentence as many whole words.
fn first_sentences(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    match head.rfind(". ") {
        Some(end) => head[..=end].to_owned(),
        None => format!("{}…", head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words)),
    }
}

fn tiers(shell: &Shell, offer: &Offer) -> Vec<String> {
    let tiers = offer.tiers.iter().map(|(from, each)| {
        let (from, each) = (from.get().into(), shell.money(each).into());
        shell.texts().with("tier", &[("count", from), ("amount", each)])
    });
    tiers.collect()
}

/// The price of the chosen variant; of no variant, from where prices begin.
fn price_tag(range: &Range, variant: Option<&VariantRow>) -> Option<PriceTag> {
    match variant.and_then(|variant| range.offer(variant.id)) {
        Some(offer) => PriceTag::of(std::slice::from_ref(offer)),
        None => PriceTag::of(&range.offers()),
    }
}

/// The pictures with the chosen variant's own in front.
fn variant_first(pictures: Vec<(MediaId, Picture)>, variant: Option<&VariantRow>) -> Vec<Picture> {
    let own = variant.and_then(|variant| variant.media);
    let mut pictures = pictures;
    pictures.sort_by_key(|(id, _)| Some(*id) != own);
    pictures.into_iter().map(|(_, picture)| picture).collect()
}

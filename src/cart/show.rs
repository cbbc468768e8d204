//! `GET /cart`.

use actix_web::{Either, HttpResponse};
use askama::Template;

use super::again::{Again, compare};
use super::code_view::{CodeView, code_views};
use super::codes::CodeProblem;
use super::goods::Item;
use super::line_view::{LineView, line};
use super::model::{Cart, CartLine};
use super::ordered::{find_order, to_order};
use super::quote::{Quote, Terms, quote};
use super::totals::{TotalRow, rows, to_free};
use super::{Deliveries, Delivery, offers, queries};
use crate::catalog::card::Card;
use crate::catalog::seen::{self, Seen};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{OrderToken, VariantId};
use crate::pricing::RefusalCode;
use crate::promotions::Offers;
use crate::values::Quantity;
use crate::web::{Head, Html, Query, Shell, Visit, countries};

/// The price of a line that is asked for with the cart but not in it: no real price is below 0.
const NOT_IN_CART: i64 = -1;

#[derive(Template)]
#[template(path = "cart/show.html")]
struct CartPage {
    shell: Shell,
    added: Option<Added>,
    removed: Option<Removed>,
    /// That another cart has come to this one; empty for nothing.
    joined: String,
    /// That what was ordered before is in it.
    again: Option<Again>,
    lines: Vec<LineView>,
    totals: Vec<TotalRow>,
    /// How much is missing for a delivery that costs nothing.
    to_free: String,
    /// Lines that must be mended before the shopper can check out.
    mend: i64,
    /// The sum is beyond what the shop can reckon.
    is_too_much: bool,
    codes: Vec<CodeView>,
    /// What was typed as a code, and what is wrong with it.
    typed_code: String,
    code_error: String,
    /// What she has looked at last; only where the cart is empty.
    seen: Vec<Card>,
}

/// Something that was put in just now.
struct Added {
    text: String,
    href: String,
}

/// Something that was taken out just now, and may come back.
struct Removed {
    text: String,
    /// Whether it is on the wishlist now.
    is_kept: bool,
    variant: VariantId,
    quantity: String,
    name: String,
}

/// What the page tells besides the cart itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum News {
    None,
    Added(VariantId),
    Removed(VariantId, Quantity),
    /// So many were taken out, and one is on the wishlist.
    Kept(VariantId, Quantity),
    /// The cart of her account has come to this one, but for so many things.
    Joined(i64),
    /// What this order had was put in.
    Again(OrderToken),
    BadQuantity(VariantId),
    /// What was typed as a code is not taken.
    BadCode(String, CodeProblem),
}

pub async fn show(visit: Visit, seen: Seen) -> Result<Either<Html, HttpResponse>> {
    let cart = Cart::read(&visit).map(|cart| cart.id);
    if let Some(token) = find_order(&visit, cart).await? {
        return Ok(Either::Right(to_order(&visit, &token)));
    }
    page(&visit, news(&visit.query()?), seen).await.map(Either::Left)
}

fn news(query: &Query) -> News {
    let number = |name| query.get(name).and_then(|text| text.parse().ok());
    let line = |name| {
        let (id, count) = query.get(name)?.split_once('.')?;
        Some((VariantId(id.parse().ok()?), Quantity::parse(count)?))
    };
    let added = number("added").map(|id| News::Added(VariantId(id)));
    let removed = || line("removed").map(|(id, quantity)| News::Removed(id, quantity));
    let kept = || line("kept").map(|(id, quantity)| News::Kept(id, quantity));
    let joined = || number("joined").map(News::Joined);
    let again = || query.get("again").and_then(OrderToken::parse).map(News::Again);
    let news = added.or_else(removed).or_else(kept).or_else(joined).or_else(again);
    news.unwrap_or(News::None)
}

/// The cart as it stands, with `news`, and where it is empty with what was `seen`.
pub(super) async fn page(visit: &Visit, news: News, seen: Seen) -> Result<Html> {
    let cart = Cart::read(visit);
    let (lines, codes) = cart.map(|cart| (cart.lines, cart.codes)).unwrap_or_default();
    let seen = if lines.is_empty() { seen } else { Seen::default() };
    let (lines, view) = (with_removed(lines, &news), visit.view());
    let ordered = match &news {
        News::Again(token) => Some(token.clone()),
        _ => None,
    };
    let load = move |conn: &mut Conn| {
        let ordered = match &ordered {
            Some(token) => queries::find_ordered(conn, token)?,
            None => None,
        };
        let items = queries::items(conn, &lines, &view)?;
        let offers = offers(conn, &items, &codes, None, &view)?;
        Ok((items, offers, ordered, seen::cards(conn, &view, &seen, None)?))
    };
    let (mut items, offers, ordered, seen) = visit.shop.db.read(load).await?;
    let shell = visit.shell(Head::default());
    let removed = removed(&shell, &mut items, &news);
    let deliveries = Deliveries::of(&items, &visit.frame.settings.place(), &offers, &visit.view());
    let usual = deliveries.usual();
    let quote = reckon(visit, &items, &offers, usual);
    let lines = items.iter().map(|item| {
        let reduced = quote.as_ref().map(|quote| quote.own_discounts(&shell, item));
        line(&shell, item, reduced.unwrap_or_default(), error(&shell, item, &news))
    });
    let (typed_code, code_error) = bad_code(&shell, &news);
    let mut page = CartPage {
        added: added(&shell, &items, &news),
        removed,
        joined: joined(&shell, &news),
        again: ordered.map(|ordered| compare(&shell, &ordered, &items)),
        lines: lines.collect(),
        totals: quote.as_ref().map(|it| totals(&shell, visit, it)).unwrap_or_default(),
        to_free: usual.map(|delivery| to_free(&shell, delivery)).unwrap_or_default(),
        mend: items.iter().filter(|item| item.trouble().is_some()).count().try_into().unwrap_or(0),
        is_too_much: quote.as_ref().is_err_and(|refusal| *refusal != RefusalCode::EmptyCart),
        codes: code_views(&shell, &offers, quote.as_ref().ok()),
        typed_code,
        code_error,
        seen,
        shell,
    };
    page.shell.head.title = title(&page.shell, &news);
    page.shell.head.description = page.shell.t("cart-description").to_owned();
    // Empty, as every crawler finds it, it is a page like any other.
    page.shell.head.noindex = !page.lines.is_empty();
    Ok(Html::page(&page)?.personal())
}

/// The bill of what can be had, with the usual delivery to where the shop is.
fn reckon(
    visit: &Visit,
    items: &[Item],
    offers: &Offers,
    usual: Option<&Delivery>,
) -> Result<Quote, RefusalCode> {
    if let Some(delivery) = usual {
        return Ok(delivery.quote.clone());
    }
    let (view, place) = (visit.view(), visit.frame.settings.place());
    let lines = items.iter().filter_map(Item::billable);
    quote(lines, Terms::of(&view, &place, None).with(offers), &view).map_err(|refusal| {
        if refusal.code != RefusalCode::EmptyCart {
            tracing::warn!(%refusal, "a cart cannot be priced");
        }
        refusal.code
    })
}

fn totals(shell: &Shell, visit: &Visit, quote: &Quote) -> Vec<TotalRow> {
    let place = visit.frame.settings.place();
    let to = match place.region.as_str() {
        "" => countries::name(shell, place.country),
        region => region.to_owned(),
    };
    let delivery = quote.request.shipping.as_ref();
    let delivery = delivery.map(|_| shell.with("cart-delivery-to", "place", to));
    rows(shell, &quote.bill, quote.request.prices_include_tax, delivery, &quote.given)
}

fn bad_code(shell: &Shell, news: &News) -> (String, String) {
    match news {
        News::BadCode(typed, problem) => (typed.clone(), shell.t(problem.key()).to_owned()),
        _ => Default::default(),
    }
}

/// The cart's lines, and at their end one that was removed, to be asked for with them.
fn with_removed(mut lines: Vec<CartLine>, news: &News) -> Vec<CartLine> {
    if let News::Removed(variant, quantity) | News::Kept(variant, quantity) = *news
        && lines.iter().all(|line| line.variant != variant)
    {
        lines.push(CartLine { variant, quantity, unit_price: NOT_IN_CART });
    }
    lines
}

fn title(shell: &Shell, news: &News) -> String {
    let title = shell.t("cart-heading");
    match news {
        News::BadQuantity(_) | News::BadCode(..) => shell.with("error-title", "title", title),
        _ => title.to_owned(),
    }
}

fn error(shell: &Shell, item: &Item, news: &News) -> String {
    match *news == News::BadQuantity(item.line.variant) {
        true => shell.t("cart-bad-quantity").to_owned(),
        false => String::new(),
    }
}

fn added(shell: &Shell, items: &[Item], news: &News) -> Option<Added> {
    let News::Added(variant) = *news else { return None };
    let goods = items.iter().find(|item| item.line.variant == variant)?.goods.as_ref()?;
    Some(Added {
        text: shell.with("cart-added", "name", shell.local(&goods.name)),
        href: shell.href(&format!("/products/{}", goods.slug)).into_owned(),
    })
}

fn joined(shell: &Shell, news: &News) -> String {
    match *news {
        News::Joined(0) => shell.t("cart-joined").to_owned(),
        News::Joined(left_out) => shell.count("cart-joined-left-out", left_out),
        _ => String::new(),
    }
}

/// Takes the removed line off the end of the items again.
fn removed(shell: &Shell, items: &mut Vec<Item>, news: &News) -> Option<Removed> {
    let (variant, quantity, text) = match *news {
        News::Removed(variant, quantity) => (variant, quantity, "cart-removed"),
        News::Kept(variant, quantity) => (variant, quantity, "cart-kept"),
        _ => return None,
    };
    let last = items.pop_if(|item| item.line.unit_price == NOT_IN_CART)?;
    let name = shell.local(&last.goods?.name).to_owned();
    Some(Removed {
        text: shell.with(text, "name", &name),
        is_kept: matches!(news, News::Kept(..)),
        quantity: quantity.to_string(),
        variant,
        name,
    })
}

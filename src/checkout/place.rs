//! `POST /checkout`: looks at the address, or places the order.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::book::Book;
use super::desk::Desk;
use super::fields::{Mistake, Reader};
use super::form::{self, Step};
use super::order::{Outcome, Placing};
use super::page::{self, News};
use crate::cart::{Cart, apply_code, find_order, remove_code, to_order};
use crate::error::Result;
use crate::ids::OrderToken;
use crate::limits::Limit;
use crate::payments::{self, Gateways};
use crate::pricing::RefusalCode;
use crate::web::{Form, Visit, see_other};

/// What the page has to say, if it is shown once more.
enum Answer {
    Page(StatusCode, News, Vec<Mistake>),
    Placed(OrderToken),
}

pub async fn place(visit: Visit, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let posted = form::cart_id(&form);
    // A double click, another window, the back button: the cart has become an order already.
    if let Some(token) = find_order(&visit, posted.clone()).await? {
        return go_on(&visit, &gateways, &token).await;
    }
    let Some(cart) = Cart::read(&visit) else {
        return Ok(see_other(&visit.href("/cart")));
    };
    let (cart, first) = match posted.as_ref() == Some(&cart.id) {
        true => prepare(&visit, &gateways, cart, &form).await?,
        false => (cart, Some(Answer::conflict(News::OtherCart))),
    };
    let book = Book::of(&visit).await?;
    let (form, first) = match book.picked(&form) {
        Some(picked) => (picked, first.or(Some(Answer::shown(News::Picked)))),
        None => (form, first),
    };
    let desk = Desk::load(&visit, &gateways, (cart, book), &form).await?;
    let answer = match first {
        Some(answer) => answer,
        None => answer(&visit, &desk, &form).await?,
    };
    tell(visit, &gateways, desk, &form, answer).await
}

impl Answer {
    fn shown(news: News) -> Self {
        Self::Page(StatusCode::OK, news, Vec::new())
    }

    fn conflict(news: News) -> Self {
        Self::Page(StatusCode::CONFLICT, news, Vec::new())
    }

    fn wrong(mistakes: Vec<Mistake>) -> Self {
        Self::Page(StatusCode::UNPROCESSABLE_ENTITY, News::None, mistakes)
    }
}

/// The cart as the buttons of the page change it, and what is wrong with a code that was typed.
async fn prepare(
    visit: &Visit,
    gateways: &Gateways,
    cart: Cart,
    form: &Form,
) -> Result<(Cart, Option<Answer>)> {
    let mut cart = match Step::of(form) {
        Step::Mend => mend(visit, gateways, cart, form).await?,
        _ => cart,
    };
    let mistakes = take_code(visit, &mut cart, form).await?;
    let answer = (!mistakes.is_empty()).then(|| Answer::wrong(mistakes));
    Ok((cart, answer))
}

/// What the pressed button comes to.
async fn answer(visit: &Visit, desk: &Desk, form: &Form) -> Result<Answer> {
    Ok(match Step::of(form) {
        _ if desk.delivers_to_named(form) && !form::fits_countries(form) => {
            Answer::shown(News::OtherCountry)
        }
        Step::Mend => Answer::shown(News::Mended),
        Step::Code => Answer::shown(News::Codes),
        Step::Update => Answer::shown(News::None),
        Step::Continue => look(desk, form),
        // Nothing has a price any more, so no way of delivery has one either.
        Step::Place if desk.has_nothing() => Answer::conflict(News::Changed),
        Step::Place => try_to_place(visit, desk, form).await?,
    })
}

async fn tell(
    mut visit: Visit,
    gateways: &Gateways,
    desk: Desk,
    form: &Form,
    answer: Answer,
) -> Result<HttpResponse> {
    let (status, news, mistakes) = match answer {
        Answer::Placed(token) => return go_on(&visit, gateways, &token).await,
        Answer::Page(status, news, mistakes) => (status, news, mistakes),
    };
    if news == News::Changed {
        // Perhaps a rule that this instance has not heard of yet.
        visit.shop.refresh().await?;
        visit.frame = visit.shop.frame();
    }
    let desk = Desk::load(&visit, gateways, (desk.cart, desk.book), form).await?;
    again(&visit, &desk, form, status, (news, &mistakes))
}

/// To the page where she pays, else to her order. She keeps the cart until she has seen the order:
/// it leads there whichever way she comes back.
pub(super) async fn go_on(
    visit: &Visit,
    gateways: &Gateways,
    token: &OrderToken,
) -> Result<HttpResponse> {
    match payments::page(&visit.shop, gateways, token, visit.now).await? {
        Some(page) => Ok(see_other(&page)),
        None => Ok(to_order(visit, token)),
    }
}

/// Applies what was typed as a code, whichever button was pressed, or takes one away; what is
/// wrong with it.
async fn take_code(visit: &Visit, cart: &mut Cart, form: &Form) -> Result<Vec<Mistake>> {
    if let Some(code) = form.find("remove_code") {
        remove_code(visit, cart, code).await?;
        return Ok(Vec::new());
    }
    let typed = form.get("code");
    if typed.is_empty() && Step::of(form) != Step::Code {
        return Ok(Vec::new());
    }
    let taken = apply_code(visit, cart, typed).await?;
    Ok(taken.err().map(|problem| Mistake::new("code", problem.key())).into_iter().collect())
}

fn again(
    visit: &Visit,
    desk: &Desk,
    form: &Form,
    status: StatusCode,
    news: (News, &[Mistake]),
) -> Result<HttpResponse> {
    let quote = match desk.quote(form) {
        Ok(quote) => Some(quote),
        // Nothing can be had any more: named here, with everything typed kept.
        Err(refusal) if refusal.code == RefusalCode::EmptyCart && !desk.items.is_empty() => None,
        // An empty cart, or more than can be reckoned: the cart page says so.
        Err(_) => return Ok(see_other(&visit.href("/cart"))),
    };
    Ok(page::show(visit, desk, quote.as_ref(), form, news)?.status(status).into_response())
}

fn look(desk: &Desk, form: &Form) -> Answer {
    let mut reader = Reader::new(form);
    form::addressed(&mut reader, desk);
    match reader.mistakes.is_empty() {
        true => Answer::shown(News::Looked),
        false => Answer::wrong(reader.mistakes),
    }
}

async fn try_to_place(visit: &Visit, desk: &Desk, form: &Form) -> Result<Answer> {
    let wanted = match form::placeable(form, desk) {
        Ok(wanted) => wanted,
        Err(mistakes) => return Ok(Answer::wrong(mistakes)),
    };
    let placing = Placing {
        view: visit.view(),
        gateways: desk.gateways.clone(),
        cart: desk.cart.clone(),
        customer: visit.customer.as_ref().map(|customer| customer.id),
        charges: visit.charges(Limit::PlaceOrder, ""),
        wanted,
    };
    Ok(match visit.shop.db.write(move |conn| placing.run(conn)).await? {
        Outcome::Placed(token) => Answer::Placed(token),
        Outcome::Changed => Answer::conflict(News::Changed),
        Outcome::ShutOut => Answer::wrong(vec![Mistake::new("email", "checkout-blocked")]),
    })
}

async fn mend(visit: &Visit, gateways: &Gateways, cart: Cart, form: &Form) -> Result<Cart> {
    let desk = Desk::load(visit, gateways, (cart, Book::default()), form).await?;
    let mut cart = desk.cart;
    cart.mend(&desk.items);
    cart.keep(visit).await?;
    Ok(cart)
}

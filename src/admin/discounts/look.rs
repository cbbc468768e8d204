//! What became of each discount for an order, or for a cart that is made up.

use std::collections::{BTreeMap, BTreeSet};

use crate::admin::queries;
use crate::admin::trial::{self, Basket};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::PromotionId;
use crate::language::LocalText;
use crate::pricing::{Refusal, Request, Text, Verdict, why};
use crate::promotions::desk::{self, Kept};
use crate::promotions::{CodeState, CustomerKey, PromotionCode};
use crate::values::{Country, Place};
use crate::web::View;

/// What is asked about.
#[derive(Clone)]
pub(super) enum Asked {
    Nothing,
    Order(String),
    Cart(Basket, Country),
}

/// The rest of the question.
#[derive(Clone, Default)]
pub(super) struct Person {
    pub codes: Vec<PromotionCode>,
    pub email: Option<CustomerKey>,
}

/// What was found out.
#[derive(Default)]
pub(super) struct Found {
    /// Lasting names, with what became of each.
    pub verdicts: Vec<(String, Verdict)>,
    /// What else is to be said about a code or an automatic discount.
    pub others: Vec<(String, &'static str)>,
    pub named: BTreeMap<String, (PromotionId, LocalText)>,
    pub missing: Vec<String>,
}

/// `None` for an order that there is not, and while nothing is asked.
pub(super) fn look(
    conn: &mut Conn,
    asked: &Asked,
    person: &Person,
    view: &View,
) -> Result<Option<Found>> {
    let mut found = match asked {
        Asked::Nothing => return Ok(None),
        Asked::Order(number) => match queries::priced_as(conn, number)? {
            Some(request) => of_order(conn, &request, person, view)?,
            None => return Ok(None),
        },
        Asked::Cart(basket, country) => of_cart(conn, (basket, *country), person, view)?,
    };
    let slugs = found.verdicts.iter().map(|(slug, _)| slug.as_str());
    let slugs: Vec<&str> =
        slugs.chain(found.others.iter().map(|(slug, _)| slug.as_str())).collect();
    found.named = desk::named(conn, &slugs)?;
    Ok(Some(found))
}

/// The order as it was priced; a code that was not typed then is tried now.
fn of_order(conn: &mut Conn, request: &str, person: &Person, view: &View) -> Result<Found> {
    let Ok(mut request) = Request::from_json(request) else { return Ok(Found::default()) };
    let mut others = Vec::new();
    for code in &person.codes {
        let kept = desk::find_by_code(conn, code, view.now)?;
        let priced = kept.as_ref().and_then(|kept| kept.rule.priced(Some(code)));
        match (kept, priced, Text::try_from(code.as_str())) {
            (Some(kept), Some(priced), Ok(code)) if kept.rule.is_active => {
                let is_new = |id: &Text| request.promotions.iter().all(|known| known.id != *id);
                if is_new(&priced.id) {
                    request.promotions.push(priced);
                    request.codes.push(code);
                }
            }
            (kept, ..) => others.push(closed(code, kept.as_ref())),
        }
    }
    Ok(Found { verdicts: verdicts(&request).unwrap_or_default(), others, ..Found::default() })
}

fn of_cart(
    conn: &mut Conn,
    (basket, country): (&Basket, Country),
    person: &Person,
    view: &View,
) -> Result<Found> {
    let cart = trial::cart(conn, basket, view)?;
    let who = (person.codes.as_slice(), person.email.as_ref());
    let offers = trial::offers(conn, &cart, &view.frame.promotions, who, view)?;
    let place = Place { country, region: String::new(), postcode: String::new() };
    let quote = trial::priced(&cart, &offers, &place, view);
    let verdicts = quote.and_then(|quote| verdicts(&quote.request)).unwrap_or_default();
    let mut others = Vec::new();
    for typed in &offers.typed {
        let kept = desk::find_by_code(conn, &typed.code, view.now)?;
        match typed.state {
            CodeState::Opens { .. } => {}
            CodeState::UsedUp => others.push(about(&typed.code, kept.as_ref(), "why-used-up")),
            CodeState::UsedByCustomer => {
                others.push(about(&typed.code, kept.as_ref(), "why-used-by-customer"));
            }
            CodeState::Doubled => others.push(about(&typed.code, kept.as_ref(), "why-doubled")),
            _ => others.push(closed(&typed.code, kept.as_ref())),
        }
    }
    let open: BTreeSet<PromotionId> = offers.running().iter().map(|running| running.id).collect();
    let spent = view.frame.promotions.iter().filter(|running| !open.contains(&running.id));
    others.extend(spent.map(|running| (running.rule.slug.to_string(), "why-used-up")));
    Ok(Found { verdicts, others, missing: cart.missing, ..Found::default() })
}

fn verdicts(request: &Request) -> std::result::Result<Vec<(String, Verdict)>, Refusal> {
    let slugs = request.promotions.iter().map(|promotion| promotion.id.as_str().to_owned());
    Ok(slugs.zip(why(request)?).collect())
}

/// What keeps a code from opening anything.
fn closed(code: &PromotionCode, kept: Option<&Kept>) -> (String, &'static str) {
    let key = match kept.map(|kept| kept.state) {
        None => "why-unknown",
        Some(desk::State::Stopped) => "why-stopped",
        Some(desk::State::Over) => "why-over",
        Some(desk::State::UsedUp) => "why-used-up",
        Some(desk::State::Scheduled) => "why-not-begun",
        Some(desk::State::Running) => "why-other-currency",
    };
    about(code, kept, key)
}

fn about(code: &PromotionCode, kept: Option<&Kept>, key: &'static str) -> (String, &'static str) {
    let name = kept.map_or_else(|| code.as_str().to_owned(), |kept| kept.rule.slug.to_string());
    (name, key)
}

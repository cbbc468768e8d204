//! What a change would do: to the bill, the money, the stock and the papers. Writes nothing.

use sha2::{Digest, Sha256};

use super::lines::{Line, check_supply, lines, moves};
use super::model::{Halt, Refused, Wish};
use super::sold::{Sold, find_sold};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{OrderId, VariantId};
use crate::orders::{Address, Handover, NewLine, Revision, Way};
use crate::pricing::{self, Refusal, RefusalCode, Request};
use crate::promotions;
use crate::shipping::{Method, rate_kind};
use crate::values::{Country, Place};
use crate::web::View;

/// A change that can be made.
#[derive(Debug, Clone)]
pub struct Plan {
    pub sold: Sold,
    /// `None` where nothing but the address changes.
    pub revision: Option<Revision>,
    /// Where it goes from now on, if not where it went.
    pub address: Option<Address>,
    pub moves: Vec<StockMove>,
}

/// Units of a variant that are held more or, below 0, can be had again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockMove {
    pub variant: VariantId,
    pub sku: String,
    pub units: i64,
}

impl Plan {
    /// What the order comes to then, in minor units.
    pub fn total(&self) -> i64 {
        let bill = self.revision.as_ref().map_or(&self.sold.bill, |revision| &revision.bill);
        bill.totals.payable
    }

    /// What is still to be paid then; below 0 what goes back.
    pub fn due(&self) -> i64 {
        self.total() - self.sold.received.captured
    }

    /// A hash of what the change is made of. It is another one as soon as anything has happened to the
    /// order, or the change would come to something else.
    pub fn seal(&self) -> String {
        let request = self.revision.as_ref().map(|it| serde_json::to_string(&it.request).ok());
        let way = self.revision.as_ref().and_then(|it| Some(it.way.as_ref()?.code.clone()));
        let whole = format!("{} {request:?} {way:?} {:?}", self.sold.latest, self.address);
        let hash = Sha256::digest(whole);
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Plans a change of an order; `Err` inside says why it cannot be made.
pub fn plan(
    conn: &mut Conn,
    order: OrderId,
    wish: &Wish,
    view: &View,
) -> Result<std::result::Result<Plan, Refused>> {
    match draw(conn, order, wish, view) {
        Ok(plan) => Ok(Ok(plan)),
        Err(Halt::Refused(refused)) => Ok(Err(refused)),
        Err(Halt::Error(error)) => Err(error),
    }
}

fn draw(conn: &mut Conn, order: OrderId, wish: &Wish, view: &View) -> Result<Plan, Halt> {
    let sold = find_sold(conn, order)?;
    check(&sold)?;
    // In the shopper's words, and by the rules as they are.
    let view = View { frame: view.frame.in_force(conn)?, language: sold.language, ..view.clone() };
    let address = wish.address.clone().filter(|to| *to != sold.delivery);
    check_prices(&sold, wish, &view)?;
    let lines = lines(conn, &sold, wish, &view)?;
    check_handover(&sold, &lines)?;
    let moves = moves(&sold, &lines);
    check_supply(conn, &moves, &view)?;
    let terms = Terms::of(&sold, wish, address.as_ref(), &view)?;
    let revision = match terms.change_nothing() && moves.is_empty() && is_same(&sold, &lines) {
        true => None,
        false => Some(price(conn, &sold, lines, terms, &view)?),
    };
    if revision.is_none() && address.is_none() {
        return Err(Refused::Nothing.into());
    }
    let moves = moves.into_iter();
    let moves = moves.map(|(variant, sku, units)| StockMove { variant, sku, units }).collect();
    Ok(Plan { sold, revision, address, moves })
}

fn check(sold: &Sold) -> Result<(), Refused> {
    match sold.received {
        _ if !sold.is_open() => Err(Refused::NotNow),
        received if received.is_refunded => Err(Refused::Refunded),
        received if received.is_being_paid => Err(Refused::BeingPaid),
        _ => Ok(()),
    }
}

/// Goods and ways that come cost what they cost today: in the shop's currency, with tax or without.
fn check_prices(sold: &Sold, wish: &Wish, view: &View) -> Result<(), Refused> {
    let (settings, request) = (&view.frame.settings, &sold.request);
    let is_priced_alike = settings.currency == request.currency
        && settings.prices_include_tax == request.prices_include_tax;
    match is_priced_alike || (wish.added.is_empty() && wish.address.is_none() && wish.way.is_none())
    {
        true => Ok(()),
        false => Err(Refused::OtherPrices),
    }
}

/// What is sent goes on being sent, and an order of which nothing is sent has nowhere to go.
fn check_handover(sold: &Sold, lines: &[Line]) -> Result<(), Refused> {
    let was_sent = sold.lines.iter().any(|line| line.requires_shipping);
    let is_sent = lines.iter().any(|(line, _)| line.requires_shipping);
    match lines.is_empty() {
        true => Err(Refused::Empty),
        false if was_sent != is_sent => Err(Refused::OtherHandover),
        false => Ok(()),
    }
}

/// What has no variant any more moves no stock, and is on the bill all the same.
fn is_same(sold: &Sold, lines: &[Line]) -> bool {
    let before = sold.lines.iter().map(|line| (&line.sku, line.quantity));
    before.eq(lines.iter().map(|(line, _)| (&line.sku, line.quantity)))
}

/// What else the bill depends on, where it changes.
struct Terms {
    tax_rates: Option<Vec<pricing::TaxRate>>,
    method: Option<Method>,
}

impl Terms {
    fn of(
        sold: &Sold,
        wish: &Wish,
        address: Option<&Address>,
        view: &View,
    ) -> Result<Self, Refused> {
        let none = Self { tax_rates: None, method: None };
        if sold.handover != Handover::Parcel {
            return Ok(none);
        }
        let (before, after) = (place(&sold.delivery), place(address.unwrap_or(&sold.delivery)));
        let Some(after) = after else { return Err(Refused::NoWay) };
        let moves = before.as_ref() != Some(&after);
        let method = find_method(sold, wish, (before.as_ref(), &after), view)?;
        let tax_at = |place: &Place| view.frame.rules.tax_at(place, view.now);
        let is_taxed_otherwise = moves && before.as_ref().map(tax_at) != Some(tax_at(&after));
        Ok(Self { tax_rates: is_taxed_otherwise.then(|| tax_at(&after)), method })
    }

    fn change_nothing(&self) -> bool {
        self.tax_rates.is_none() && self.method.is_none()
    }
}

/// Another way than the one that was sold: one that is wanted, or, for an address in another zone, what
/// has the same code there.
fn find_method(
    sold: &Sold,
    wish: &Wish,
    (before, after): (Option<&Place>, &Place),
    view: &View,
) -> Result<Option<Method>, Refused> {
    let at = (view.frame.settings.currency, view.now);
    let find = |place: &Place, code: &str| {
        let there = view.frame.rules.methods_at(place, at).into_iter();
        there.filter(|it| !it.is_pickup()).find(|it| it.code() == code).cloned()
    };
    match &wish.way {
        Some(code) => find(after, code).map(Some).ok_or(Refused::NoWay),
        None if before == Some(after) => Ok(None),
        None => {
            let now = find(after, &sold.way.0).ok_or(Refused::NoWay)?;
            let is_the_same =
                before.and_then(|place| find(place, &sold.way.0)) == Some(now.clone());
            Ok((!is_the_same).then_some(now))
        }
    }
}

fn place(address: &Address) -> Option<Place> {
    let Address { region, postcode, .. } = address.clone();
    Some(Place { country: Country::parse(&address.country)?, region, postcode })
}

fn price(
    conn: &mut Conn,
    sold: &Sold,
    lines: Vec<Line>,
    terms: Terms,
    view: &View,
) -> Result<Revision, Halt> {
    let (rows, priced): (Vec<NewLine>, Vec<pricing::Line>) = lines.into_iter().unzip();
    let before = sold.request.clone();
    let request = Request {
        lines: priced,
        promotions: promotions::still_open(conn, sold.id, before.promotions)?,
        tax_rates: terms.tax_rates.unwrap_or(before.tax_rates),
        shipping: match &terms.method {
            Some(method) => Some(method.shipping.clone()),
            None => before.shipping,
        },
        ..before
    };
    let bill = pricing::quote(&request).map_err(|refusal| refused(&refusal))?;
    let in_words = |name: &_| view.local(name).to_owned();
    let given = promotions::given_anew(conn, (&request, &bill), &sold.given, in_words)?;
    let rows = rows.into_iter().zip(&bill.lines).zip(0..);
    let lines =
        rows.map(|((row, line), position)| NewLine { position, ..row.billed(line) }).collect();
    let way = terms.method.map(|method| way(&method, view));
    Ok(Revision { lines, given, way, request, bill })
}

fn refused(refusal: &Refusal) -> Refused {
    match refusal.code {
        RefusalCode::ShippingUnavailable => Refused::NoWay,
        RefusalCode::EmptyCart => Refused::Empty,
        RefusalCode::Invalid | RefusalCode::Overflow => Refused::Unpriceable,
    }
}

fn way(method: &Method, view: &View) -> Way {
    let promise = method.promise(view.now, view.frame.settings.time_zone);
    Way {
        code: method.code().to_owned(),
        name: method.title(view.language, view.own_language()).to_owned(),
        rule: rate_kind(&method.shipping.rate),
        from: promise.from,
        until: promise.until,
    }
}

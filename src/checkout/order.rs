//! Writes an order: all of it in one transaction, or nothing.

use super::form::Placeable;
use crate::addresses;
use crate::blocks;
use crate::cart::{self, Cart, Goods, Item, Offer, Quote, Terms};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{CustomerId, OrderId, OrderToken};
use crate::invoices;
use crate::limits::{self, Charge};
use crate::links::{self, Asked, Owner, Purpose};
use crate::newsletter::Source;
use crate::orders::{
    self, Address, AddressKind, By, NewAddress, NewLine, NewOrder, NewTax, OrderNumber, unmoved,
};
use crate::payments::{self, Gateway, Gateways};
use crate::promotions::{self, CustomerKey};
use crate::settings::InvoiceAt;
use crate::shipping::{self, Method};
use crate::stock::{self, Actor, Cause};
use crate::values::{Place, Quantity};
use crate::web::{PageKind, View};

/// How many numbers are tried: that five random ones of nine digits are all taken does not happen.
const TRIES: usize = 5;

/// Everything that placing needs to know.
pub struct Placing {
    pub view: View,
    pub gateways: Gateways,
    pub cart: Cart,
    /// Whose order it is, if she is signed in.
    pub customer: Option<CustomerId>,
    /// An order counts when it is placed: a try that comes to nothing takes nothing.
    pub charges: Vec<Charge>,
    pub wanted: Placeable,
}

/// How it ended.
pub enum Outcome {
    /// Written now, or by an earlier try with the same cart.
    Placed(OrderToken),
    /// The shop is not what the shopper saw: a price, a rate, the stock, a code that has been used
    /// up. Nothing was written.
    Changed,
    /// She orders no more. Nothing was written.
    ShutOut,
}

/// Why a try is rolled back.
enum Halt {
    Changed,
    ShutOut,
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<diesel::result::Error> for Halt {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

impl Placing {
    /// Places the order, exactly once for its cart. Runs inside `Db::write`, perhaps again.
    pub fn run(&self, conn: &mut Conn) -> Result<Outcome> {
        for _ in 0..TRIES {
            if let Some(token) = cart::find_order_of(conn, &self.cart.id)? {
                return Ok(Outcome::Placed(token));
            }
            match diesel::Connection::transaction(conn, |conn| self.write(conn)) {
                Ok(token) => return Ok(Outcome::Placed(token)),
                // Another try with this cart may have taken the stock just now: look once more.
                Err(Halt::Changed) => {
                    let earlier = cart::find_order_of(conn, &self.cart.id)?;
                    return Ok(earlier.map_or(Outcome::Changed, Outcome::Placed));
                }
                Err(Halt::ShutOut) => return Ok(Outcome::ShutOut),
                // The cart's own order, or the number of another: the next round tells.
                Err(Halt::Error(error)) if error.is_duplicate() => {}
                Err(Halt::Error(error)) => return Err(error),
            }
        }
        Err(Error::internal("no free order number"))
    }

    fn write(&self, conn: &mut Conn) -> Result<OrderToken, Halt> {
        if blocks::shuts_out(conn, &self.wanted.email, self.customer)? {
            return Err(Halt::ShutOut);
        }
        // The frame may be a moment old; an order goes by the rules as they are.
        let view = View { frame: self.view.frame.in_force(conn)?, ..self.view.clone() };
        let items = cart::items(conn, &self.cart.lines, &view)?;
        let lines: Vec<_> = items
            .iter()
            .filter(|item| item.trouble().is_none())
            .filter_map(Item::billable)
            .collect();
        if lines.len() != items.len() {
            return Err(Halt::Changed);
        }
        let method = self.find_method(&view, &items)?;
        let customer = CustomerKey::of(&self.wanted.email);
        let offers = cart::offers(conn, &items, &self.cart.codes, Some(&customer), &view)?
            .with(self.cart.allowance.as_ref());
        let terms = Terms::of(&view, &self.wanted.place, method).with(&offers);
        let gateway = self.gateways.find(self.wanted.payment).ok_or(Halt::Changed)?;
        let quote = quote(&lines, terms, (&view, &self.wanted), &**gateway)?;
        if self.wanted.seen_total.is_some_and(|seen| seen != quote.bill.totals.payable) {
            return Err(Halt::Changed);
        }
        let order = self.order(&view, method, &quote)?;
        let written = self.lines(&lines, &quote);
        let taxes = NewTax::all_of(&quote.bill.taxes);
        let id = orders::insert(conn, &order, &written, &taxes, &self.addresses())?;
        if let Some(customer) = self.customer {
            orders::give_to(conn, id, customer)?;
            if let Some(entry) = &self.wanted.keep {
                addresses::add(conn, customer, entry)?;
            }
        }
        self.allocate(conn, id, &lines)?;
        orders::insert_discounts(conn, id, &quote.given)?;
        if !promotions::redeem(conn, id, &quote.bill, &offers, &customer)? {
            return Err(Halt::Changed);
        }
        let due = quote.bill.money(quote.bill.totals.payable);
        payments::begin(conn, id, &**gateway, (due, order.pay_until), self.view.now)?;
        // What waits for a gateway is placed when it is paid, if it ever is.
        let is_placed = self.wanted.payment.is_by_hand();
        if is_placed && self.view.frame.settings.invoicing.at == InvoiceAt::Placed {
            invoices::issue(conn, id, self.view.now)?;
        }
        if due.minor() == 0 {
            self.complete(conn, id)?;
        }
        limits::spend(conn, &self.charges, self.view.now)?;
        if self.wanted.newsletter {
            links::ask(conn, &self.newsletter(), self.view.now)?;
        }
        OrderToken::parse(&order.token).ok_or_else(|| Error::internal("a token is one").into())
    }

    /// Nothing is to be paid: if nothing is to be sent either, the order has come to its end.
    fn complete(&self, conn: &mut Conn, id: OrderId) -> Result<()> {
        let mut held = orders::hold(conn, id).map_err(unmoved)?;
        orders::complete(conn, &mut held, &By::shop(self.view.now)).map_err(unmoved)
    }

    /// The link by which she confirms that she wants newsletters.
    fn newsletter(&self) -> Asked {
        Asked {
            purpose: Purpose::Newsletter,
            owner: Owner::Nobody,
            email: self.wanted.email.clone(),
            about: Source::Checkout.code().to_owned(),
            language: self.view.language,
        }
    }

    /// The chosen method, if anything is to be delivered at all.
    fn find_method<'a>(&self, view: &'a View, items: &[Item]) -> Result<Option<&'a Method>, Halt> {
        let (frame, place) = (&view.frame, &self.wanted.place);
        let at = (frame.settings.currency, view.now);
        let methods_at = |place: &Place| frame.rules.methods_at(place, at);
        let near = methods_at(&frame.settings.place());
        let near = near.into_iter().filter(|method| method.is_pickup());
        let found = self.wanted.method.as_deref().and_then(|code| {
            methods_at(place).into_iter().chain(near).find(|method| method.code() == code)
        });
        match (found, cart::need_delivery(items)) {
            (Some(method), true) => Ok(Some(method)),
            (None, false) if self.wanted.method.is_none() => Ok(None),
            _ => Err(Halt::Changed),
        }
    }

    fn order(&self, view: &View, method: Option<&Method>, quote: &Quote) -> Result<NewOrder> {
        let (wanted, totals) = (&self.wanted, &quote.bill.totals);
        let promise = method.map(|method| method.promise(view.now, view.frame.settings.time_zone));
        let shipped = quote.bill.shipping.as_ref();
        let title =
            |method: &'_ Method| method.title(view.language, view.own_language()).to_owned();
        let json = |error: serde_json::Error| Error::internal(error.to_string());
        let edition = |kind| view.frame.legal_page(kind).and_then(|page| page.edition);
        Ok(NewOrder {
            number: OrderNumber::random().as_str().to_owned(),
            token: OrderToken::random().as_str().to_owned(),
            cart_id: self.cart.id.as_str().to_owned(),
            placed_at: self.view.now,
            pay_until: payments::deadline(wanted.payment, &view.frame.settings, self.view.now),
            email: wanted.email.clone(),
            phone: wanted.phone.clone(),
            locale: self.view.language.code(),
            note: wanted.note.clone(),
            payment_method: wanted.payment.code(),
            delivery_kind: wanted.handover.code(),
            delivery_code: method.map(Method::code).unwrap_or_default().to_owned(),
            delivery_name: method.map(title).unwrap_or_default(),
            delivery_rule: method.map_or("", |method| shipping::rate_kind(&method.shipping.rate)),
            chargeable_weight_g: shipped.map_or(0, |row| row.chargeable_weight_g),
            deliver_from: promise.map(|promise| promise.from),
            deliver_until: promise.map(|promise| promise.until),
            currency: quote.bill.currency.code().to_owned(),
            prices_include_tax: quote.request.prices_include_tax,
            goods_amount: totals.list,
            discount_amount: totals.discount,
            delivery_amount: totals.shipping,
            fee_amount: totals.fees,
            tax_amount: totals.tax,
            rounding_amount: totals.rounding,
            total_amount: totals.payable,
            quote_request: serde_json::to_string(&quote.request).map_err(json)?,
            bill: serde_json::to_string(&quote.bill).map_err(json)?,
            terms_edition: edition(PageKind::Terms),
            privacy_edition: edition(PageKind::Privacy),
        })
    }

    fn lines(&self, lines: &[(&Goods, Offer, Quantity)], quote: &Quote) -> Vec<NewLine> {
        let priced = lines.iter().zip(&quote.bill.lines).zip(0..);
        priced
            .map(|((&(goods, offer, quantity), bill), position)| {
                let name = self.view.local(&goods.name);
                let line = NewLine::of((goods, name), (offer.price, quantity));
                NewLine { position, ..line.billed(bill) }
            })
            .collect()
    }

    /// Holds what was ordered, in the order of the variants' ids.
    fn allocate(
        &self,
        conn: &mut Conn,
        order: OrderId,
        lines: &[(&Goods, Offer, Quantity)],
    ) -> Result<(), Halt> {
        let actor = Actor::shop();
        let mut demand: Vec<_> = lines.iter().zip(0..).collect();
        demand.sort_by_key(|((goods, ..), _)| goods.variant);
        for ((goods, _, quantity), position) in demand {
            let name = format!("order:{order}:{position}");
            let cause = Cause { name, reason: "", actor: &actor, at: self.view.now };
            if !stock::allocate(conn, goods.variant, quantity.get(), &cause)? {
                return Err(Halt::Changed);
            }
        }
        Ok(())
    }

    fn addresses(&self) -> Vec<NewAddress> {
        let new = |kind, address: &Address| NewAddress { kind, address: address.clone() };
        let delivery = self.wanted.delivery.iter().map(|to| new(AddressKind::Delivery, to));
        delivery.chain([new(AddressKind::Billing, &self.wanted.billing)]).collect()
    }
}

/// The bill with what this way to pay adds to it, if it can be chosen.
fn quote(
    lines: &[(&Goods, Offer, Quantity)],
    terms: Terms,
    (view, wanted): (&View, &Placeable),
    gateway: &dyn Gateway,
) -> Result<Quote, Halt> {
    let (settings, fees) = (&view.frame.settings, gateway.fee(&view.frame.settings));
    let priced = |terms| cart::quote(lines.iter().copied(), terms, view).map_err(|_| Halt::Changed);
    let plain = priced(terms.clone())?;
    let total = plain.bill.money(plain.bill.totals.payable);
    match fees {
        _ if !gateway.takes(settings, &wanted.sale(total)) => Err(Halt::Changed),
        None => Ok(plain),
        Some(fee) => priced(Terms { fees: vec![fee], ..terms }),
    }
}

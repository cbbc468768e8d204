//! Places an invented order as the checkout does, and lets happen to it what its story says.

use chrono::{NaiveDateTime, TimeDelta};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::sync::Arc;

use super::copies::Template;
use super::stories::{STORIES, Story, take};
use super::{people, queries};
use crate::cart::{Cart, CartLine};
use crate::checkout::{Outcome, Placeable, Placing};
use crate::db::Conn;
use crate::demo::rules;
use crate::error::{Error, Result};
use crate::ids::{OrderId, VariantId};
use crate::language::Language;
use crate::orders::{Address, Handover, Payment, unmoved};
use crate::payments::{Gateway, Gateways, Sale};
use crate::promotions::PromotionCode;
use crate::settings::ShopSettings;
use crate::shipping::Method;
use crate::values::{Place, Quantity};
use crate::web::View;
use crate::web::frame::Frame;

/// What is ordered has been on sale for so long.
const ON_SALE_FOR: TimeDelta = TimeDelta::days(60);
/// So much of everything comes in before anybody orders.
const DELIVERED: i64 = 10_000;

/// Where invented shoppers order.
#[derive(Clone)]
pub struct Counter {
    frame: Arc<Frame>,
    gateways: Gateways,
    goods: Arc<[VariantId]>,
    now: NaiveDateTime,
}

/// Sets the rules that orders need, and fills the shelves.
///
/// # Errors
/// `Internal` when the shop has no goods that can be ordered.
pub fn open_counter(conn: &mut Conn, now: NaiveDateTime) -> Result<Counter> {
    rules::apply(conn, &rules::ORDERS, now)?;
    let goods = queries::goods(conn, now - ON_SALE_FOR)?;
    if goods.is_empty() {
        return Err(Error::internal("no goods to order"));
    }
    queries::stock_up(conn, &goods, DELIVERED, now - ON_SALE_FOR)?;
    let frame = Arc::new(Frame::load(conn)?);
    let gateways = Gateways::new(vec![Arc::new(Till)]);
    Ok(Counter { frame, gateways, goods: goods.into(), now })
}

/// A gateway that is paid by saying so.
struct Till;

impl Gateway for Till {
    fn payment(&self) -> Payment {
        Payment::Stripe
    }

    fn takes(&self, _: &ShopSettings, sale: &Sale) -> bool {
        sale.total.minor() > 0
    }
}

impl Counter {
    /// Places order `number` and does what follows; the same number makes the same order, but for its
    /// random names.
    ///
    /// # Errors
    /// `Internal` when the shop does not take it.
    pub fn place(&self, conn: &mut Conn, number: u32) -> Result<Template> {
        let mut dice = StdRng::seed_from_u64(number.into());
        let story = &STORIES[number as usize % STORIES.len()];
        let slack = match story.stands {
            Some(minutes) => TimeDelta::minutes(dice.random_range(1..=minutes / 4)),
            None => TimeDelta::minutes(dice.random_range(1..=600)),
        };
        let mut at = self.now - TimeDelta::hours(story.hours()) - slack;
        let placed_at = at;
        let id = self.order(conn, u64::from(number), story, &mut dice, at)?;
        for (hours, step) in story.steps {
            at += TimeDelta::hours(*hours);
            take(conn, id, *step, at).map_err(unmoved)?;
        }
        let lasts = TimeDelta::hours(story.hours());
        Ok(Template { id, placed_at, lasts, stands: story.stands.map(TimeDelta::minutes) })
    }

    fn order(
        &self,
        conn: &mut Conn,
        number: u64,
        story: &Story,
        dice: &mut StdRng,
        at: NaiveDateTime,
    ) -> Result<OrderId> {
        let cart = self.cart(number, dice);
        let wanted = wanted(number, story)?;
        let language = if number.is_multiple_of(3) { Language::En } else { Language::Id };
        let view = View { frame: self.frame.clone(), language, group: None, now: at };
        for method in self.methods((&wanted.place, at), story.is_fetched) {
            let placing = Placing {
                view: view.clone(),
                gateways: self.gateways.clone(),
                cart: cart.clone(),
                customer: None,
                charges: Vec::new(),
                wanted: Placeable { method: Some(method), ..wanted.clone() },
            };
            if let Outcome::Placed(token) = placing.run(conn)? {
                return queries::order(conn, &token);
            }
        }
        Err(Error::internal(format!("nobody takes the invented order {number}")))
    }

    /// One to four things, of the first at least two.
    fn cart(&self, number: u64, dice: &mut StdRng) -> Cart {
        let mut cart = Cart::new();
        for line in 0..dice.random_range(1..=4) {
            let variant = self.goods[dice.random_range(0..self.goods.len())];
            let count = if line == 0 { dice.random_range(2..=3) } else { dice.random_range(1..=2) };
            if let (Some(quantity), None) = (Quantity::new(count), cart.find(variant)) {
                cart.lines.push(CartLine { variant, quantity, unit_price: 0 });
            }
        }
        let codes = [(5, "HEMAT10"), (7, "GRATISONGKIR")];
        let typed = codes.into_iter().filter(|(every, _)| number.is_multiple_of(*every));
        cart.codes = typed.filter_map(|(_, code)| PromotionCode::parse(code)).collect();
        cart
    }

    /// The codes of the ways of delivery, in the order in which they are tried.
    fn methods(&self, (place, at): (&Place, NaiveDateTime), is_fetched: bool) -> Vec<String> {
        let methods = self.frame.rules.methods_at(place, (self.frame.settings.currency, at));
        let fit = methods.into_iter().filter(|method| method.is_pickup() == is_fetched);
        fit.map(Method::code).map(str::to_owned).collect()
    }
}

fn wanted(number: u64, story: &Story) -> Result<Placeable> {
    let address = match story.is_fetched {
        // Where the shop is.
        true => people::address(0, true),
        false => people::address(number, story.payment == Payment::CashOnDelivery),
    };
    let address = Address { name: people::name(number), ..address };
    let place = people::place(&address).ok_or_else(|| Error::internal("an address nowhere"))?;
    Ok(Placeable {
        email: people::email(number),
        phone: format!("+62812{:08}", number % 100_000_000),
        delivery: Some(address.clone()),
        billing: address,
        note: String::new(),
        newsletter: false,
        place,
        handover: if story.is_fetched { Handover::Pickup } else { Handover::Parcel },
        method: None,
        payment: story.payment,
        keep: None,
        seen_total: None,
    })
}

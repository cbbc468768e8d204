//! How often something may be done, and by whom: the defaults, and what the operator sets instead.
//! `limits/` does the counting.

use std::fmt;

use super::names;

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;

/// What is done too often by somebody who does not mean well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A password that is tried, of an account.
    SignIn,
    /// A code of the second factor that is tried, of an account.
    SecondFactor,
    /// A new account.
    Register,
    /// A link for a new password, to a mailbox.
    Reset,
    /// Everything that is known of her, of an account.
    Export,
    /// A wish for newsletters, of a mailbox.
    Newsletter,
    /// The status of an order that is asked for by its number.
    OrderLookup,
    /// A code for a discount that is tried, with a cart.
    Coupon,
    /// An order that is placed.
    PlaceOrder,
    /// A payment that is begun, of an order.
    PaymentAttempt,
    /// A change that is sent from an order's page.
    OrderPage,
    /// A file that is sent, about an order or by a member of staff.
    Upload,
    /// Something that is kept for later.
    Wish,
    /// A mail that is asked for when something is back, to a mailbox.
    StockAlert,
    /// A message to the shop, from a mailbox.
    Message,
    /// A search.
    Search,
    /// A request, whatever for.
    Everything,
}

/// Whom a counter tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The account, order, cart or mailbox that it is about.
    Subject,
    /// The same, from one address: nobody can shut an owner out of her own account.
    SubjectAtAddress,
    /// The client's address.
    Address,
}

/// So many within so long: all at once, then one for each part of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub most: u32,
    pub within_seconds: u32,
}

/// One thing that is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// Its name in the setting.
    pub name: &'static str,
    pub limit: Limit,
    pub by: By,
    default: Rate,
}

const fn counter(
    name: &'static str,
    limit: Limit,
    by: By,
    most: u32,
    within_seconds: u32,
) -> Counter {
    Counter { name, limit, by, default: Rate { most, within_seconds } }
}

/// All that is counted.
pub const COUNTERS: [Counter; 26] = [
    counter("sign_in", Limit::SignIn, By::SubjectAtAddress, 5, 15 * MINUTE),
    counter("sign_in_from", Limit::SignIn, By::Address, 20, 15 * MINUTE),
    counter("second_factor", Limit::SecondFactor, By::Subject, 5, 15 * MINUTE),
    counter("register_from", Limit::Register, By::Address, 5, HOUR),
    counter("reset", Limit::Reset, By::Subject, 3, HOUR),
    counter("reset_from", Limit::Reset, By::Address, 10, HOUR),
    counter("export", Limit::Export, By::Subject, 5, DAY),
    counter("newsletter", Limit::Newsletter, By::Subject, 3, HOUR),
    counter("newsletter_from", Limit::Newsletter, By::Address, 10, HOUR),
    counter("order_lookup", Limit::OrderLookup, By::Subject, 5, HOUR),
    counter("order_lookup_from", Limit::OrderLookup, By::Address, 10, 15 * MINUTE),
    counter("coupon", Limit::Coupon, By::Subject, 10, 15 * MINUTE),
    counter("coupon_from", Limit::Coupon, By::Address, 30, 15 * MINUTE),
    counter("place_order_from", Limit::PlaceOrder, By::Address, 30, HOUR),
    counter("payment_attempt", Limit::PaymentAttempt, By::Subject, 5, DAY),
    counter("payment_attempt_from", Limit::PaymentAttempt, By::Address, 10, HOUR),
    counter("order_page", Limit::OrderPage, By::Subject, 30, HOUR),
    counter("upload", Limit::Upload, By::Subject, 30, HOUR),
    counter("upload_from", Limit::Upload, By::Address, 60, HOUR),
    counter("wish_from", Limit::Wish, By::Address, 200, HOUR),
    counter("stock_alert", Limit::StockAlert, By::Subject, 5, HOUR),
    counter("stock_alert_from", Limit::StockAlert, By::Address, 20, HOUR),
    counter("message", Limit::Message, By::Subject, 5, HOUR),
    counter("message_from", Limit::Message, By::Address, 10, HOUR),
    counter("search_from", Limit::Search, By::Address, 60, MINUTE),
    counter("everything_from", Limit::Everything, By::Address, 200, 4),
];

/// The rate of each counter; `None` for one that is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates([Option<Rate>; COUNTERS.len()]);

impl Default for Rates {
    fn default() -> Self {
        Self(COUNTERS.map(|counter| Some(counter.default)))
    }
}

impl Rates {
    /// The counters of a limit that are on.
    pub fn of(&self, limit: Limit) -> impl Iterator<Item = (&'static Counter, Rate)> {
        let all = COUNTERS.iter().zip(self.0);
        all.filter_map(move |(counter, rate)| Some((counter, rate?)))
            .filter(move |(counter, _)| counter.limit == limit)
    }

    /// Nothing is counted.
    fn off() -> Self {
        Self([None; COUNTERS.len()])
    }
}

/// What differs from the defaults.
impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::off() {
            return f.write_str("off");
        }
        let changed = COUNTERS.iter().zip(self.0).filter(|(c, rate)| *rate != Some(c.default));
        let changed: Vec<String> = changed
            .map(|(counter, rate)| match rate {
                Some(rate) => format!("{}={}/{}s", counter.name, rate.most, rate.within_seconds),
                None => format!("{}=off", counter.name),
            })
            .collect();
        match changed.is_empty() {
            true => f.write_str("default"),
            false => f.write_str(&changed.join(" ")),
        }
    }
}

/// Reads `off`, or `coupon=20/15m search_from=off …`: what is not named keeps its default.
pub(super) fn read(text: &str) -> Result<Rates, String> {
    if text.trim() == "off" {
        return Ok(Rates::off());
    }
    let mut rates = Rates::default();
    for word in text.split_whitespace() {
        let (name, rate) = word.split_once('=').ok_or_else(|| wrong(word))?;
        let Some(at) = COUNTERS.iter().position(|counter| counter.name == name) else {
            let near = names::nearest(name, COUNTERS.iter().map(|counter| counter.name));
            return Err(format!("no limit {name:?}; {near}"));
        };
        rates.0[at] = match rate {
            "off" => None,
            _ => Some(read_rate(rate).ok_or_else(|| wrong(word))?),
        };
    }
    Ok(rates)
}

fn wrong(word: &str) -> String {
    format!("{word:?} is no limit; give NAME=COUNT/TIME such as coupon=20/15m, or NAME=off")
}

/// `20/15m`: a count of at least one, and at most thirty days in seconds, minutes, hours or days.
fn read_rate(text: &str) -> Option<Rate> {
    let (most, time) = text.split_once('/')?;
    let unit = match time.chars().last()? {
        's' => 1,
        'm' => MINUTE,
        'h' => HOUR,
        'd' => DAY,
        _ => return None,
    };
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?;
    let (most, count): (u32, u32) = (number(most)?, number(&time[..time.len() - 1])?);
    let within_seconds = count.checked_mul(unit)?;
    let is_right = (1..=1_000_000).contains(&most) && (1..=30 * DAY).contains(&within_seconds);
    is_right.then_some(Rate { most, within_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate_of(rates: &Rates, name: &str) -> Option<Rate> {
        COUNTERS.iter().zip(rates.0).find(|(counter, _)| counter.name == name).unwrap().1
    }

    #[test]
    fn what_is_not_named_keeps_its_default() {
        let rates = read("coupon=20/15m  search_from=off").unwrap();
        assert_eq!(rate_of(&rates, "coupon"), Some(Rate { most: 20, within_seconds: 900 }));
        assert_eq!(rate_of(&rates, "search_from"), None);
        assert_eq!(rate_of(&rates, "reset"), Some(Rate { most: 3, within_seconds: 3600 }));
        assert_eq!(rates.to_string(), "coupon=20/900s search_from=off");
        assert_eq!(read(&rates.to_string()), Ok(rates));
        assert_eq!(Rates::default().to_string(), "default");
    }

    #[test]
    fn all_can_be_off() {
        assert!(COUNTERS.iter().all(|c| rate_of(&read("off").unwrap(), c.name).is_none()));
        assert_eq!(read("off").unwrap().to_string(), "off");
    }

    #[test]
    fn nonsense_is_refused_with_advice() {
        for text in [
            "coupon",
            "coupon=",
            "coupon=5",
            "coupon=0/1m",
            "coupon=5/0s",
            "coupon=5/31d",
            "coupon=+5/1m",
            "coupon=5/1",
            "coupon=5/m",
            "coupon=5/1w",
            "coupon=5/1µ",
            "=5/1m",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read("cuopon=5/1m").unwrap_err().contains("did you mean coupon?"));
    }
}

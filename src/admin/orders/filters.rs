//! Which orders a list shows, as its address and its form say it.

use chrono::{NaiveDate, NaiveDateTime};

use crate::admin::field::{Field, Mistake};
use crate::admin::listing;
use crate::checkout::full_phone;
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::orders::lists::{Text, Wanted};
use crate::orders::{FulfilmentStatus, OrderStatus, Payment, PaymentStatus, Waits};
use crate::reports::begins;
use crate::values::Country;
use crate::web::{Form, Query, Shell, countries};

/// What an address can ask for, in the order in which it is written.
const NAMES: [&str; 11] = [
    "waits",
    "status",
    "payment",
    "fulfilment",
    "method",
    "country",
    "from",
    "until",
    "least",
    "most",
    "q",
];
/// Of these the form shows the first few at once.
const AT_ONCE: usize = 4;

/// What was asked for.
pub(super) struct Filters {
    pub wanted: Wanted,
    /// As typed.
    form: Form,
    pub mistakes: Vec<Mistake>,
}

impl Filters {
    pub fn read(query: &Query, shell: &Shell) -> Self {
        let of = |name| query.get(name).unwrap_or_default().trim();
        let typed: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, of(name))).collect();
        let form = Form::filled(&typed);
        let mut mistakes = Vec::new();
        let wanted = Wanted {
            waits: Waits::parse(of("waits")),
            status: OrderStatus::parse(of("status")),
            payment: PaymentStatus::parse(of("payment")),
            fulfilment: FulfilmentStatus::parse(of("fulfilment")),
            method: Payment::parse(of("method")),
            country: Country::parse(of("country")),
            placed: placed(&form, shell, &mut mistakes),
            total: (
                amount(&form, "least", shell, &mut mistakes),
                amount(&form, "most", shell, &mut mistakes),
            ),
            text: sought(of("q"), shell),
            before: of("before").parse().ok().map(OrderId),
        };
        Self { wanted, form, mistakes }
    }

    /// The address of these orders, from the newest on: what is not asked for does not stand in it.
    pub fn address(&self, shell: &Shell) -> String {
        let asked = NAMES.iter().map(|name| (*name, self.form.get(name)));
        address(shell, asked)
    }

    /// The fields that are shown at once, and those that are shown when somebody wants more.
    pub fn fields(&self, shell: &Shell) -> (Vec<Field>, Vec<Field>) {
        let text = |name, label| Field {
            is_optional: true,
            ..Field::text(shell, name, label, &self.form).with(shell, &self.mistakes)
        };
        let day = |name, label| Field { kind: "date", most: 0, ..text(name, label) };
        let sum = |name, label| Field { inputmode: "decimal", most: 30, ..text(name, label) };
        let mut fields = vec![Field { kind: "search", most: 254, ..text("q", "orders-text") }];
        fields.extend(self.selects(shell));
        fields.extend([day("from", "figures-from"), day("until", "figures-until")]);
        fields.extend([sum("least", "orders-least"), sum("most", "orders-most")]);
        let more = fields.split_off(AT_ONCE);
        (fields, more)
    }

    fn selects(&self, shell: &Shell) -> Vec<Field> {
        let select = |name: &'static str, label, codes: Vec<(&str, String)>| {
            let chosen = self.form.get(name);
            let any = (String::new(), shell.t("orders-any").to_owned(), chosen.is_empty());
            let known =
                codes.into_iter().map(|(code, text)| (code.to_owned(), text, code == chosen));
            Field::select(shell, (name, label), std::iter::once(any).chain(known).collect())
        };
        let said = |key: String| shell.t(&key).to_owned();
        let method = |method: &Payment| (method.code(), shell.t(method.text()).to_owned());
        let country =
            |country: &Country| (country.code().to_owned(), countries::name(shell, *country));
        let countries: Vec<_> = shell.frame().countries.iter().map(country).collect();
        let payment = PaymentStatus::ALL
            .iter()
            .map(|status| (status.code(), said(format!("payment-status-{}", status.code()))));
        let fulfilment = FulfilmentStatus::ALL
            .iter()
            .map(|status| (status.code(), said(format!("fulfilment-status-{}", status.code()))));
        let status = OrderStatus::ALL
            .iter()
            .map(|status| (status.code(), said(format!("order-status-{}", status.code()))));
        let waits =
            Waits::ALL.iter().map(|waits| (waits.code(), said(format!("waits-{}", waits.code()))));
        let named = countries.iter().map(|(code, name)| (code.as_str(), name.clone()));
        vec![
            select("payment", "orders-payment", payment.collect()),
            select("fulfilment", "orders-fulfilment", fulfilment.collect()),
            select("status", "orders-status", status.collect()),
            select("waits", "orders-waits", waits.collect()),
            select("method", "orders-method", Payment::ALL.iter().map(method).collect()),
            select("country", "orders-country", named.collect()),
        ]
    }

    /// Whether something is asked for that is not shown at once.
    pub fn asks_more(&self) -> bool {
        let at_once = ["q", "payment", "fulfilment", "status"];
        NAMES.iter().any(|name| !at_once.contains(name) && !self.form.get(name).is_empty())
    }

    /// Whether this is exactly what `asked` asks for.
    pub fn is(&self, asked: &[(&str, &str)]) -> bool {
        let wanted =
            |name| asked.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        NAMES.iter().all(|name| self.form.get(name) == wanted(*name))
    }
}

/// The address of a list.
pub(super) fn address<'a>(
    shell: &Shell,
    asked: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    listing::address(&shell.href("/admin/orders"), &asked.collect::<Vec<_>>())
}

type Instants = (Option<NaiveDateTime>, Option<NaiveDateTime>);

/// By the shop's clock, both days included.
fn placed(form: &Form, shell: &Shell, mistakes: &mut Vec<Mistake>) -> Instants {
    let zone = shell.settings().time_zone;
    let mut day = |name: &'static str| match (form.get(name), form.get(name).parse::<NaiveDate>()) {
        ("", _) => None,
        (_, Ok(day)) => Some(day),
        _ => {
            mistakes.push((name, "orders-wrong-day"));
            None
        }
    };
    let (from, until) = (day("from"), day("until"));
    let after = until.and_then(|day| day.succ_opt());
    (from.map(|day| begins(day, zone)), after.map(|day| begins(day, zone)))
}

fn amount(
    form: &Form,
    name: &'static str,
    shell: &Shell,
    mistakes: &mut Vec<Mistake>,
) -> Option<i64> {
    let typed = form.get(name);
    if typed.is_empty() {
        return None;
    }
    let currency: Currency = shell.settings().currency;
    let amount =
        Money::parse_typed(typed, currency, shell.lang()).ok().map(|amount| amount.minor());
    if amount.is_none() {
        mistakes.push((name, "move-wrong-amount"));
    }
    amount
}

/// What somebody typed to find an order.
pub(in crate::admin) fn sought(typed: &str, shell: &Shell) -> Option<Text> {
    let phone = full_phone(typed, shell.settings().country);
    (!typed.is_empty()).then(|| Text { typed: typed.to_owned(), phone })
}

/// Orders that are often looked for together: their words, and what they ask for.
pub(super) const VIEWS: [(&str, &[(&str, &str)]); 8] = [
    ("orders-all", &[]),
    ("orders-to-pack", &[("waits", "packing")]),
    ("orders-unpaid", &[("waits", "money")]),
    ("orders-proofs", &[("waits", "proof")]),
    ("orders-returns", &[("waits", "return")]),
    ("orders-refunds", &[("waits", "refund")]),
    ("orders-stopped", &[("waits", "stopped")]),
    ("orders-trouble", &[("waits", "trouble")]),
];

/// What a view asks for, to be counted; `None` for the view of all.
pub(super) fn counted(asked: &[(&str, &str)]) -> Option<Wanted> {
    let waits = asked.iter().find(|(name, _)| *name == "waits");
    waits.map(|(_, code)| Wanted { waits: Waits::parse(code), ..Wanted::default() })
}

//! What was sold: numbers, their chart with its table, and the best sellers (`_figures.html`).

use chrono::{NaiveDate, TimeZone};

use super::Allowed;
use super::chart::Chart;
use super::desk::Desk;
use super::field::Field;
use super::listing::address;
use crate::db::Conn;
use crate::error::Result;
use crate::money::{Currency, Money};
use crate::reports::{self, BestSeller, Days, Sales, Sum, change};
use crate::staff::Rule;
use crate::tally;
use crate::web::{Form, Query, Shell, dates};

/// So many best sellers are shown.
const BEST: usize = 5;
/// What one click asks for, in days; and what is shown when nobody has asked.
const SPANS: [i64; 4] = [1, 7, 30, 90];
const USUAL: i64 = 30;

pub struct Figures {
    pub spans: Vec<SpanView>,
    pub fields: Vec<Field>,
    /// The days in words.
    pub days: String,
    pub numbers: Vec<NumberView>,
    pub chart: Option<Chart>,
    /// Of its title: for how long each of its points stands.
    pub chart_key: &'static str,
    /// What the chart shows, in words.
    pub alternative: String,
    pub table: Vec<DayView>,
    pub best: Vec<BestView>,
}

pub struct SpanView {
    pub href: String,
    pub text: String,
    pub is_current: bool,
}

pub struct NumberView {
    pub name: String,
    pub value: String,
    /// How it has changed; empty where there was nothing before.
    pub change: String,
    /// Whether that is good or bad.
    pub tone: &'static str,
}

pub struct DayView {
    pub day: String,
    pub instant: String,
    pub orders: i64,
    pub amount: String,
    pub before: String,
}

pub struct BestView {
    pub name: String,
    pub href: String,
    pub units: String,
    pub amount: String,
}

/// Which days are asked for.
pub(super) struct Asked {
    pub days: Days,
    /// That of the shop, where none is named.
    pub currency: Currency,
    /// As typed.
    form: Form,
    /// What was typed is no span of days.
    pub is_wrong: bool,
}

impl Asked {
    pub fn read(query: &Query, shell: &Shell) -> Self {
        let now = shell.settings().time_zone.from_utc_datetime(&shell.now());
        let today = now.date_naive();
        let of = |name| query.get(name).unwrap_or_default();
        let span = SPANS.into_iter().find(|days| days.to_string() == of("days"));
        let usual = Days::last(span.unwrap_or(USUAL), today);
        let is_typed = !of("from").is_empty() || !of("until").is_empty();
        let day = |name| of(name).parse::<NaiveDate>().ok();
        let typed = day("from").zip(day("until")).and_then(|(from, until)| Days::new(from, until));
        let days = if is_typed { typed.unwrap_or(usual) } else { usual };
        let filled = |name, day: NaiveDate| match is_typed {
            true => (name, of(name).to_owned()),
            false => (name, day.to_string()),
        };
        let (from, until) = (filled("from", days.from), filled("until", days.until));
        let form = Form::filled(&[(from.0, &from.1), (until.0, &until.1)]);
        let currency = Currency::parse(of("currency")).unwrap_or(shell.settings().currency);
        Self { days, currency, form, is_wrong: is_typed && typed.is_none() }
    }
}

pub(super) async fn load<R: Rule>(
    staff: &Allowed<R>,
    shell: &Desk,
    asked: &Asked,
) -> Result<Figures> {
    let (days, settings) = (asked.days, shell.settings());
    let by = (settings.time_zone, settings.currency);
    let load = move |conn: &mut Conn| {
        let carts = |conn: &mut Conn, days: Days| tally::carts(conn, days.from, days.until);
        Ok(Read {
            sales: reports::sales(conn, days, by)?,
            carts: (carts(conn, days)?, carts(conn, days.before())?),
            best: reports::best_sellers(conn, days, by, BEST)?,
        })
    };
    Ok(view(shell, asked, staff.visit().shop.db.read_long(load).await?))
}

/// What is read: of the days that are asked for, and of as many before.
struct Read {
    sales: (Sales, Sales),
    carts: (i64, i64),
    best: Vec<BestSeller>,
}

fn view(shell: &Desk, asked: &Asked, read: Read) -> Figures {
    let (now, before) = &read.sales;
    let (steps, earlier) = (now.in_steps(), before.in_steps());
    Figures {
        spans: spans(shell, asked, "/admin", ("", "")),
        fields: fields(shell, asked),
        days: days_text(shell, asked.days),
        numbers: numbers(shell, (now, before), read.carts),
        chart: Chart::new(shell, (&steps, &earlier), shell.settings().currency),
        chart_key: if now.step() > 1 { "figures-chart-weeks" } else { "figures-chart" },
        alternative: alternative(shell, now, before),
        table: table(shell, (&steps, &earlier), now.step()),
        best: read.best.into_iter().map(|seller| best_view(shell, seller)).collect(),
    }
}

/// `also` is what else the address says: its name and its value.
pub(super) fn spans(shell: &Desk, asked: &Asked, path: &str, also: (&str, &str)) -> Vec<SpanView> {
    let now = shell.settings().time_zone.from_utc_datetime(&shell.now());
    let span = |days: i64| SpanView {
        href: shell.href(&address(path, &[("days", &days.to_string()), also])).into_owned(),
        text: shell.count("figures-days", days),
        is_current: asked.days == Days::last(days, now.date_naive()),
    };
    SPANS.into_iter().map(span).collect()
}

pub(super) fn fields(shell: &Desk, asked: &Asked) -> Vec<Field> {
    let mistake = [("until", "figures-wrong-days")];
    let mistakes = if asked.is_wrong { &mistake[..] } else { &[] };
    let field = |name, label| {
        let field = Field::text(shell, name, label, &asked.form).with(shell, mistakes);
        Field { kind: "date", most: 0, ..field }
    };
    vec![field("from", "figures-from"), field("until", "figures-until")]
}

pub(super) fn days_text(shell: &Desk, days: Days) -> String {
    let texts = shell.texts();
    match days.count() {
        1 => dates::date(texts, days.from),
        _ => texts.with(
            "date-range",
            &[
                ("from", dates::date(texts, days.from).into()),
                ("to", dates::date(texts, days.until).into()),
            ],
        ),
    }
}

fn money(shell: &Desk, minor: i64) -> String {
    let currency: Currency = shell.settings().currency;
    shell.money(&Money::new(minor, currency))
}

fn numbers(shell: &Desk, (now, before): (&Sales, &Sales), carts: (i64, i64)) -> Vec<NumberView> {
    let (sum, earlier) = (now.total(), before.total());
    let days = i64::try_from(now.days.len()).unwrap_or_default();
    let number = |key: &'static str, value: String, (now, before): (i64, i64), is_good: bool| {
        let change = change(now, before);
        NumberView {
            name: shell.t(key).to_owned(),
            value,
            tone: match change {
                Some(1..) if is_good => "up",
                Some(..=-1) if is_good => "down",
                _ => "",
            },
            change: change.map_or_else(String::new, |change| change_text(shell, change, days)),
        }
    };
    let average = (sum.average(), earlier.average());
    let back = (now.given_back, before.given_back);
    let rate = (ordered(sum, carts.0), ordered(earlier, carts.1));
    vec![
        number("figures-sales", money(shell, sum.amount), (sum.amount, earlier.amount), true),
        number("admin-orders", sum.orders.to_string(), (sum.orders, earlier.orders), true),
        number("figures-average", money(shell, average.0), average, true),
        number("figures-given-back", money(shell, back.0), back, false),
        number("figures-ordered-carts", share_text(shell, rate.0), rate, true),
    ]
}

/// How many of these carts became orders, in parts per million; 0 where fewer were counted than ordered, as on
/// the first day of counting.
fn ordered(sum: Sum, carts: i64) -> i64 {
    if carts < sum.orders || carts == 0 { 0 } else { sum.orders * 1_000_000 / carts }
}

fn share_text(shell: &Desk, ppm: i64) -> String {
    match ppm {
        0 => shell.t("figures-unknown").to_owned(),
        // To one decimal.
        ppm => format!("{}%", shell.percent((ppm + 500) / 1_000 * 1_000)),
    }
}

fn change_text(shell: &Desk, change: i64, days: i64) -> String {
    let sign = match change {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    let change = format!("{sign}{}%", change.abs());
    shell.texts().with("figures-change", &[("change", change.into()), ("count", days.into())])
}

/// What who does not see the chart should know of it.
fn alternative(shell: &Desk, now: &Sales, before: &Sales) -> String {
    let most = now.days.iter().max_by_key(|day| day.sum.amount);
    let most = most.map(|most| (most.sum.amount, dates::date(shell.texts(), most.day)));
    let (amount, day) = most.unwrap_or_default();
    shell.texts().with(
        "figures-alternative",
        &[
            ("sum", money(shell, now.total().amount).into()),
            ("before", money(shell, before.total().amount).into()),
            ("most", money(shell, amount).into()),
            ("day", day.into()),
        ],
    )
}

fn table(shell: &Desk, (now, before): (&Sales, &Sales), step: usize) -> Vec<DayView> {
    let rows = now.days.iter().zip(&before.days).rev().map(|(day, earlier)| DayView {
        day: match step {
            1 => dates::date(shell.texts(), day.day),
            _ => shell.with("figures-since", "day", dates::date(shell.texts(), day.day)),
        },
        instant: day.day.to_string(),
        orders: day.sum.orders,
        amount: money(shell, day.sum.amount),
        before: money(shell, earlier.sum.amount),
    });
    rows.collect()
}

fn best_view(shell: &Desk, seller: BestSeller) -> BestView {
    BestView {
        href: shell.href(&format!("/products/{}", seller.slug)).into_owned(),
        units: shell.count("figures-units", seller.units),
        amount: money(shell, seller.amount),
        name: seller.name,
    }
}

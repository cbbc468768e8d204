//! A report's columns, and its lines in words.

use super::table::Table;
use crate::admin::desk::Desk;
use crate::money::{Currency, Money};
use crate::reports::{Line, Report, Sums};
use crate::values::Country;
use crate::web::{countries, dates};

/// A column, by the key of its heading.
pub(super) struct Column {
    pub key: &'static str,
    pub cell: Cell,
}

/// What a column says of a line.
#[derive(Clone, Copy)]
pub(super) enum Cell {
    Name,
    /// What tells two of one name apart.
    Note,
    /// In per cent.
    Rate,
    /// Whether the sum of all lines means something: an order stands in several lines of some reports.
    Count(Adds),
    Amount(fn(&Sums) -> i64, Adds),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    Up,
    No,
}

impl Cell {
    fn is_number(self) -> bool {
        !matches!(self, Self::Name | Self::Note)
    }

    fn text(self, shell: &Desk, (report, line): (Report, &Line), currency: Currency) -> String {
        match self {
            Self::Name => name(shell, report, line),
            Self::Note => note(shell, report, line),
            Self::Rate => format!("{}%", shell.percent(line.ppm)),
            Self::Count(_) => line.sums.count.to_string(),
            Self::Amount(of, _) => money(shell, of(&line.sums), currency),
        }
    }

    /// What a column comes to; empty where that means nothing.
    fn total(self, shell: &Desk, total: &Sums, currency: Currency) -> String {
        match self {
            Self::Name => shell.t("report-total").to_owned(),
            Self::Count(Adds::Up) => total.count.to_string(),
            Self::Amount(of, Adds::Up) => money(shell, of(total), currency),
            _ => String::new(),
        }
    }

    /// Whether there is anything to say of a report with these sums.
    fn is_used(self, total: &Sums) -> bool {
        match self {
            Self::Amount(amount, _) => amount(total) != 0,
            _ => true,
        }
    }
}

const NET: Column = amount("report-net", |sums| sums.net);
const TAX: Column = amount("report-tax-amount", |sums| sums.tax);
const GOODS: Column = amount("report-goods", |sums| sums.list);
const OFF: Column = amount("report-taken-off", |sums| sums.discount);
const ORDERS: Column = Column { key: "admin-orders", cell: Cell::Count(Adds::Up) };
const UNITS: Column = Column { key: "report-units", cell: Cell::Count(Adds::Up) };
const IN_SEVERAL: Column = Column { key: "admin-orders", cell: Cell::Count(Adds::No) };

const fn amount(key: &'static str, of: fn(&Sums) -> i64) -> Column {
    Column { key, cell: Cell::Amount(of, Adds::Up) }
}

const fn text(key: &'static str, cell: Cell) -> Column {
    Column { key, cell }
}

pub(super) fn columns(report: Report) -> Vec<Column> {
    let orders = |name| {
        let sales = amount("figures-sales", |sums| sums.gross);
        let extra = amount("report-extra", |sums| sums.extra);
        let rounding = amount("report-rounding", |sums| sums.rounding);
        let back = amount("report-back", |sums| sums.back);
        vec![name, ORDERS, GOODS, OFF, extra, NET, TAX, rounding, sales, back]
    };
    let goods = || [UNITS, GOODS, OFF, NET, TAX, amount("report-gross", |sums| sums.gross)];
    match report {
        Report::Days => orders(text("figures-day", Cell::Name)),
        Report::Countries => orders(text("report-country", Cell::Name)),
        Report::Products => {
            let names = [text("product-name", Cell::Name), text("product-handle", Cell::Note)];
            names.into_iter().chain(goods()).collect()
        }
        Report::Categories => {
            [text("product-category", Cell::Name)].into_iter().chain(goods()).collect()
        }
        Report::Discounts => vec![
            text("report-discount", Cell::Name),
            text("report-code", Cell::Note),
            IN_SEVERAL,
            OFF,
            Column { key: "report-of-orders", cell: Cell::Amount(|sums| sums.gross, Adds::No) },
        ],
        Report::Taxes => vec![
            text("report-tax", Cell::Name),
            text("report-country", Cell::Note),
            text("report-rate", Cell::Rate),
            IN_SEVERAL,
            amount("report-taxed", |sums| sums.net),
            TAX,
        ],
    }
}

/// The lines of a report, without columns in which nothing stands.
pub(super) fn table(shell: &Desk, report: Report, lines: &[Line], currency: Currency) -> Table {
    let total = lines.iter().fold(Sums::default(), |sum, line| sum.plus(line.sums));
    let mut columns = columns(report);
    columns.retain(|column| column.cell.is_used(&total));
    let heads = columns.iter().map(|it| (shell.t(it.key).to_owned(), it.cell.is_number()));
    let sums = columns.iter().map(|it| it.cell.total(shell, &total, currency)).collect();
    let cells = |line: &Line| {
        let cells = columns.iter().map(|it| it.cell.text(shell, (report, line), currency));
        let weight = match report {
            Report::Discounts => line.sums.discount,
            Report::Taxes => line.sums.tax,
            _ => line.sums.gross,
        };
        (cells.collect(), weight)
    };
    Table::new(heads.collect(), lines.iter().map(cells), sums)
}

/// What a line is called.
pub(super) fn name(shell: &Desk, report: Report, line: &Line) -> String {
    match report {
        Report::Days => match line.item.parse() {
            Ok(day) => dates::date(shell.texts(), day),
            Err(_) => line.item.clone(),
        },
        Report::Categories => category(shell, &line.item),
        Report::Countries => country(shell, &line.item),
        Report::Taxes | Report::Products | Report::Discounts => line.name.clone(),
    }
}

/// What tells it from another of its name.
pub(super) fn note(shell: &Desk, report: Report, line: &Line) -> String {
    match report {
        Report::Products => line.item.clone(),
        Report::Taxes => country(shell, &line.note),
        _ => line.note.clone(),
    }
}

pub(super) fn category(shell: &Desk, slug: &str) -> String {
    let frame = shell.frame();
    let Some(known) = frame.categories.iter().find(|known| known.slug == slug) else {
        return shell.t("report-no-category").to_owned();
    };
    let path = frame.path_to(known.id);
    path.iter().map(|above| shell.local(&above.name)).collect::<Vec<_>>().join(" › ")
}

fn country(shell: &Desk, code: &str) -> String {
    Country::parse(code).map_or_else(|| code.to_owned(), |country| countries::name(shell, country))
}

pub(super) fn money(shell: &Desk, minor: i64, currency: Currency) -> String {
    shell.money(&Money::new(minor, currency))
}

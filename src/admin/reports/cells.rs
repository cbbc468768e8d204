//! A report's columns, and its lines in words.

use crate::admin::desk::Desk;
use crate::money::{Currency, Money};
use crate::reports::{Line, Report};
use crate::web::dates;

/// The keys of a report's columns: name, what tells two of one name apart (empty for nothing), count and
/// two amounts.
pub(super) fn columns(report: Report) -> [&'static str; 5] {
    match report {
        Report::Days => ["figures-day", "", "admin-orders", "figures-average", "figures-sales"],
        Report::Products => {
            ["product-name", "product-handle", "report-units", "report-net", "report-gross"]
        }
        Report::Categories => {
            ["product-category", "", "report-units", "report-net", "report-gross"]
        }
        Report::Countries => ["report-country", "", "admin-orders", "report-net", "report-gross"],
        Report::Discounts => [
            "report-discount",
            "report-code",
            "admin-orders",
            "report-taken-off",
            "report-of-orders",
        ],
        Report::Taxes => {
            ["report-tax", "report-country", "admin-orders", "report-net", "report-tax-amount"]
        }
    }
}

/// What a line is called.
pub(super) fn name(shell: &Desk, report: Report, line: &Line) -> String {
    match report {
        Report::Days => match line.name.parse() {
            Ok(day) => dates::date(shell.texts(), day),
            Err(_) => line.name.clone(),
        },
        Report::Categories => category(shell, &line.name),
        Report::Taxes => format!("{} ({}%)", line.name, shell.percent(line.rate)),
        Report::Products | Report::Countries | Report::Discounts => line.name.clone(),
    }
}

fn category(shell: &Desk, slug: &str) -> String {
    let frame = shell.frame();
    let Some(known) = frame.categories.iter().find(|known| known.slug == slug) else {
        return shell.t("report-no-category").to_owned();
    };
    let path = frame.path_to(known.id);
    path.iter().map(|above| shell.local(&above.name)).collect::<Vec<_>>().join(" › ")
}

pub(super) fn money(shell: &Desk, minor: i64) -> String {
    let currency: Currency = shell.settings().currency;
    shell.money(&Money::new(minor, currency))
}

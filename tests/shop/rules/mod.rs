//! Rules as text: read strictly, planned, applied whole, and written back.

mod apply;
mod command;
mod examples;
mod round_trip;

use diesel::Connection;
use etalase::db::Conn;
use etalase::error::Error;
use etalase::rules::{self, ExportError, Mode, Outcome, RuleFile, Section, Tree};
use etalase::web::visit::now;

/// Applies texts, each under a name of its own.
pub fn apply(conn: &mut Conn, files: &[(&str, &str)], mode: Mode) -> Outcome {
    let files: Vec<RuleFile> =
        files.iter().map(|(name, text)| RuleFile::new(*name, *text)).collect();
    let tree = Tree::read(&files);
    conn.transaction::<_, Error, _>(|conn| rules::apply(conn, &tree, mode, now())).unwrap()
}

/// Applies a text in which nothing is wrong, and gives the lines of its plan.
pub fn change(conn: &mut Conn, text: &str) -> Vec<String> {
    lines(apply(conn, &[("rules.toml", text)], Mode::Apply))
}

/// What a text would change.
pub fn plan(conn: &mut Conn, text: &str) -> Vec<String> {
    lines(apply(conn, &[("rules.toml", text)], Mode::Plan))
}

fn lines(outcome: Outcome) -> Vec<String> {
    let wrong: Vec<String> = outcome.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(wrong, [""; 0]);
    outcome.changes.iter().map(ToString::to_string).collect()
}

/// The mistakes of a text.
pub fn mistakes(conn: &mut Conn, text: &str) -> Vec<String> {
    let outcome = apply(conn, &[("rules.toml", text)], Mode::Apply);
    outcome.mistakes.iter().map(ToString::to_string).collect()
}

/// A section as its file has it.
pub fn exported(conn: &mut Conn, section: Section) -> String {
    let mut file = Vec::new();
    rules::write_section(conn, section, &mut file)
        .unwrap_or_else(|error: ExportError| panic!("{error}"));
    String::from_utf8(file).unwrap()
}

/// Everything but the prices of goods.
pub const WITHOUT_PRICES: [Section; 4] =
    [Section::Settings, Section::Tax, Section::Delivery, Section::Promotions];

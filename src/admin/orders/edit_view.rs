//! What a change of an order would do, in words.

use crate::admin::desk::Desk;
use crate::cart::{TotalRow, rows};
use crate::orders::NewLine;
use crate::revisions::{Plan, Refused};

pub(super) struct Preview {
    /// Sent back with the form: only this is done.
    pub seal: String,
    pub lines: Vec<LineView>,
    pub totals: Vec<TotalRow>,
    pub effects: Vec<String>,
    /// Whether money goes back.
    pub refunds: bool,
}

pub(super) struct LineView {
    pub name: String,
    pub details: String,
    /// How many, or from how many to how many.
    pub units: String,
    pub is_changed: bool,
    pub sum: String,
}

pub(super) fn preview(shell: &Desk, plan: &Plan) -> Preview {
    let sold = &plan.sold;
    let (bill, given, way) = match &plan.revision {
        Some(it) => (&it.bill, &it.given, it.way.as_ref().map(|way| &way.name)),
        None => (&sold.bill, &sold.given, None),
    };
    let way = way.unwrap_or(&sold.way.1);
    let label = (!way.is_empty()).then(|| shell.with("order-delivery", "name", way));
    Preview {
        seal: plan.seal(),
        lines: lines(shell, plan),
        totals: rows(shell, bill, sold.request.prices_include_tax, label, given),
        effects: effects(shell, plan),
        refunds: plan.due() < 0,
    }
}

/// What stays and what comes, then what goes.
fn lines(shell: &Desk, plan: &Plan) -> Vec<LineView> {
    let before = &plan.sold.lines;
    let after = plan.revision.as_ref().map_or(before, |revision| &revision.lines);
    let is_same =
        |one: &NewLine, other: &NewLine| one.variant_id == other.variant_id && one.sku == other.sku;
    let units = |lines: &[NewLine], of: &NewLine| {
        lines.iter().find(|line| is_same(line, of)).map_or(0, |line| line.quantity)
    };
    let gone = before.iter().filter(|line| units(after, line) == 0);
    let view = |line: &NewLine| {
        let (had, left) = (units(before, line), units(after, line));
        let from_to = [("before", had.into()), ("after", left.into())];
        let sum = if left == 0 { 0 } else { line.gross_amount };
        let details = [line.options.as_str(), &line.sku];
        let details: Vec<&str> = details.into_iter().filter(|part| !part.is_empty()).collect();
        LineView {
            name: line.name.clone(),
            details: details.join(", "),
            units: match had == left {
                true => format!("× {left}"),
                false => shell.texts().with("edit-from-to", &from_to),
            },
            is_changed: had != left,
            sum: shell.money(&plan.sold.bill.money(sum)),
        }
    };
    after.iter().chain(gone).map(view).collect()
}

/// To money, stock, invoice and mail.
fn effects(shell: &Desk, plan: &Plan) -> Vec<String> {
    let papers = match (&plan.revision, plan.sold.has_invoice) {
        (Some(_), true) => "edit-invoice-renewed",
        (_, true) => "edit-invoice-stays",
        (_, false) => "edit-invoice-none",
    };
    let mut effects = vec![money(shell, plan)];
    effects.extend(stock(shell, plan));
    effects.extend([papers, "edit-mail"].map(|key| shell.t(key).to_owned()));
    effects
}

fn money(shell: &Desk, plan: &Plan) -> String {
    let amount = |minor: i64| shell.money(&plan.sold.bill.money(minor));
    let due = plan.due();
    match plan.sold.received.captured {
        _ if due < 0 => shell.with("edit-money-back", "amount", amount(-due)),
        _ if plan.total() == plan.sold.bill.totals.payable => {
            shell.with("edit-money-none", "amount", amount(plan.total()))
        }
        0 => shell.with("edit-money-instead", "amount", amount(due)),
        _ if due > 0 => shell.with("edit-money-due", "amount", amount(due)),
        _ => shell.with("edit-money-none", "amount", amount(plan.total())),
    }
}

fn stock(shell: &Desk, plan: &Plan) -> Vec<String> {
    if plan.moves.is_empty() {
        return vec![shell.t("edit-stock-none").to_owned()];
    }
    let moves = plan.moves.iter().map(|moved| {
        let key = if moved.units > 0 { "edit-stock-held" } else { "edit-stock-freed" };
        let arguments = [("count", moved.units.abs().into()), ("sku", moved.sku.as_str().into())];
        shell.texts().with(key, &arguments)
    });
    moves.collect()
}

/// Why a change cannot be made.
pub(super) fn refused_words(shell: &Desk, refused: &Refused) -> String {
    let key = match refused {
        Refused::NoSuch(sku) => return shell.with("edit-no-such", "sku", sku),
        Refused::NotForSale(sku) => return shell.with("edit-not-for-sale", "sku", sku),
        Refused::TooMany(sku) => return shell.with("edit-too-many", "sku", sku),
        Refused::Short { sku, left } => {
            let arguments = [("sku", sku.as_str().into()), ("count", (*left).into())];
            return shell.texts().with("edit-short", &arguments);
        }
        Refused::NotNow => "edit-not-now",
        Refused::BeingPaid => "edit-being-paid",
        Refused::Refunded => "edit-refunded",
        Refused::OtherPrices => "edit-other-prices",
        Refused::Nothing => "edit-nothing",
        Refused::Empty => "edit-empty",
        Refused::OtherHandover => "edit-other-handover",
        Refused::NoWay => "edit-no-way",
        Refused::Unpriceable => "edit-unpriceable",
    };
    shell.t(key).to_owned()
}

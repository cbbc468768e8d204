//! `GET /admin/products/imports/{id}`: how a file stands, what it would change or has changed, and
//! everything that is wrong with it by row and column.

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use super::{LIST, address, state};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::exchange::{self, Dialect, Import, Problem, State, Stock, Touched};
use crate::ids::ImportId;
use crate::staff::{Permission, to};
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/imports/show.html")]
struct ImportPage {
    shell: Desk,
    back: String,
    action: String,
    badge: (String, &'static str),
    /// What the file is, and who brought it.
    lead: String,
    percent: i64,
    is_busy: bool,
    is_stoppable: bool,
    is_stopped: bool,
    is_undoable: bool,
    /// It could not be looked through.
    is_unread: bool,
    /// It changes stock, and who looks at it may not.
    is_held: bool,
    /// The table of what was left out; empty where nothing was.
    wrong: String,
    /// How many products would be written; empty for none, or where that is over.
    run: String,
    /// The rule for stock: value, text, chosen. Empty for who may not count.
    stock: Vec<(&'static str, String, bool)>,
    /// What is done, in words.
    said: String,
    ignored: String,
    counts: Vec<(String, i64)>,
    problems: Vec<ProblemView>,
    more_problems: String,
    touched: Vec<TouchedView>,
}

struct ProblemView {
    line: i64,
    column: String,
    cell: String,
    text: String,
    is_note: bool,
}

struct TouchedView {
    line: i64,
    handle: String,
    text: String,
}

/// So many problems and effects are shown.
const SHOWN_PROBLEMS: i64 = 200;
const SHOWN_TOUCHED: i64 = 20;

pub async fn show(staff: Allowed<to::ChangeProducts>, id: Path<String>) -> Result<HttpResponse> {
    let id = ImportId(id.parse().map_err(|_| Error::NotFound)?);
    let load = move |conn: &mut Conn| {
        let import = exchange::find(conn, id)?.ok_or(Error::NotFound)?;
        let problems = exchange::problems(conn, id, SHOWN_PROBLEMS)?;
        Ok((import, problems, exchange::touched(conn, id, 0, SHOWN_TOUCHED)?))
    };
    let (import, problems, touched) = staff.visit().shop.db.read(load).await?;
    let mut shell = staff.desk("imports-title");
    shell.shell.head.title.clone_from(&import.name);
    let may_count = staff.may(Permission::ChangeStock);
    let page = view(shell, &import, (problems, touched), may_count);
    Ok(Html::page(&page)?.personal().into_response())
}

fn view(
    shell: Desk,
    import: &Import,
    (problems, touched): (Vec<Problem>, Vec<Touched>),
    may_count: bool,
) -> ImportPage {
    let is_checked = import.state == State::Checked;
    let is_unread = import.state == State::Unread;
    let is_held = import.stock != Stock::Nowhere && !may_count;
    let written = import.counts.made + import.counts.changed;
    let more = import.counts.problems - SHOWN_PROBLEMS;
    ImportPage {
        back: shell.href(LIST).into_owned(),
        action: shell.href(&address(import.id)).into_owned(),
        badge: state(&shell, import.state),
        lead: lead(&shell, import),
        percent: import.percent(),
        is_busy: import.state.is_busy(),
        is_stoppable: import.state == State::Running,
        is_stopped: import.state == State::Stopped && !is_held,
        is_undoable: matches!(import.state, State::Stopped | State::Done)
            && written > 0
            && !is_held,
        is_unread,
        is_held,
        wrong: match import.counts.wrong > 0 {
            true => format!("{}/wrong.csv", shell.href(&address(import.id))),
            false => String::new(),
        },
        run: match is_checked && written > 0 && !is_held {
            true => shell.count("import-run", written),
            false => String::new(),
        },
        stock: match (is_checked || is_unread) && (may_count || is_held) {
            true => stock(&shell, (import.stock, may_count)),
            false => Vec::new(),
        },
        said: said(&shell, import),
        ignored: import.ignored.clone(),
        counts: counts(&shell, import),
        problems: problems.into_iter().map(|it| problem(&shell, it)).collect(),
        more_problems: if more > 0 {
            shell.count("import-more-problems", more)
        } else {
            String::new()
        },
        touched: touched.into_iter().map(|it| effect(&shell, it)).collect(),
        shell,
    }
}

fn lead(shell: &Desk, import: &Import) -> String {
    let dialect = match import.dialect {
        Dialect::Own => shell.t("import-dialect-own"),
        Dialect::Shopify => "Shopify",
        Dialect::WooCommerce => "WooCommerce",
    };
    let at = dates::instant(shell, import.created_at);
    shell.texts().with(
        "import-lead",
        &[
            ("dialect", dialect.into()),
            ("name", import.staff_name.clone().into()),
            ("at", at.into()),
        ],
    )
}

fn stock(shell: &Desk, (chosen, may_count): (Stock, bool)) -> Vec<(&'static str, String, bool)> {
    let rules = [
        (Stock::OfNew, "import-stock-new"),
        (Stock::OfAll, "import-stock-all"),
        (Stock::Nowhere, "import-stock-nowhere"),
    ];
    let choice =
        |(rule, key): (Stock, &str)| (rule.code(), shell.t(key).to_owned(), rule == chosen);
    let rules = rules.into_iter().filter(|(rule, _)| may_count || *rule == Stock::Nowhere);
    rules.map(choice).collect()
}

/// What happens, or has happened.
fn said(shell: &Desk, import: &Import) -> String {
    let counts = &import.counts;
    match import.state {
        State::Checking => shell.t("import-said-checking").to_owned(),
        State::Unread => shell.t("import-said-unread").to_owned(),
        State::Checked if counts.made + counts.changed == 0 => {
            shell.t("import-said-nothing").to_owned()
        }
        State::Checked => shell.t("import-said-checked").to_owned(),
        State::Running => shell.t("import-said-running").to_owned(),
        State::Stopped => shell.t("import-said-stopped").to_owned(),
        State::Done => shell.t("import-said-done").to_owned(),
        State::Undoing => shell.t("import-said-undoing").to_owned(),
        State::Undone => shell.texts().with(
            "import-said-undone",
            &[("undone", counts.undone.into()), ("kept", counts.kept.into())],
        ),
    }
}

fn counts(shell: &Desk, import: &Import) -> Vec<(String, i64)> {
    let counts = &import.counts;
    let named = [
        ("import-made", counts.made),
        ("import-changed", counts.changed),
        ("import-same", counts.same),
        ("import-wrong", counts.wrong),
    ];
    named.map(|(key, count)| (shell.t(key).to_owned(), count)).into()
}

fn problem(shell: &Desk, problem: Problem) -> ProblemView {
    ProblemView {
        line: problem.line,
        column: problem.column,
        cell: problem.cell,
        text: shell.t(&problem.key).to_owned(),
        is_note: problem.is_note,
    }
}

fn effect(shell: &Desk, touched: Touched) -> TouchedView {
    let changes = &touched.changes;
    let columns = changes.columns().join(", ");
    let added = i64::try_from(changes.added.len()).unwrap_or(0);
    let text = match (touched.is_made, added) {
        (true, _) => shell.t("import-effect-made").to_owned(),
        (false, 0) => columns,
        (false, added) => {
            let added = shell.count("import-effect-added", added);
            [columns, added]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    TouchedView { line: touched.line, handle: touched.handle, text }
}

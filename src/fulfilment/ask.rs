//! `GET` and `POST /orders/{token}/returns`: the form by which a shopper asks to send something back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::ask_form::{self, LONGEST_NOTE, Mistake, units_field};
use super::model::{Asked, ReturnReason, ReturnWish};
use super::returns::request;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::limits::Limit;
use crate::orders::book::{Back, parcels_of, returns_of};
use crate::orders::{self, By, MoveError, Receipt, ReturnWindow, Returnable, returnable};
use crate::web::{Form, Head, Html, Shell, Visit, dates, see_other};

#[derive(Template)]
#[template(path = "fulfilment/ask.html")]
struct AskPage {
    shell: Shell,
    number: String,
    /// The order's page.
    order: String,
    /// What may come back; with none, `closed` says why.
    lines: Vec<LineView>,
    closed: String,
    reasons: Vec<ChoiceView>,
    wishes: Vec<ChoiceView>,
    note: String,
    most_letters: usize,
    /// How many returns the order had when the page was made, so that it asks once.
    earlier: String,
    mistakes: Vec<MistakeView>,
}

impl AskPage {
    fn error(&self, field: &str) -> &str {
        let wrong = self.mistakes.iter().find(|mistake| mistake.field == field);
        wrong.map_or("", |mistake| mistake.text.as_str())
    }
}

struct LineView {
    field: String,
    name: String,
    options: String,
    units: i64,
    until: String,
    typed: String,
}

struct ChoiceView {
    code: &'static str,
    text: String,
    is_chosen: bool,
}

struct MistakeView {
    field: String,
    text: String,
}

pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let receipt = load(&visit, &token).await?;
    Ok(page(&visit, &receipt, &Form::default(), &[])?.into_response())
}

/// What came of a request.
enum Outcome {
    /// It is this return of the order, counted from 1, now or already.
    Asked(i64),
    Wrong(Vec<Mistake>),
}

pub async fn ask(visit: Visit, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    visit.spend(Limit::OrderPage, token.as_str()).await?;
    let (window, by) = (ReturnWindow::of(&visit.frame.settings, visit.now), By::shopper(visit.now));
    let (known, typed) = (token.clone(), form.clone());
    let asked =
        visit.shop.db.write(move |conn| place(conn, &known, &typed, (&window, &by))).await?;
    match asked {
        Outcome::Asked(n) => {
            let back = format!("/orders/{}/returns/{n}", token.as_str());
            Ok(see_other(&visit.href(&back)))
        }
        Outcome::Wrong(mistakes) => {
            let page = page(&visit, &load(&visit, &token).await?, &form, &mistakes)?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Held before anything is looked at: of a form that is sent twice the second finds the return.
fn place(
    conn: &mut Conn,
    token: &OrderToken,
    form: &Form,
    (window, by): (&ReturnWindow, &By),
) -> Result<Outcome> {
    let receipt = orders::find_receipt(conn, token)?.ok_or(Error::NotFound)?;
    let order = receipt.order.id;
    orders::hold(conn, order).map_err(|error| Error::internal(error.to_string()))?;
    let (parcels, returns) = (parcels_of(conn, order)?, returns_of(conn, order)?);
    let earlier = form.get("earlier").parse().unwrap_or(returns.len());
    if let Some(sent) = returns.get(earlier) {
        let all = returnable(&parcels, &[], &ReturnWindow::Open);
        return Ok(match ask_form::read(form, &all) {
            Ok(asked) if is_same(sent, &asked) => Outcome::Asked(sent.position + 1),
            _ => Outcome::Wrong(vec![Mistake::new("", "return-asked-meanwhile")]),
        });
    }
    match ask_form::read(form, &returnable(&parcels, &returns, window)) {
        Err(mistakes) => Ok(Outcome::Wrong(mistakes)),
        Ok(asked) => match request(conn, order, &asked, window, by) {
            Ok(_) => Ok(Outcome::Asked(next(&returns))),
            Err(MoveError::Error(error)) => Err(error),
            Err(error) => Err(Error::internal(error.to_string())),
        },
    }
}

fn next(returns: &[Back]) -> i64 {
    returns.last().map_or(1, |last| last.position + 2)
}

fn is_same(sent: &Back, asked: &Asked) -> bool {
    let units = asked.lines.iter().map(|line| (line.position, line.quantity.get()));
    sent.lines.iter().map(|line| (line.position, line.asked)).eq(units)
        && sent.reason == asked.reason.code()
        && sent.wish == asked.wish.code()
        && sent.note == asked.note
}

async fn load(visit: &Visit, token: &OrderToken) -> Result<Receipt> {
    let token = token.clone();
    let receipt = visit.shop.db.read(move |conn| orders::find_receipt(conn, &token)).await?;
    receipt.ok_or(Error::NotFound)
}

fn page(visit: &Visit, receipt: &Receipt, form: &Form, mistakes: &[Mistake]) -> Result<Html> {
    let mut shell = visit.shell(Head::of_order(""));
    let heading = shell.t("return-heading").to_owned();
    shell.head.title = match mistakes {
        [] => heading,
        _ => shell.with("error-title", "title", &heading),
    };
    let window = ReturnWindow::of(shell.settings(), visit.now);
    let open = returnable(&receipt.parcels, &receipt.returns, &window);
    let page = AskPage {
        number: receipt.order.number.clone(),
        order: shell.href(&format!("/orders/{}", receipt.order.token)).into_owned(),
        lines: open.iter().filter_map(|open| line(&shell, receipt, open, form)).collect(),
        closed: closed(&shell, receipt),
        reasons: reasons(&shell, form),
        wishes: wishes(&shell, form),
        note: form.get("note").to_owned(),
        most_letters: LONGEST_NOTE,
        earlier: receipt.returns.len().to_string(),
        mistakes: mistakes.iter().map(|mistake| in_words(&shell, mistake)).collect(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn line(shell: &Shell, receipt: &Receipt, open: &Returnable, form: &Form) -> Option<LineView> {
    let line = receipt.lines.get(usize::try_from(open.position).ok()?)?;
    let field = units_field(open.position);
    Some(LineView {
        name: line.name.clone(),
        options: line.options.clone(),
        units: open.units,
        until: shell.with("return-until", "date", dates::date(shell.texts(), open.until)),
        typed: form.find(&field).unwrap_or("0").trim().to_owned(),
        field,
    })
}

/// Why nothing can come back.
fn closed(shell: &Shell, receipt: &Receipt) -> String {
    let is_sent = receipt.parcels.iter().any(|parcel| !parcel.lines.is_empty());
    match returnable(&receipt.parcels, &receipt.returns, &ReturnWindow::Open).is_empty() {
        true if is_sent => shell.t("return-all-asked").to_owned(),
        true => shell.t("return-nothing-sent").to_owned(),
        false => shell.count("return-too-late", shell.settings().return_days),
    }
}

fn reasons(shell: &Shell, form: &Form) -> Vec<ChoiceView> {
    let typed = form.get("reason");
    let choice = |reason: ReturnReason| ChoiceView {
        code: reason.code(),
        text: shell.t(reason_text(reason)).to_owned(),
        is_chosen: typed == reason.code(),
    };
    ReturnReason::ALL.map(choice).into()
}

fn wishes(shell: &Shell, form: &Form) -> Vec<ChoiceView> {
    let chosen = ReturnWish::parse(form.get("wish")).unwrap_or(ReturnWish::Refund);
    let choice = |wish: ReturnWish| ChoiceView {
        code: wish.code(),
        text: shell.t(wish_text(wish)).to_owned(),
        is_chosen: wish == chosen,
    };
    ReturnWish::ALL.map(choice).into()
}

/// The key of a reason's text.
pub fn reason_text(reason: ReturnReason) -> &'static str {
    match reason {
        ReturnReason::Damaged => "return-damaged",
        ReturnReason::WrongItem => "return-wrong-item",
        ReturnReason::NotAsDescribed => "return-not-as-described",
        ReturnReason::ChangedMind => "return-changed-mind",
        ReturnReason::Other => "return-other",
    }
}

pub(super) fn wish_text(wish: ReturnWish) -> &'static str {
    match wish {
        ReturnWish::Refund => "return-wish-refund",
        ReturnWish::Replacement => "return-wish-replacement",
    }
}

fn in_words(shell: &Shell, mistake: &Mistake) -> MistakeView {
    let text = shell.texts().with(mistake.key, &[("most", mistake.most.into())]);
    MistakeView { field: mistake.field.clone(), text }
}

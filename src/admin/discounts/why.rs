//! `GET /admin/discounts/why`: for each discount whether it gave something to a cart or an order,
//! and why not.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use std::collections::{BTreeMap, BTreeSet};

use super::trial::{self, Basket};
use super::verdicts;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::PromotionId;
use crate::language::LocalText;
use crate::pricing::{Refusal, Request, Text, Verdict, why};
use crate::promotions::desk::{self, Kept};
use crate::promotions::{CodeState, CustomerKey, PromotionCode};
use crate::staff::to;
use crate::values::{Country, Place};
use crate::web::{Form, Html, View, countries};

#[derive(Template)]
#[template(path = "admin/discounts/why.html")]
struct WhyPage {
    shell: Desk,
    code: Vec<Field>,
    of_order: Vec<Field>,
    of_cart: Vec<Field>,
    /// What the answers are about; empty while nothing was asked.
    about: String,
    /// What is left out of them.
    missing: String,
    answers: Vec<Answer>,
}

/// What became of a discount.
struct Answer {
    /// Empty for one that is not there any more.
    href: String,
    name: String,
    is_applied: bool,
    words: String,
}

/// What is asked about.
#[derive(Clone)]
enum Asked {
    Nothing,
    Order(String),
    Cart(Basket, Country),
}

/// The rest of the question.
#[derive(Clone, Default)]
struct Person {
    codes: Vec<PromotionCode>,
    email: Option<CustomerKey>,
}

/// What was found out.
#[derive(Default)]
struct Found {
    /// Lasting names, with what became of each.
    verdicts: Vec<(String, Verdict)>,
    /// What else is to be said about a code or an automatic discount.
    others: Vec<(String, &'static str)>,
    named: BTreeMap<String, (PromotionId, LocalText)>,
    missing: Vec<String>,
}

/// Names of the fields, in their order.
const FIELDS: [&str; 5] = ["order", "code", "lines", "country", "email"];

pub async fn show(staff: Allowed<to::ChangeDiscounts>) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let typed = FIELDS.map(|name| (name, query.get(name).unwrap_or_default()));
    let form = Form::filled(&typed);
    let shell = staff.desk("why-title");
    let asked = match ask(&shell, &form) {
        Ok(asked) => asked,
        Err(wrong) => return page(shell, &form, wrong, None),
    };
    let (person, view, about) = (person(&form), staff.visit().view(), asked.clone());
    let look = move |conn: &mut Conn| look(conn, &asked, &person, &view);
    let found = staff.visit().shop.db.read(look).await?;
    match (about, found) {
        (Asked::Order(_), None) => {
            let wrong = ("order", shell.t("why-no-order").to_owned());
            page(shell, &form, wrong, None)
        }
        (about, found) => {
            page(shell, &form, ("", String::new()), found.map(|found| (about, found)))
        }
    }
}

fn ask(shell: &Desk, form: &Form) -> std::result::Result<Asked, (&'static str, String)> {
    if !form.get("order").is_empty() {
        return Ok(Asked::Order(form.get("order").to_owned()));
    }
    let basket = trial::parse(form.get("lines"))
        .map_err(|line| ("lines", shell.with("example-wrong-line", "line", line)))?;
    let country = Country::parse(form.get("country")).unwrap_or(shell.settings().country);
    let is_asked = !basket.is_empty() || !form.get("code").is_empty();
    match basket.is_empty() {
        true if is_asked => Err(("lines", shell.t("why-no-goods").to_owned())),
        true => Ok(Asked::Nothing),
        false => Ok(Asked::Cart(basket, country)),
    }
}

fn person(form: &Form) -> Person {
    let email = form.get("email");
    Person {
        codes: form.get("code").split_whitespace().filter_map(PromotionCode::parse).collect(),
        email: (!email.is_empty()).then(|| CustomerKey::of(email)),
    }
}

/// `None` for an order that there is not, and while nothing is asked.
fn look(conn: &mut Conn, asked: &Asked, person: &Person, view: &View) -> Result<Option<Found>> {
    let mut found = match asked {
        Asked::Nothing => return Ok(None),
        Asked::Order(number) => match queries::priced_as(conn, number)? {
            Some(request) => of_order(conn, &request, person, view)?,
            None => return Ok(None),
        },
        Asked::Cart(basket, country) => of_cart(conn, (basket, *country), person, view)?,
    };
    let slugs = found.verdicts.iter().map(|(slug, _)| slug.as_str());
    let slugs: Vec<&str> =
        slugs.chain(found.others.iter().map(|(slug, _)| slug.as_str())).collect();
    found.named = desk::named(conn, &slugs)?;
    Ok(Some(found))
}

/// The order as it was priced; a code that was not typed then is tried now.
fn of_order(conn: &mut Conn, request: &str, person: &Person, view: &View) -> Result<Found> {
    let Ok(mut request) = Request::from_json(request) else { return Ok(Found::default()) };
    let mut others = Vec::new();
    for code in &person.codes {
        let kept = desk::find_by_code(conn, code, view.now)?;
        let priced = kept.as_ref().and_then(|kept| kept.rule.priced(Some(code)));
        match (kept, priced, Text::try_from(code.as_str())) {
            (Some(kept), Some(priced), Ok(code)) if kept.rule.is_active => {
                let is_new = |id: &Text| request.promotions.iter().all(|known| known.id != *id);
                if is_new(&priced.id) {
                    request.promotions.push(priced);
                    request.codes.push(code);
                }
            }
            (kept, ..) => others.push(closed(code, kept.as_ref())),
        }
    }
    Ok(Found { verdicts: verdicts(&request).unwrap_or_default(), others, ..Found::default() })
}

fn of_cart(
    conn: &mut Conn,
    (basket, country): (&Basket, Country),
    person: &Person,
    view: &View,
) -> Result<Found> {
    let cart = trial::cart(conn, basket, view)?;
    let who = (person.codes.as_slice(), person.email.as_ref());
    let offers = trial::offers(conn, &cart, &view.frame.promotions, who, view)?;
    let place = Place { country, region: String::new(), postcode: String::new() };
    let quote = trial::priced(&cart, &offers, &place, view);
    let verdicts = quote.and_then(|quote| verdicts(&quote.request)).unwrap_or_default();
    let mut others = Vec::new();
    for typed in &offers.typed {
        let kept = desk::find_by_code(conn, &typed.code, view.now)?;
        match typed.state {
            CodeState::Opens { .. } => {}
            CodeState::UsedUp => others.push(about(&typed.code, kept.as_ref(), "why-used-up")),
            CodeState::UsedByCustomer => {
                others.push(about(&typed.code, kept.as_ref(), "why-used-by-customer"));
            }
            CodeState::Doubled => others.push(about(&typed.code, kept.as_ref(), "why-doubled")),
            _ => others.push(closed(&typed.code, kept.as_ref())),
        }
    }
    let open: BTreeSet<PromotionId> = offers.running().iter().map(|running| running.id).collect();
    let spent = view.frame.promotions.iter().filter(|running| !open.contains(&running.id));
    others.extend(spent.map(|running| (running.rule.slug.to_string(), "why-used-up")));
    Ok(Found { verdicts, others, missing: cart.missing, ..Found::default() })
}

fn verdicts(request: &Request) -> std::result::Result<Vec<(String, Verdict)>, Refusal> {
    let slugs = request.promotions.iter().map(|promotion| promotion.id.as_str().to_owned());
    Ok(slugs.zip(why(request)?).collect())
}

/// What keeps a code from opening anything.
fn closed(code: &PromotionCode, kept: Option<&Kept>) -> (String, &'static str) {
    let key = match kept.map(|kept| kept.state) {
        None => "why-unknown",
        Some(desk::State::Stopped) => "why-stopped",
        Some(desk::State::Over) => "why-over",
        Some(desk::State::UsedUp) => "why-used-up",
        Some(desk::State::Scheduled) => "why-not-begun",
        Some(desk::State::Running) => "why-other-currency",
    };
    about(code, kept, key)
}

fn about(code: &PromotionCode, kept: Option<&Kept>, key: &'static str) -> (String, &'static str) {
    let name = kept.map_or_else(|| code.as_str().to_owned(), |kept| kept.rule.slug.to_string());
    (name, key)
}

fn page(
    shell: Desk,
    form: &Form,
    wrong: (&'static str, String),
    found: Option<(Asked, Found)>,
) -> Result<HttpResponse> {
    let status = match wrong.0 {
        "" => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let [order, code, lines, country, email] = fields(&shell, form, &wrong);
    let (about, answers, missing) = match &found {
        Some((asked, found)) => {
            (heading(&shell, asked), answers(&shell, found), &found.missing[..])
        }
        None => (String::new(), Vec::new(), &[][..]),
    };
    let page = WhyPage {
        code: vec![code],
        of_order: vec![order],
        of_cart: vec![lines, country, email],
        about,
        missing: match missing {
            [] => String::new(),
            [first, ..] => shell.with("example-missing", "sku", first),
        },
        answers,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn heading(shell: &Desk, asked: &Asked) -> String {
    match asked {
        Asked::Order(number) => shell.with("why-of-order", "number", number),
        _ => shell.t("why-of-cart").to_owned(),
    }
}

fn answers(shell: &Desk, found: &Found) -> Vec<Answer> {
    let named = |slug: &str, is_applied: bool, words: String| {
        let known = found.named.get(slug);
        let name = known.map_or("", |(_, name)| shell.local(name));
        Answer {
            href: known
                .map(|(id, _)| shell.href(&format!("/admin/discounts/{id}")).into_owned())
                .unwrap_or_default(),
            name: if name.is_empty() { slug.to_owned() } else { name.to_owned() },
            is_applied,
            words,
        }
    };
    let currency = shell.settings().currency;
    let priced = found.verdicts.iter().map(|(slug, verdict)| {
        let is_applied = matches!(verdict, Verdict::Applied { .. });
        named(slug, is_applied, verdicts::words(shell, *verdict, currency))
    });
    let others = found.others.iter().map(|(slug, key)| named(slug, false, shell.t(key).to_owned()));
    priced.chain(others).collect()
}

fn fields(shell: &Desk, form: &Form, wrong: &(&'static str, String)) -> [Field; 5] {
    let field = |name: &'static str| {
        let label = shell.t(&format!("why-{name}")).to_owned();
        let error = if wrong.0 == name { wrong.1.clone() } else { String::new() };
        let field = Field::text(shell, name, "", form);
        Field { label, error, is_optional: true, most: 254, ..field }
    };
    let country = match form.get("country") {
        "" => shell.settings().country.code().to_owned(),
        country => country.to_owned(),
    };
    let named = countries::by_name(shell).into_iter();
    let named = named.map(|(country, name)| (country.code().to_owned(), name)).collect();
    [
        field("order").hint(shell.t("why-order-hint")),
        field("code").hint(shell.t("why-code-hint")),
        Field { kind: "textarea", most: 1_000, ..field("lines") }
            .hint(shell.t("example-goods-hint")),
        Field { kind: "select", choices: choose(named, &country), ..field("country") },
        field("email").hint(shell.t("why-email-hint")),
    ]
}

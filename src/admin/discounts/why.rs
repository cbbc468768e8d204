//! `GET /admin/discounts/why`: for each discount whether it gave something to a cart or an order,
//! and why not.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::edit::Staff;
use super::look::{Asked, Found, Person, look};
use super::verdicts;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::{example, trial};
use crate::db::Conn;
use crate::error::Result;
use crate::pricing::Verdict;
use crate::promotions::{CustomerKey, PromotionCode};
use crate::values::Country;
use crate::web::{Form, Html, countries};

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

/// Names of the fields, in their order.
const FIELDS: [&str; 5] = ["order", "code", "lines", "country", "email"];

pub async fn show(staff: Staff) -> Result<HttpResponse> {
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
        missing: example::missing(&shell, missing),
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

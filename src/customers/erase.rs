//! `GET` and `POST /account/erase`: what happens when she leaves, and the wish to. The link that is
//! mailed then does it (`forget.rs`).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::form::{Field, typed};
use super::member::Member;
use super::password::is_hers;
use crate::checkout::{FieldView, Mistake, errors};
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::links::{self, Asked, Owner, Purpose};
use crate::privacy::{self, Outlook, Person};
use crate::promotions::CustomerKey;
use crate::web::{Form, Head, Html, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "customers/erase.html")]
struct ErasePage {
    shell: Shell,
    heading: String,
    lead: String,
    mistakes: Vec<(String, String)>,
    /// Where it is sent, with the language.
    action: String,
    fields: Vec<FieldView>,
    button: String,
    outlook: Outlook,
}

/// What a page about leaving asks for. Its texts are `account-NAME-heading`, `-lead` and `-button`.
pub(super) struct Leaving<'a> {
    pub name: &'static str,
    /// Without the language.
    pub action: String,
    pub fields: &'a [Field<'a>],
    pub mistakes: &'a [Mistake],
    pub outlook: Outlook,
}

impl Leaving<'_> {
    pub fn page(self, visit: &Visit) -> Result<Html> {
        let (name, shell) = (self.name, visit.shell(Head::of_account()));
        let text = |part| shell.t(&format!("account-{name}-{part}")).to_owned();
        let errors = errors(&shell, self.mistakes);
        let error = |field: &str| errors.get(field).cloned().unwrap_or_default();
        let mut page = ErasePage {
            heading: text("heading"),
            lead: text("lead"),
            button: text("button"),
            action: shell.href(&self.action).into_owned(),
            fields: self.fields.iter().map(|field| field.view(&shell, error)).collect(),
            mistakes: errors.clone().into_iter().collect(),
            outlook: self.outlook,
            shell,
        };
        page.shell.head.title = match page.mistakes.is_empty() {
            true => page.heading.clone(),
            false => page.shell.with("error-title", "title", &page.heading),
        };
        Ok(Html::page(&page)?.personal())
    }
}

pub async fn show(member: Member) -> Result<HttpResponse> {
    Ok(page(&member, &[]).await?.into_response())
}

/// Mails a link to her address: whoever sits at her unlocked screen cannot make her leave.
pub async fn ask(member: Member, form: Form) -> Result<HttpResponse> {
    if !is_hers(&member, typed(&form, "password")).await? {
        let wrong = Mistake::new("password", "wrong-password");
        let page = page(&member, &[wrong]).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let Member { visit, customer } = &member;
    let email = customer.email.clone();
    visit.spend(Limit::Reset, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let (owner, about) = (Owner::Customer(customer.id), String::new());
    let asked = Asked { purpose: Purpose::Forget, owner, email, about, language };
    visit.shop.db.write(move |conn: &mut Conn| links::ask(conn, &asked, now)).await?;
    Ok(see_other(&visit.href("/account/sent")))
}

async fn page(member: &Member, mistakes: &[Mistake]) -> Result<Html> {
    let Member { visit, customer } = member;
    let mailbox = Some(CustomerKey::of(&customer.email).as_str().to_owned());
    let (person, now) = (Person { customer: Some(customer.id), mailbox }, visit.now);
    let outlook = visit.shop.db.read_long(move |conn| privacy::outlook(conn, &person, now)).await?;
    let fields = &[Field::Username(&customer.email), Field::Password];
    let action = "/account/erase".into();
    Leaving { name: "erase", action, fields, mistakes, outlook }.page(visit)
}

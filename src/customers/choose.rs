//! `GET` and `POST /account/links/{token}`: choosing a password behind a mailed link, for a new
//! account or instead of a forgotten one.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;

use super::dead_link;
use super::enter::{Entered, Entry, device_of, is_shut_out};
use super::form::{Field, Sheet, Tick, typed};
use super::newsletter::agreed;
use super::password::{mistake, own_words};
use super::queries::{self, NewCustomer};
use crate::checkout::Mistake;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::CustomerId;
use crate::language::Language;
use crate::links::{self, Link, Owner, Purpose};
use crate::mail::{self, AccountNews};
use crate::newsletter::{self, Agreed, Source};
use crate::passwords::{Hash, Whose};
use crate::sessions::{self, Stay, Who};
use crate::web::{Form, Visit, see_other};

const PURPOSES: [Purpose; 2] = [Purpose::Register, Purpose::Reset];
/// The box that says that she wants newsletters.
const NEWSLETTER: &str = "newsletter";

/// Looking uses nothing up: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    match find(&visit, &token).await? {
        Some(link) => sheet(&link, &token, &Form::default()).blank(&visit),
        None => dead_link::page(&visit),
    }
}

pub async fn choose(
    request: HttpRequest,
    visit: Visit,
    token: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead_link::page(&visit) };
    if is_shut_out(&visit, &link.email).await? {
        let told = Mistake::new("new_password", "account-blocked");
        return sheet(&link, &token, &form).again(&visit, &[told]);
    }
    let known = own_words(&visit, &link.email, &link.about);
    let wanted = typed(&form, "new_password");
    let hash = match visit.shop.passwords.choose(wanted, Whose::Customer, &known).await? {
        Ok(hash) => hash,
        Err(weakness) => return sheet(&link, &token, &form).again(&visit, &[mistake(weakness)]),
    };
    let wants_news = form.find(NEWSLETTER).is_some();
    let agreed = Agreed { source: Source::Account, ..agreed(&visit, &link.email) };
    let entry = Entry::new(&visit, Stay::Usual, device_of(&request));
    let chosen = Chosen { entry, link, hash, agreed: wants_news.then_some(agreed) };
    let (now, language) = (visit.now, visit.language);
    let entered = visit.shop.db.write(move |conn| chosen.write(conn, language, now)).await;
    match entered {
        Ok(Some(entered)) => Ok(see_other(&visit.href(&entered.go_on(&visit, "/account")?))),
        Ok(None) => dead_link::page(&visit),
        // The address has got an account by another link.
        Err(error) if error.is_duplicate() => dead_link::page(&visit),
        Err(error) => Err(error),
    }
}

/// A password that was chosen, ready to be written.
struct Chosen {
    entry: Entry,
    link: Link,
    hash: Hash,
    /// That a new customer wants newsletters, too.
    agreed: Option<Agreed>,
}

impl Chosen {
    /// Nobody is signed in when the link has been used meanwhile.
    fn write(
        &self,
        conn: &mut Conn,
        language: Language,
        now: NaiveDateTime,
    ) -> Result<Option<Entered>> {
        if !links::use_up(conn, self.link.id, now)? {
            return Ok(None);
        }
        let id = match self.link.owner {
            Owner::Customer(id) => self.change(conn, id, now)?,
            _ => self.make(conn, language, now)?,
        };
        self.entry.write(conn, id).map(Some)
    }

    /// Whoever else is signed in to the account is not any more.
    fn change(&self, conn: &mut Conn, id: CustomerId, now: NaiveDateTime) -> Result<CustomerId> {
        queries::set_password(conn, id, &self.hash)?;
        sessions::end_all(conn, Who::Customer(id))?;
        mail::tell_account(conn, &AccountNews::PasswordChanged(id), now)?;
        Ok(id)
    }

    fn make(&self, conn: &mut Conn, language: Language, now: NaiveDateTime) -> Result<CustomerId> {
        let (email, name) = (self.link.email.as_str(), self.link.about.as_str());
        let new = NewCustomer { email, name, language, password: &self.hash };
        if let Some(agreed) = &self.agreed {
            newsletter::join(conn, agreed, now)?;
        }
        queries::insert(conn, &new, now)
    }
}

async fn find(visit: &Visit, token: &str) -> Result<Option<Link>> {
    links::follow(&visit.shop.db, token, &PURPOSES, visit.now).await
}

/// A new customer may say that she wants newsletters: her mailbox is proven.
fn sheet<'a>(link: &'a Link, token: &str, form: &Form) -> Sheet<'a> {
    let is_new = link.purpose == Purpose::Register;
    let tick = || Tick { name: NEWSLETTER, is_ticked: form.find(NEWSLETTER).is_some() };
    Sheet {
        name: if is_new { "welcome" } else { "reset" },
        tick: is_new.then(tick),
        action: format!("/account/links/{token}"),
        fields: vec![Field::Username(&link.email), Field::NewPassword],
        is_secret: true,
        ..Sheet::default()
    }
}

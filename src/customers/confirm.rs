//! `GET` and `POST /account/email/{token}`: a mailbox agrees to another address for an account. Of
//! the old and the new one, in either order, the second changes it.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDateTime;

use super::dead_link;
use super::form::Sheet;
use super::queries;
use crate::alerts;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CustomerId, SessionId};
use crate::links::{self, Link, Owner, Purpose};
use crate::mail::{self, AccountNews};
use crate::newsletter;
use crate::orders;
use crate::promotions::{self, CustomerKey};
use crate::sessions::{self, Who};
use crate::web::{Visit, see_other};

const PURPOSES: [Purpose; 2] = [Purpose::LeaveEmail, Purpose::NewEmail];

/// How far the change is.
enum Confirmed {
    /// The other mailbox has yet to agree.
    Half,
    Whole,
}

/// Looking uses nothing up: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    match find(&visit, &token).await? {
        Some(link) => sheet(&link, &token).blank(&visit),
        None => dead_link::page(&visit),
    }
}

/// Whoever has the link need not be signed in: the mailbox is what it proves.
pub async fn confirm(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead_link::page(&visit) };
    let Owner::Customer(id) = link.owner else { return dead_link::page(&visit) };
    let own = visit.customer.as_ref().filter(|customer| customer.id == id);
    let agreed = Agreed { id, link, own: own.map(|customer| customer.session.id) };
    let now = visit.now;
    let done = visit.shop.db.write(move |conn: &mut Conn| agreed.write(conn, now)).await;
    match done {
        Ok(Some(Confirmed::Half)) => Ok(see_other(&visit.href("/account/confirmed?done=half"))),
        Ok(Some(Confirmed::Whole)) => Ok(see_other(&visit.href("/account/confirmed"))),
        Ok(None) => dead_link::page(&visit),
        // Somebody else has an account with the new address by now.
        Err(error) if error.is_duplicate() => dead_link::page(&visit),
        Err(error) => Err(error),
    }
}

/// What one of the two mailboxes has said.
struct Agreed {
    id: CustomerId,
    link: Link,
    /// The sign-in in which she says so, if it is one of hers: it goes on.
    own: Option<SessionId>,
}

impl Agreed {
    /// `None` when the link has been used meanwhile, or the account has another address.
    fn write(&self, conn: &mut Conn, now: NaiveDateTime) -> Result<Option<Confirmed>> {
        // Of two links that are used at once the second must see the first.
        queries::take_turns(conn, self.id)?;
        if !links::use_up(conn, self.link.id, now)? {
            return Ok(None);
        }
        let other = match self.link.purpose {
            Purpose::LeaveEmail => Purpose::NewEmail,
            _ => Purpose::LeaveEmail,
        };
        let owner = Owner::Customer(self.id);
        match links::find_used(conn, owner, other, now)?.filter(|it| it.about == self.link.about) {
            None => Ok(Some(Confirmed::Half)),
            Some(other) => self.change(conn, &other, now),
        }
    }

    /// Whoever else is signed in is not any more, what was mailed to the old address opens nothing,
    /// and what the shop keeps by her address comes with her.
    fn change(
        &self,
        conn: &mut Conn,
        other: &Link,
        now: NaiveDateTime,
    ) -> Result<Option<Confirmed>> {
        let (old, new) = match self.link.purpose {
            Purpose::LeaveEmail => (&self.link, other),
            _ => (other, &self.link),
        };
        if !queries::set_email(conn, self.id, &old.email, &new.email)? {
            return Ok(None);
        }
        links::take_back(conn, self.link.owner, &[Purpose::Reset])?;
        let who = Who::Customer(self.id);
        match self.own {
            Some(session) => sessions::end_others(conn, who, session)?,
            None => sessions::end_all(conn, who)?,
        };
        orders::adopt(conn, self.id, &CustomerKey::of(&new.email))?;
        promotions::follow(conn, &CustomerKey::of(&old.email), &CustomerKey::of(&new.email))?;
        alerts::follow(conn, &old.email, &new.email)?;
        newsletter::follow(conn, &old.email, &new.email)?;
        mail::tell_account(conn, &AccountNews::EmailChanged(old.id), now)?;
        Ok(Some(Confirmed::Whole))
    }
}

async fn find(visit: &Visit, token: &str) -> Result<Option<Link>> {
    links::follow(&visit.shop.db, token, &PURPOSES, visit.now).await
}

fn sheet<'a>(link: &'a Link, token: &str) -> Sheet<'a> {
    Sheet {
        name: match link.purpose {
            Purpose::LeaveEmail => "leave-email",
            _ => "new-email",
        },
        about: &link.about,
        action: format!("/account/email/{token}"),
        is_secret: true,
        ..Sheet::default()
    }
}

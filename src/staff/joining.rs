//! How somebody comes to an account: the first owner by the shop's own link, others by invitation.

use chrono::NaiveDateTime;
use serde_json::json;

use super::changes::{Changed, Giver, Refused};
use super::model::{Role, RoleName};
use super::news::{self, Happened};
use super::queries;
use super::sign_in::actor;
use crate::audit::{self, Action, Actor, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{LinkToken, StaffId};
use crate::language::Language;
use crate::links::{self, Asked, Link, Owner, Purpose};
use crate::passwords::Hash;
use crate::sessions;
use crate::values::Email;

/// Makes an account that nobody can sign in to before its owner has joined.
pub fn invite(
    conn: &mut Conn,
    giver: &Giver<'_>,
    email: &Email,
    role: &RoleName,
) -> Changed<StaffId> {
    if !giver.may.cover(&role.may()) {
        return Ok(Err(Refused::TooMuch));
    }
    let at = giver.who.at;
    let insert = |conn: &mut Conn| queries::insert(conn, (email.as_str(), ""), role, None, at);
    let id = match diesel::Connection::transaction(conn, insert) {
        Err(error) if error.is_duplicate() => return Ok(Err(Refused::Taken)),
        inserted => inserted?,
    };
    let after = json!({ "email": email.as_str(), "role": role.told() });
    let (action, entity) = (Action::StaffInvited, Entity::Staff(id));
    audit::write(conn, giver.who, &Deed { action, entity, before: json!({}), after })?;
    Ok(Ok(id))
}

/// A link by which whoever has it makes the first owner's account; `None` where there is staff
/// already. Those that were printed before do nothing any more.
pub fn first_owner_link(
    conn: &mut Conn,
    language: Language,
    now: NaiveDateTime,
) -> Result<Option<LinkToken>> {
    if queries::count(conn)? > 0 {
        return Ok(None);
    }
    links::take_back(conn, Owner::Nobody, &[Purpose::Invite])?;
    let (purpose, owner) = (Purpose::Invite, Owner::Nobody);
    let asked = Asked { purpose, owner, email: String::new(), about: String::new(), language };
    links::make(conn, &asked, now).map(Some)
}

/// What somebody tells who joins.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// Of the first owner; of others it is known.
    pub email: Option<Email>,
    pub name: String,
    pub password: Hash,
}

/// Lets somebody join by her link; `None` when it was used meanwhile or does nothing any more.
pub fn join(conn: &mut Conn, who: &Who, link: &Link, new: &Newcomer) -> Result<Option<StaffId>> {
    if !links::use_up(conn, link.id, who.at)? {
        return Ok(None);
    }
    let id = match (link.owner, &new.email) {
        (Owner::Staff(id), _) => {
            queries::set_joined(conn, id, &new.name, &new.password)?.then_some(id)
        }
        (Owner::Nobody, Some(email)) => begin(conn, email, new, who.at)?,
        _ => None,
    };
    if let Some(id) = id {
        let actor = Actor::Staff { id, name: new.name.clone() };
        let who = Who { actor, ..who.clone() };
        audit::write(conn, &who, &Deed::of(Action::StaffJoined, Entity::Staff(id)))?;
    }
    Ok(id)
}

/// The first owner. Of two links that are used at once the other one is gone then.
fn begin(
    conn: &mut Conn,
    email: &Email,
    new: &Newcomer,
    now: NaiveDateTime,
) -> Result<Option<StaffId>> {
    links::take_back(conn, Owner::Nobody, &[Purpose::Invite])?;
    if queries::count(conn)? > 0 {
        return Ok(None);
    }
    let (owner, password) = (RoleName::BuiltIn(Role::Owner), Some(&new.password));
    queries::insert(conn, (email.as_str(), &new.name), &owner, password, now).map(Some)
}

/// Sets a new password by a link; `None` when that was used meanwhile. Ends all her sign-ins, and
/// leaves her second factor as it is.
pub fn choose_password(
    conn: &mut Conn,
    who: &Who,
    link: &Link,
    password: &Hash,
) -> Result<Option<StaffId>> {
    let Owner::Staff(id) = link.owner else { return Ok(None) };
    let account = queries::find_account(conn, id)?.filter(|account| !account.is_disabled);
    let Some(account) = account else { return Ok(None) };
    if !links::use_up(conn, link.id, who.at)? {
        return Ok(None);
    }
    links::take_back(conn, link.owner, &[Purpose::StaffReset])?;
    queries::set_password(conn, id, password)?;
    sessions::end_all(conn, sessions::Who::Staff(id))?;
    news::tell(conn, id, Happened::PasswordChanged, who.at)?;
    let who = Who { actor: actor(&account), ..who.clone() };
    audit::write(conn, &who, &Deed::of(Action::PasswordReset, Entity::Staff(id)))?;
    Ok(Some(id))
}

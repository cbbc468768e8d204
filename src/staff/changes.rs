//! What is changed about accounts and roles, each with its entry in the audit log.

use serde_json::{Value, json};

use super::model::{Account, RoleName};
use super::news::{self, Happened};
use super::permission::Permissions;
use super::queries;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{LinkToken, RoleId, SessionId, StaffId};
use crate::language::Language;
use crate::links::{self, Asked, Owner, Purpose};
use crate::passwords::Hash;
use crate::sessions;

/// Who changes something. The operator may do everything, and is nobody of the staff.
pub struct Giver<'a> {
    pub who: &'a Who,
    pub may: &'a Permissions,
    pub id: Option<StaffId>,
}

/// Why something about the staff is not changed as asked. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is always an owner who can sign in.
    LastOwner,
    /// It takes more than the giver may herself.
    TooMuch,
    /// Nobody changes her own role, or shuts herself out.
    Herself,
    /// The address has an account; the name has a role.
    Taken,
    /// Somebody has the role.
    InUse,
    Gone,
}

/// What a change ends with, inside what the database ends with.
pub type Changed<T = ()> = Result<std::result::Result<T, Refused>>;

/// Gives somebody another role.
pub fn change_role(conn: &mut Conn, giver: &Giver<'_>, id: StaffId, role: &RoleName) -> Changed {
    queries::hold_owners(conn)?;
    let account = match within_reach(conn, giver, id)? {
        Ok(account) => account,
        Err(refused) => return Ok(Err(refused)),
    };
    if !giver.may.cover(&role.may()) {
        return Ok(Err(Refused::TooMuch));
    }
    if !queries::set_role(conn, id, role)? {
        return Ok(Err(Refused::LastOwner));
    }
    news::tell(conn, id, Happened::RoleChanged, giver.who.at)?;
    let role_of = |role: &RoleName| json!({ "role": role.told() });
    let (before, after) = (role_of(&account.role), role_of(role));
    told(conn, giver, Action::StaffChanged, Entity::Staff(id), (before, after))
}

/// Shuts an account and ends its sign-ins.
pub fn disable(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Changed {
    queries::hold_owners(conn)?;
    if let Err(refused) = within_reach(conn, giver, id)? {
        return Ok(Err(refused));
    }
    if !queries::disable(conn, id, giver.who.at)? {
        return Ok(Err(Refused::LastOwner));
    }
    sessions::end_all(conn, sessions::Who::Staff(id))?;
    told(conn, giver, Action::StaffDisabled, Entity::Staff(id), nothing())
}

/// Ends somebody's sign-ins.
pub fn sign_out_everywhere(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Changed {
    if let Err(refused) = within_reach(conn, giver, id)? {
        return Ok(Err(refused));
    }
    sessions::end_all(conn, sessions::Who::Staff(id))?;
    told(conn, giver, Action::SessionsEnded, Entity::Staff(id), nothing())
}

/// Opens an account again.
pub fn enable(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Changed {
    if let Err(refused) = within_reach(conn, giver, id)? {
        return Ok(Err(refused));
    }
    queries::enable(conn, id)?;
    told(conn, giver, Action::StaffEnabled, Entity::Staff(id), nothing())
}

/// Lets somebody in who has lost what she signs in with: ends her sign-ins and takes her second
/// factor away. A link for a new password is the caller's to send.
pub fn reset(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Changed {
    if let Err(refused) = within_reach(conn, giver, id)? {
        return Ok(Err(refused));
    }
    queries::set_seed(conn, id, "", 0)?;
    sessions::end_all(conn, sessions::Who::Staff(id))?;
    news::tell(conn, id, Happened::SecondFactorTaken, giver.who.at)?;
    told(conn, giver, Action::StaffReset, Entity::Staff(id), nothing())
}

/// Whether the giver may send somebody a link to get in by. Changes nothing.
pub fn may_help(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Changed {
    Ok(within_reach(conn, giver, id)?.map(|_| ()))
}

/// Sends somebody a link to join by, or to choose a new password by if she has joined already.
pub fn send_link(conn: &mut Conn, account: &Account, language: Language, who: &Who) -> Result<()> {
    audit::write(conn, who, &Deed::of(Action::LinkAsked, Entity::Staff(account.id)))?;
    links::ask(conn, &asked(account, language), who.at).map(|_| ())
}

/// Asks for a link for whoever has this address, and does as much when nobody has it: its mail is
/// not written then.
pub fn ask_for_link(conn: &mut Conn, email: &str, language: Language, who: &Who) -> Result<()> {
    let account = queries::find_email(conn, email)?.filter(|account| !account.is_disabled);
    let entity = account.as_ref().map_or(Entity::Shop, |account| Entity::Staff(account.id));
    let asked = match &account {
        Some(account) => asked(account, language),
        None => of_nobody(email, language),
    };
    audit::write(conn, who, &Deed::of(Action::LinkAsked, entity))?;
    links::ask(conn, &asked, who.at).map(|_| ())
}

fn of_nobody(email: &str, language: Language) -> Asked {
    let (purpose, owner) = (Purpose::StaffReset, Owner::Nobody);
    Asked { purpose, owner, email: email.to_owned(), about: String::new(), language }
}

/// The same link, for whoever asks to bring it herself.
pub fn link(
    conn: &mut Conn,
    account: &Account,
    language: Language,
    who: &Who,
) -> Result<LinkToken> {
    audit::write(conn, who, &Deed::of(Action::LinkAsked, Entity::Staff(account.id)))?;
    links::make(conn, &asked(account, language), who.at)
}

fn asked(account: &Account, language: Language) -> Asked {
    let purpose = if account.has_joined { Purpose::StaffReset } else { Purpose::Invite };
    let owner = Owner::Staff(account.id);
    Asked { purpose, owner, email: account.email.clone(), about: String::new(), language }
}

/// The account, if the giver may do something about it: nobody's who may more than she, nor her own.
fn within_reach(
    conn: &mut Conn,
    giver: &Giver<'_>,
    id: StaffId,
) -> Result<std::result::Result<Account, Refused>> {
    let Some(account) = queries::find_account(conn, id)? else { return Ok(Err(Refused::Gone)) };
    Ok(match giver.may.cover(&account.role.may()) {
        _ if giver.id == Some(id) => Err(Refused::Herself),
        false => Err(Refused::TooMuch),
        true => Ok(account),
    })
}

/// Chooses another password of one's own: ends the other sign-ins.
pub fn change_password(
    conn: &mut Conn,
    who: &Who,
    (id, session): (StaffId, SessionId),
    password: &Hash,
) -> Result<()> {
    queries::set_password(conn, id, password)?;
    sessions::end_others(conn, sessions::Who::Staff(id), session)?;
    news::tell(conn, id, Happened::PasswordChanged, who.at)?;
    audit::write(conn, who, &Deed::of(Action::PasswordChanged, Entity::Staff(id)))
}

/// Makes a role.
pub fn make_role(
    conn: &mut Conn,
    giver: &Giver<'_>,
    name: &str,
    may: &Permissions,
) -> Changed<RoleId> {
    if !giver.may.cover(may) {
        return Ok(Err(Refused::TooMuch));
    }
    let made = diesel::Connection::transaction(conn, |conn| queries::insert_role(conn, name, may));
    let id = match made {
        Err(error) if error.is_duplicate() => return Ok(Err(Refused::Taken)),
        made => made?,
    };
    let deed = (json!({}), role_told(name, may));
    Ok(told(conn, giver, Action::RoleMade, Entity::Role(id), deed)?.map(|()| id))
}

/// Changes a role, for everybody who has it.
pub fn update_role(
    conn: &mut Conn,
    giver: &Giver<'_>,
    id: RoleId,
    (name, may): (&str, &Permissions),
) -> Changed {
    let Some(RoleName::Own(role)) = queries::find_role(conn, &id.to_string())? else {
        return Ok(Err(Refused::Gone));
    };
    if !giver.may.cover(may) || !giver.may.cover(&role.may) {
        return Ok(Err(Refused::TooMuch));
    }
    if let Some(own) = giver.id.map(|own| queries::find_account(conn, own)).transpose()?.flatten()
        && own.role.code() == id.to_string()
    {
        return Ok(Err(Refused::Herself));
    }
    let updated =
        diesel::Connection::transaction(conn, |conn| queries::update_role(conn, id, name, may));
    match updated {
        Err(error) if error.is_duplicate() => Ok(Err(Refused::Taken)),
        Err(error) => Err(error),
        Ok(()) => {
            let deed = (role_told(&role.name, &role.may), role_told(name, may));
            told(conn, giver, Action::RoleChanged, Entity::Role(id), deed)
        }
    }
}

/// Removes a role that nobody has.
pub fn remove_role(conn: &mut Conn, giver: &Giver<'_>, id: RoleId) -> Changed {
    let Some(RoleName::Own(role)) = queries::find_role(conn, &id.to_string())? else {
        return Ok(Err(Refused::Gone));
    };
    if !queries::delete_role(conn, id)? {
        return Ok(Err(Refused::InUse));
    }
    let deed = (role_told(&role.name, &role.may), json!({}));
    told(conn, giver, Action::RoleRemoved, Entity::Role(id), deed)
}

fn role_told(name: &str, may: &Permissions) -> Value {
    json!({ "name": name, "may": may.codes() })
}

fn nothing() -> (Value, Value) {
    (json!({}), json!({}))
}

fn told(
    conn: &mut Conn,
    giver: &Giver<'_>,
    action: Action,
    entity: Entity,
    (before, after): (Value, Value),
) -> Changed {
    audit::write(conn, giver.who, &Deed { action, entity, before, after })?;
    Ok(Ok(()))
}

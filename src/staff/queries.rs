//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{Account, Member, OwnRole, Role, RoleName};
use super::permission::Permissions;
use crate::db::Conn;
use crate::db::schema::{staff, staff_recovery_code, staff_role};
use crate::error::{Error, Result};
use crate::ids::{RoleId, SessionToken, StaffId};
use crate::passwords::Hash;
use crate::sessions;

/// How many accounts and how many own roles a shop has at most.
pub(super) const MOST: i64 = 500;

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff)]
struct Row {
    id: StaffId,
    email: String,
    name: String,
    built_in: Option<String>,
    password_hash: String,
    seed: String,
    version: i64,
    created_at: NaiveDateTime,
    disabled_at: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff_role)]
struct RoleRow {
    id: RoleId,
    name: String,
    permissions: String,
}

impl RoleRow {
    fn role(self) -> OwnRole {
        OwnRole { id: self.id, name: self.name, may: Permissions::parse(&self.permissions) }
    }
}

/// What is compared at the door. Never shown.
#[derive(Debug, Clone)]
pub(super) struct Secrets {
    /// `None` for somebody who has yet to join: no password is hers.
    pub password: Option<Hash>,
    /// Sealed; empty without a second factor.
    pub seed: String,
    pub version: i64,
}

fn read((row, own): (Row, Option<RoleRow>)) -> Result<(Account, Secrets)> {
    let role = match (row.built_in.as_deref().and_then(Role::parse), own) {
        (Some(role), _) => RoleName::BuiltIn(role),
        (None, Some(own)) => RoleName::Own(own.role()),
        (None, None) => return Err(Error::internal("somebody of the staff without a role")),
    };
    let has_joined = !row.password_hash.is_empty();
    let account = Account {
        id: row.id,
        email: row.email,
        name: row.name,
        role,
        has_joined,
        has_second_factor: !row.seed.is_empty(),
        created_at: row.created_at,
        is_disabled: row.disabled_at.is_some(),
    };
    let password = has_joined.then(|| Hash::stored(row.password_hash));
    Ok((account, Secrets { password, seed: row.seed, version: row.version }))
}

/// How many accounts there are.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(staff::table.count().get_result(conn)?)
}

pub fn find_account(conn: &mut Conn, id: StaffId) -> Result<Option<Account>> {
    Ok(find(conn, id)?.map(|(account, _)| account))
}

pub(super) fn find(conn: &mut Conn, id: StaffId) -> Result<Option<(Account, Secrets)>> {
    let found = staff::table.left_join(staff_role::table).filter(staff::id.eq(id));
    let row = found.select(<(Row, Option<RoleRow>)>::as_select()).first(conn).optional()?;
    row.map(read).transpose()
}

/// The account of an address, however it is written.
pub fn find_email(conn: &mut Conn, email: &str) -> Result<Option<Account>> {
    Ok(find_by_email(conn, email)?.map(|(account, _)| account))
}

pub(super) fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<(Account, Secrets)>> {
    let found = staff::table.left_join(staff_role::table).filter(staff::email.eq(key(email)));
    let row = found.select(<(Row, Option<RoleRow>)>::as_select()).first(conn).optional()?;
    row.map(read).transpose()
}

/// An address as it is stored and compared.
fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// All accounts, by name.
pub fn list(conn: &mut Conn) -> Result<Vec<Account>> {
    let rows = staff::table
        .left_join(staff_role::table)
        .order((staff::name, staff::id))
        .limit(MOST)
        .select(<(Row, Option<RoleRow>)>::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| Ok(read(row)?.0)).collect()
}

/// Whoever is signed in with a cookie. Asked by every request, so that what is taken from somebody
/// is gone at once.
pub fn member_of(
    conn: &mut Conn,
    token: &SessionToken,
    now: NaiveDateTime,
) -> Result<Option<Member>> {
    let Some(session) = sessions::find(conn, token, now)? else { return Ok(None) };
    let sessions::Who::Staff(id) = session.who else { return Ok(None) };
    let account = find_account(conn, id)?.filter(|account| !account.is_disabled);
    Ok(account.map(|account| Member { may: account.role.may(), account, session }))
}

/// # Errors
/// A duplicate when the address has an account.
pub(super) fn insert(
    conn: &mut Conn,
    (email, name): (&str, &str),
    role: &RoleName,
    password: Option<&Hash>,
    now: NaiveDateTime,
) -> Result<StaffId> {
    Ok(diesel::insert_into(staff::table)
        .values((
            staff::email.eq(key(email)),
            staff::name.eq(name),
            columns(role),
            staff::password_hash.eq(password.map_or("", Hash::as_str)),
            staff::seed.eq(""),
            staff::last_step.eq(0),
            staff::version.eq(1),
            staff::created_at.eq(now),
        ))
        .returning(staff::id)
        .get_result(conn)?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn columns(role: &RoleName) -> _ {
    let built_in: Option<&'static str> = match role {
        RoleName::BuiltIn(role) => Some(role.code()),
        RoleName::Own(_) => None,
    };
    let own: Option<RoleId> = match role {
        RoleName::BuiltIn(_) => None,
        RoleName::Own(role) => Some(role.id),
    };
    (staff::built_in.eq(built_in), staff::role_id.eq(own))
}

/// Lets nobody else change an owner until the transaction has ended: two who demote each other
/// would both find the other one still there.
pub(super) fn hold_owners(conn: &mut Conn) -> Result<()> {
    let owners = staff::table.filter(staff::built_in.eq(Role::Owner.code()));
    diesel::update(owners).set(staff::version.eq(staff::version)).execute(conn)?;
    Ok(())
}

diesel::alias!(staff as other: Other);

/// Gives a role; `false` when that would leave the shop without an owner who can sign in.
pub(super) fn set_role(conn: &mut Conn, id: StaffId, role: &RoleName) -> Result<bool> {
    let (hers, set) = (staff::table.find(id), columns(role));
    let changed = match role.is_owner() {
        true => diesel::update(hers).set(set).execute(conn)?,
        false => diesel::update(hers.filter(leaves_an_owner(id))).set(set).execute(conn)?,
    };
    Ok(changed == 1)
}

/// Shuts an account; `false` when that would leave the shop without an owner who can sign in.
pub(super) fn disable(conn: &mut Conn, id: StaffId, now: NaiveDateTime) -> Result<bool> {
    let hers = staff::table.find(id).filter(leaves_an_owner(id));
    let shut = (staff::disabled_at.eq(now), staff::version.eq(staff::version + 1));
    Ok(diesel::update(hers).set(shut).execute(conn)? == 1)
}

/// She is no owner, or there is another one who can sign in.
#[diesel::dsl::auto_type(no_type_alias)]
fn leaves_an_owner(without: StaffId) -> _ {
    let owner: &'static str = Role::Owner.code();
    let another = other
        .filter(other.field(staff::built_in).eq(owner))
        .filter(other.field(staff::disabled_at).is_null())
        .filter(other.field(staff::password_hash).ne(""))
        .filter(other.field(staff::id).ne(without));
    staff::built_in.is_null().or(staff::built_in.ne(owner)).or(exists(another))
}

pub(super) fn enable(conn: &mut Conn, id: StaffId) -> Result<()> {
    let opened = staff::disabled_at.eq(None::<NaiveDateTime>);
    diesel::update(staff::table.find(id)).set(opened).execute(conn)?;
    Ok(())
}

/// Lets somebody who was invited in; `false` when she has joined already, or may not any more.
pub(super) fn set_joined(
    conn: &mut Conn,
    id: StaffId,
    name: &str,
    password: &Hash,
) -> Result<bool> {
    let invited = staff::table
        .find(id)
        .filter(staff::password_hash.eq(""))
        .filter(staff::disabled_at.is_null());
    let set = (staff::name.eq(name), staff::password_hash.eq(password.as_str()));
    Ok(diesel::update(invited).set(set).execute(conn)? == 1)
}

pub(super) fn set_password(conn: &mut Conn, id: StaffId, password: &Hash) -> Result<()> {
    let set = (staff::password_hash.eq(password.as_str()), staff::version.eq(staff::version + 1));
    diesel::update(staff::table.find(id)).set(set).execute(conn)?;
    Ok(())
}

/// The same password at today's cost: nothing ends by that.
pub(super) fn renew_password(conn: &mut Conn, id: StaffId, password: &Hash) -> Result<()> {
    let set = staff::password_hash.eq(password.as_str());
    diesel::update(staff::table.find(id)).set(set).execute(conn)?;
    Ok(())
}

/// Sets the seed of a second factor, or takes it away with an empty one. `step` was its first code.
pub(super) fn set_seed(conn: &mut Conn, id: StaffId, seed: &str, step: i64) -> Result<()> {
    let set =
        (staff::seed.eq(seed), staff::last_step.eq(step), staff::version.eq(staff::version + 1));
    diesel::update(staff::table.find(id)).set(set).execute(conn)?;
    diesel::delete(staff_recovery_code::table.filter(staff_recovery_code::staff_id.eq(id)))
        .execute(conn)?;
    Ok(())
}

/// Uses a step of the second factor; `false` when it, or a later one, was used before.
pub(super) fn use_step(conn: &mut Conn, id: StaffId, step: i64) -> Result<bool> {
    let unused = staff::table.find(id).filter(staff::last_step.lt(step));
    Ok(diesel::update(unused).set(staff::last_step.eq(step)).execute(conn)? == 1)
}

pub(super) fn insert_recovery_code(conn: &mut Conn, id: StaffId, hash: &str) -> Result<()> {
    let code = (staff_recovery_code::staff_id.eq(id), staff_recovery_code::hash.eq(hash));
    diesel::insert_into(staff_recovery_code::table).values(code).execute(conn)?;
    Ok(())
}

/// Uses a recovery code up; `false` when it is none of hers, or not any more.
pub(super) fn use_recovery_code(conn: &mut Conn, id: StaffId, hash: &str) -> Result<bool> {
    let code = staff_recovery_code::table.find((id, hash));
    Ok(diesel::delete(code).execute(conn)? == 1)
}

/// The roles that the shop made itself, by name.
pub fn list_roles(conn: &mut Conn) -> Result<Vec<OwnRole>> {
    let rows: Vec<RoleRow> = staff_role::table
        .order((staff_role::name, staff_role::id))
        .limit(MOST)
        .select(RoleRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(RoleRow::role).collect())
}

/// The role that a form names.
pub fn find_role(conn: &mut Conn, code: &str) -> Result<Option<RoleName>> {
    if let Some(role) = Role::parse(code) {
        return Ok(Some(RoleName::BuiltIn(role)));
    }
    let Ok(id) = code.parse().map(RoleId) else { return Ok(None) };
    let row: Option<RoleRow> =
        staff_role::table.find(id).select(RoleRow::as_select()).first(conn).optional()?;
    Ok(row.map(|row| RoleName::Own(row.role())))
}

/// # Errors
/// A duplicate when there is a role of this name.
pub(super) fn insert_role(conn: &mut Conn, name: &str, may: &Permissions) -> Result<RoleId> {
    let role = (staff_role::name.eq(name), staff_role::permissions.eq(may.codes()));
    let inserted = diesel::insert_into(staff_role::table).values(role);
    Ok(inserted.returning(staff_role::id).get_result(conn)?)
}

/// # Errors
/// A duplicate when another role has this name.
pub(super) fn update_role(
    conn: &mut Conn,
    id: RoleId,
    name: &str,
    may: &Permissions,
) -> Result<()> {
    let set = (staff_role::name.eq(name), staff_role::permissions.eq(may.codes()));
    diesel::update(staff_role::table.find(id)).set(set).execute(conn)?;
    Ok(())
}

/// Removes a role; `false` when somebody has it.
pub(super) fn delete_role(conn: &mut Conn, id: RoleId) -> Result<bool> {
    let holders = staff::table.filter(staff::role_id.eq(id));
    let unused = staff_role::table.find(id).filter(diesel::dsl::not(exists(holders)));
    Ok(diesel::delete(unused).execute(conn)? == 1)
}

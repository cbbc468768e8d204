//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Asked, Link, Owner, Purpose};
use crate::db::Conn;
use crate::db::schema::link;
use crate::error::{Error, Result};
use crate::ids::{CustomerId, LinkId, LinkToken, StaffId};
use crate::jobs::{self, Kind, NewJob, Queue};

/// About a `LinkId`.
pub const ASKED: Kind = Kind { queue: Queue::Shop, name: "links.asked" };

#[derive(Queryable, Selectable)]
#[diesel(table_name = link)]
struct Row {
    id: LinkId,
    purpose: String,
    customer_id: Option<CustomerId>,
    staff_id: Option<StaffId>,
    email: String,
    about: String,
    locale: String,
    created_at: NaiveDateTime,
    expires_at: NaiveDateTime,
}

impl Row {
    fn link(self) -> Result<Link> {
        let purpose = Purpose::parse(&self.purpose);
        let owner = match (self.customer_id, self.staff_id) {
            (Some(id), _) => Owner::Customer(id),
            (None, Some(id)) => Owner::Staff(id),
            (None, None) => Owner::Nobody,
        };
        Ok(Link {
            id: self.id,
            purpose: purpose.ok_or_else(|| Error::internal("a link for nothing known"))?,
            owner,
            email: self.email,
            about: self.about,
            locale: self.locale,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

/// Writes down that a link is wanted, and the job that mails it. It opens nothing before it is
/// sealed.
pub fn ask(conn: &mut Conn, asked: &Asked, now: NaiveDateTime) -> Result<LinkId> {
    let id = insert(conn, asked, now)?;
    jobs::enqueue(conn, &NewJob::new(ASKED, &id, now)?, now)?;
    Ok(id)
}

/// Makes a link for somebody who sees it right away, and no mail.
pub fn make(conn: &mut Conn, asked: &Asked, now: NaiveDateTime) -> Result<LinkToken> {
    let id = insert(conn, asked, now)?;
    seal(conn, id, asked.purpose, now)
}

fn insert(conn: &mut Conn, asked: &Asked, now: NaiveDateTime) -> Result<LinkId> {
    let (customer, staff) = columns(asked.owner);
    let id = diesel::insert_into(link::table)
        .values((
            link::purpose.eq(asked.purpose.code()),
            link::customer_id.eq(customer),
            link::staff_id.eq(staff),
            link::email.eq(&asked.email),
            link::about.eq(&asked.about),
            link::locale.eq(asked.language.code()),
            link::created_at.eq(now),
            link::expires_at.eq(now + asked.purpose.lasts()),
        ))
        .returning(link::id)
        .get_result(conn)?;
    Ok(id)
}

fn columns(owner: Owner) -> (Option<CustomerId>, Option<StaffId>) {
    match owner {
        Owner::Nobody => (None, None),
        Owner::Customer(id) => (Some(id), None),
        Owner::Staff(id) => (None, Some(id)),
    }
}

/// A link that was asked for, whether it has its secret or not. Nothing when it has been forgotten.
pub fn find_asked(conn: &mut Conn, id: LinkId) -> Result<Option<Link>> {
    let row: Option<Row> = link::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::link).transpose()
}

/// Gives a link its secret, from now on for as long as its purpose lasts.
pub fn seal(
    conn: &mut Conn,
    id: LinkId,
    purpose: Purpose,
    now: NaiveDateTime,
) -> Result<LinkToken> {
    let token = LinkToken::random();
    diesel::update(link::table.find(id))
        .set((link::token_hash.eq(token.hash()), link::expires_at.eq(now + purpose.lasts())))
        .execute(conn)?;
    Ok(token)
}

/// Says whose it is, once that is known.
pub fn give_to(conn: &mut Conn, id: LinkId, customer: CustomerId) -> Result<()> {
    diesel::update(link::table.find(id)).set(link::customer_id.eq(customer)).execute(conn)?;
    Ok(())
}

/// The link with this secret, if it is for this and still good. It is not used up by that.
pub fn find(
    conn: &mut Conn,
    token: &LinkToken,
    purposes: &[Purpose],
    now: NaiveDateTime,
) -> Result<Option<Link>> {
    let row: Option<Row> = link::table
        .filter(link::token_hash.eq(token.hash()))
        .filter(link::used_at.is_null())
        .filter(link::expires_at.gt(now))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let link = row.map(Row::link).transpose()?;
    Ok(link.filter(|link| purposes.contains(&link.purpose)))
}

/// The last of her links for this that has been used, while it would still be good.
pub fn find_used(
    conn: &mut Conn,
    owner: Owner,
    purpose: Purpose,
    now: NaiveDateTime,
) -> Result<Option<Link>> {
    let (customer, staff) = columns(owner);
    let row: Option<Row> = link::table
        .filter(link::customer_id.eq(customer).or(link::staff_id.eq(staff)))
        .filter(link::purpose.eq(purpose.code()))
        .filter(link::used_at.is_not_null())
        .filter(link::expires_at.gt(now))
        .order(link::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::link).transpose()
}

/// Uses a link up; `false` when somebody else was first, or it is too late.
pub fn use_up(conn: &mut Conn, id: LinkId, now: NaiveDateTime) -> Result<bool> {
    let good =
        link::table.find(id).filter(link::used_at.is_null()).filter(link::expires_at.gt(now));
    Ok(diesel::update(good).set(link::used_at.eq(now)).execute(conn)? == 1)
}

/// Forgets a link that is not to be sent.
pub fn forget(conn: &mut Conn, id: LinkId) -> Result<()> {
    diesel::delete(link::table.find(id)).execute(conn)?;
    Ok(())
}

/// Takes back somebody's links for this, used or not.
pub fn take_back(conn: &mut Conn, owner: Owner, purposes: &[Purpose]) -> Result<()> {
    let codes: Vec<&str> = purposes.iter().map(|purpose| purpose.code()).collect();
    let for_this = link::table.filter(link::purpose.eq_any(codes));
    match owner {
        Owner::Customer(id) => {
            diesel::delete(for_this.filter(link::customer_id.eq(id))).execute(conn)?
        }
        Owner::Staff(id) => diesel::delete(for_this.filter(link::staff_id.eq(id))).execute(conn)?,
        Owner::Nobody => {
            let of_nobody = link::customer_id.is_null().and(link::staff_id.is_null());
            diesel::delete(for_this.filter(of_nobody)).execute(conn)?
        }
    };
    Ok(())
}

/// Forgets so many at most of those that are too old; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let old = link::table.filter(link::expires_at.le(now));
    let ids: Vec<LinkId> = old.select(link::id).limit(most).load(conn)?;
    Ok(diesel::delete(link::table.filter(link::id.eq_any(ids))).execute(conn)?)
}

//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Session, SignIn, SignedIn, Span, Stay, StoredCart, Who};
use crate::db::schema::{customer, customer_cart, session, staff};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{CustomerId, SessionId, SessionToken, StaffId};
use crate::promotions::CustomerKey;
use crate::values::Slug;

/// A person's list shows so many at most; the ones used last come first.
const MOST_LISTED: i64 = 50;

#[derive(Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    id: SessionId,
    customer_id: Option<CustomerId>,
    staff_id: Option<StaffId>,
    is_kept: bool,
    device: String,
    created_at: NaiveDateTime,
    proven_at: NaiveDateTime,
    seen_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    expires_at: NaiveDateTime,
}

impl Row {
    fn session(self) -> Result<Session> {
        let who = match (self.customer_id, self.staff_id) {
            (Some(id), None) => Who::Customer(id),
            (None, Some(id)) => Who::Staff(id),
            _ => return Err(Error::internal("a session of nobody")),
        };
        Ok(Session {
            id: self.id,
            who,
            stay: if self.is_kept { Stay::Long } else { Stay::Usual },
            device: self.device,
            created_at: self.created_at,
            proven_at: self.proven_at,
            seen_at: self.seen_at,
            ends_at: self.ends_at,
            expires_at: self.expires_at,
        })
    }
}

/// Signs somebody in: a new id each time, whatever the cookie held before.
pub fn begin(conn: &mut Conn, new: &SignIn, now: NaiveDateTime) -> Result<SessionToken> {
    let token = SessionToken::random();
    let span = Span::of(new.who, new.stay);
    diesel::insert_into(session::table)
        .values((
            session::token_hash.eq(token.hash()),
            session::customer_id.eq(new.who.customer()),
            session::staff_id.eq(new.who.staff()),
            session::is_kept.eq(new.stay == Stay::Long),
            session::device.eq(&new.device),
            session::created_at.eq(now),
            session::proven_at.eq(now),
            session::seen_at.eq(now),
            session::ends_at.eq(now + span.idle),
            session::expires_at.eq(now + span.whole),
        ))
        .execute(conn)?;
    Ok(token)
}

/// The sign-in of a cookie, if it has not ended.
pub fn find(conn: &mut Conn, token: &SessionToken, now: NaiveDateTime) -> Result<Option<Session>> {
    let row: Option<Row> = session::table
        .filter(session::token_hash.eq(token.hash()))
        .filter(session::ends_at.gt(now))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::session).transpose()
}

/// The customer who is signed in with a cookie: what every request of hers asks, once.
pub fn find_customer(
    conn: &mut Conn,
    token: &SessionToken,
    now: NaiveDateTime,
) -> Result<Option<SignedIn>> {
    type Kept = (String, String, i64, String);
    type Found = (Row, CustomerId, String, String, String, Option<Kept>);
    let kept =
        (customer_cart::cart_id, customer_cart::lines, customer_cart::count, customer_cart::codes);
    let found: Option<Found> = session::table
        .inner_join(customer::table.left_join(customer_cart::table))
        .filter(session::token_hash.eq(token.hash()))
        .filter(session::ends_at.gt(now))
        .select((
            Row::as_select(),
            customer::id,
            customer::email,
            customer::name,
            customer::customer_group,
            kept.nullable(),
        ))
        .first(conn)
        .optional()?;
    let Some((row, id, email, name, group, kept)) = found else { return Ok(None) };
    let cart = kept.map(|(id, lines, count, codes)| {
        let codes = codes.split_whitespace().map(str::to_owned).collect();
        StoredCart { id, lines, count, codes }
    });
    let group = Slug::parse(&group);
    Ok(Some(SignedIn { session: row.session()?, id, email, name, group, cart }))
}

/// Writes down that a session is in use, and moves its end on.
pub fn see(conn: &mut Conn, known: &Session, now: NaiveDateTime) -> Result<()> {
    let unseen = session::table.find(known.id).filter(session::seen_at.eq(known.seen_at));
    diesel::update(unseen)
        .set((session::seen_at.eq(now), session::ends_at.eq(known.next_end(now))))
        .execute(conn)?;
    Ok(())
}

/// Writes down that she has just shown once more who she is, and gives the session another id (ASVS
/// 7.2.4): whoever has a copy of the one of before is out.
pub fn prove(conn: &mut Conn, id: SessionId, now: NaiveDateTime) -> Result<SessionToken> {
    let token = SessionToken::random();
    diesel::update(session::table.find(id))
        .set((session::token_hash.eq(token.hash()), session::proven_at.eq(now)))
        .execute(conn)?;
    Ok(token)
}

/// Her sign-ins that have not ended, the ones used last first.
pub fn list(conn: &mut Conn, who: Who, now: NaiveDateTime) -> Result<Vec<Session>> {
    let rows: Vec<Row> = session::table
        .filter(of(who))
        .filter(session::ends_at.gt(now))
        .order((session::seen_at.desc(), session::id.desc()))
        .limit(MOST_LISTED)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::session).collect()
}

/// Ends one of her sign-ins; whether there was one. Somebody else's stays.
pub fn end(conn: &mut Conn, who: Who, id: SessionId) -> Result<bool> {
    Ok(diesel::delete(session::table.find(id).filter(of(who))).execute(conn)? > 0)
}

/// Ends all her sign-ins but the one in which she asks for it.
pub fn end_others(conn: &mut Conn, who: Who, but: SessionId) -> Result<usize> {
    let others = session::table.filter(of(who)).filter(session::id.ne(but));
    Ok(diesel::delete(others).execute(conn)?)
}

/// Ends her sign-ins but the newest so many.
pub fn keep_newest(conn: &mut Conn, who: Who, most: i64, now: NaiveDateTime) -> Result<()> {
    let older: Vec<SessionId> = session::table
        .filter(of(who))
        .filter(session::ends_at.gt(now))
        .order(session::id.desc())
        .offset(most)
        .limit(MOST_LISTED)
        .select(session::id)
        .load(conn)?;
    diesel::delete(session::table.filter(any_of(session::id, &older))).execute(conn)?;
    Ok(())
}

/// Ends all her sign-ins; how many there were.
pub fn end_all(conn: &mut Conn, who: Who) -> Result<usize> {
    Ok(diesel::delete(session::table.filter(of(who))).execute(conn)?)
}

/// Ends all sign-ins of whoever has this address, customer or staff; how many there were.
pub fn end_all_of(conn: &mut Conn, email: &str) -> Result<usize> {
    let key = CustomerKey::of(email);
    let customers = customer::table.filter(customer::email_key.eq(key.as_str()));
    let people = staff::table.filter(staff::email.eq(email.trim().to_lowercase()));
    let theirs = session::customer_id
        .eq_any(customers.select(customer::id.nullable()))
        .or(session::staff_id.eq_any(people.select(staff::id.nullable())));
    Ok(diesel::delete(session::table.filter(theirs)).execute(conn)?)
}

/// Ends everybody's sign-ins; how many there were.
pub fn end_everybodys(conn: &mut Conn) -> Result<usize> {
    Ok(diesel::delete(session::table).execute(conn)?)
}

/// Ends the sign-in of a cookie, whoever's it is.
pub fn end_of(conn: &mut Conn, token: &SessionToken) -> Result<()> {
    diesel::delete(session::table.filter(session::token_hash.eq(token.hash()))).execute(conn)?;
    Ok(())
}

/// Forgets so many at most of those that have ended; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let ended = session::table.filter(session::ends_at.le(now));
    let ids: Vec<SessionId> = ended.select(session::id).limit(most).load(conn)?;
    Ok(diesel::delete(session::table.filter(session::id.eq_any(ids))).execute(conn)?)
}

/// A column that holds nothing is equal to nothing: one of the two decides.
#[diesel::dsl::auto_type(no_type_alias)]
fn of(who: Who) -> _ {
    let customer: Option<CustomerId> = who.customer();
    let staff: Option<StaffId> = who.staff();
    session::customer_id.eq(customer).or(session::staff_id.eq(staff))
}

//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::{Content, Draft, FIELDS, KEPT, LASTS};
use crate::cart::Cart;
use crate::db::schema::draft;
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{CartId, DraftId};
use crate::language::Language;
use crate::pricing::SumBenefit;
use crate::promotions::{Allowance, CustomerKey};
use crate::sessions::StoredCart;
use crate::web::Form;

/// What somebody may change, as it is stored.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = draft, treat_none_as_null = true)]
struct Kept {
    lines: String,
    allowance_name: String,
    allowance_ppm: Option<i64>,
    allowance_amount: Option<i64>,
    email: String,
    email_key: String,
    locale: &'static str,
    fields: String,
    updated_at: NaiveDateTime,
    expires_at: NaiveDateTime,
}

impl Kept {
    fn of(content: &Content, now: NaiveDateTime) -> Result<Self> {
        let cart = Cart { lines: content.lines.clone(), ..Cart::new() };
        let cut = content.allowance.as_ref().map(|allowance| allowance.cut);
        let email = content.fields.get("email");
        Ok(Self {
            lines: cart.packed().lines,
            allowance_name: content.allowance.as_ref().map_or("", |it| &it.name).to_owned(),
            allowance_ppm: cut.and_then(|cut| match cut {
                SumBenefit::Percent { ppm } => Some(ppm.get()),
                SumBenefit::Amount { .. } => None,
            }),
            allowance_amount: cut.and_then(|cut| match cut {
                SumBenefit::Amount { amount } => Some(amount.get()),
                SumBenefit::Percent { .. } => None,
            }),
            email: email.to_owned(),
            email_key: CustomerKey::of(email).as_str().to_owned(),
            locale: content.language.code(),
            fields: packed(&content.fields)?,
            updated_at: now,
            expires_at: now + LASTS,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = draft)]
struct Row {
    id: DraftId,
    version: i64,
    cart_id: String,
    lines: String,
    allowance_name: String,
    allowance_ppm: Option<i64>,
    allowance_amount: Option<i64>,
    locale: String,
    fields: String,
    author: String,
    updated_at: NaiveDateTime,
    sent_at: Option<NaiveDateTime>,
    expires_at: NaiveDateTime,
}

impl Row {
    fn draft(self) -> Result<Draft> {
        let broken = || Error::internal(format!("the draft {} cannot be read", self.id));
        let cart = Cart { id: CartId::parse(&self.cart_id).ok_or_else(broken)?, ..Cart::new() };
        let stored = StoredCart { lines: self.lines.clone(), ..cart.packed() };
        let fields: BTreeMap<String, String> =
            serde_json::from_str(&self.fields).map_err(|_| broken())?;
        Ok(Draft {
            cart: Cart { allowance: self.allowance(), ..Cart::unpacked(&stored).unwrap_or(cart) },
            id: self.id,
            version: self.version,
            fields: Form::default().with(fields),
            language: Language::parse(&self.locale).unwrap_or(Language::En),
            author: self.author,
            updated_at: self.updated_at,
            sent_at: self.sent_at,
            expires_at: self.expires_at,
        })
    }

    fn allowance(&self) -> Option<Allowance> {
        let cut = match (self.allowance_ppm, self.allowance_amount) {
            (Some(ppm), _) => SumBenefit::Percent { ppm: ppm.try_into().ok()? },
            (None, Some(amount)) => SumBenefit::Amount { amount: amount.try_into().ok()? },
            (None, None) => return None,
        };
        Some(Allowance { name: self.allowance_name.clone(), cut })
    }
}

fn packed(fields: &Form) -> Result<String> {
    let known: BTreeMap<&str, &str> = FIELDS.iter().map(|name| (*name, fields.get(name))).collect();
    serde_json::to_string(&known).map_err(|error| Error::internal(error.to_string()))
}

pub(super) fn insert(
    conn: &mut Conn,
    content: &Content,
    author: &str,
    now: NaiveDateTime,
) -> Result<DraftId> {
    Ok(diesel::insert_into(draft::table)
        .values((
            Kept::of(content, now)?,
            draft::cart_id.eq(CartId::random().as_str()),
            draft::version.eq(1),
            draft::author.eq(author),
            draft::created_at.eq(now),
        ))
        .returning(draft::id)
        .get_result(conn)?)
}

/// `false` when it is not what it was any more.
pub(super) fn update(
    conn: &mut Conn,
    known: &Draft,
    content: &Content,
    now: NaiveDateTime,
) -> Result<bool> {
    let the_one = draft::table.find(known.id).filter(draft::version.eq(known.version));
    let changed = diesel::update(the_one)
        .set((Kept::of(content, now)?, draft::version.eq(draft::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Lets it be ordered for a while from now on, as its link is sent; `false` when it is not what it was.
pub(super) fn renew(conn: &mut Conn, known: &Draft, now: NaiveDateTime) -> Result<bool> {
    let the_one = draft::table.find(known.id).filter(draft::version.eq(known.version));
    let changed = diesel::update(the_one)
        .set((
            draft::sent_at.eq(now),
            draft::expires_at.eq(now + LASTS),
            draft::version.eq(draft::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Takes it away: it becomes an order, or nothing. `false` when it is not what it was any more; of two
/// who take it one is told so.
pub fn take(conn: &mut Conn, known: &Draft) -> Result<bool> {
    let the_one = draft::table.find(known.id).filter(draft::version.eq(known.version));
    Ok(diesel::delete(the_one).execute(conn)? == 1)
}

pub fn find(conn: &mut Conn, id: DraftId) -> Result<Option<Draft>> {
    let row: Option<Row> = draft::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::draft).transpose()
}

pub fn find_of_cart(conn: &mut Conn, cart: &CartId) -> Result<Option<Draft>> {
    let the_one = draft::table.filter(draft::cart_id.eq(cart.as_str()));
    let row: Option<Row> = the_one.select(Row::as_select()).first(conn).optional()?;
    row.map(Row::draft).transpose()
}

/// The newest first.
pub fn list(conn: &mut Conn, before: Option<DraftId>, most: i64) -> Result<Vec<Draft>> {
    let mut drafts = draft::table.into_boxed();
    if let Some(before) = before {
        drafts = drafts.filter(draft::id.lt(before));
    }
    let rows: Vec<Row> =
        drafts.order(draft::id.desc()).limit(most).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::draft).collect()
}

/// Forgets so many at most of those that nobody has wanted for long; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let old: Vec<DraftId> = draft::table
        .filter(draft::expires_at.le(now - KEPT))
        .limit(most)
        .select(draft::id)
        .load(conn)?;
    Ok(diesel::delete(draft::table.filter(any_of(draft::id, &old))).execute(conn)?)
}

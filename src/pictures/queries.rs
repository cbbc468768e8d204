//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeSet;

use super::model::{Arrival, NewPicture, PictureRow, Status, Uploaded, Words};
use crate::db::schema::{
    category, home_block, media, media_text, order_line, product, product_media, variant,
};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{MediaId, ProductId};
use crate::web::Picture;

/// Keeps everybody else from a product's pictures until the end of the transaction; `false` when there
/// is no such product.
pub(super) fn hold(conn: &mut Conn, id: ProductId, now: NaiveDateTime) -> Result<bool> {
    let held = diesel::update(product::table.find(id)).set(product::updated_at.eq(now));
    Ok(held.execute(conn)? == 1)
}

/// Writes a picture whose files are in the binary.
pub fn insert_ready(conn: &mut Conn, new: &NewPicture<'_>) -> Result<MediaId> {
    let id: MediaId = diesel::insert_into(media::table)
        .values((
            media::name.eq(new.name),
            media::width.eq(new.width),
            media::height.eq(new.height),
            media::widths.eq(&new.widths),
            media::status.eq(Status::Ready.code()),
            media::original.eq(""),
            media::hash.eq(""),
        ))
        .returning(media::id)
        .get_result(conn)?;
    for (language, alt) in new.alt.iter() {
        set_word(conn, id, language.code(), alt)?;
    }
    Ok(id)
}

/// The picture of this name.
pub fn find_named(conn: &mut Conn, name: &str) -> Result<Option<MediaId>> {
    let found = media::table.filter(media::name.eq(name)).select(media::id);
    Ok(found.first(conn).optional()?)
}

/// Writes a picture that was uploaded: it has no widths yet.
pub(super) fn insert(conn: &mut Conn, new: &Arrival) -> Result<MediaId> {
    Ok(diesel::insert_into(media::table)
        .values((
            media::name.eq(&new.name),
            media::width.eq(i64::from(new.width)),
            media::height.eq(i64::from(new.height)),
            media::widths.eq(""),
            media::status.eq(Status::Waiting.code()),
            media::original.eq(&new.original),
            media::hash.eq(&new.hash),
        ))
        .returning(media::id)
        .get_result(conn)?)
}

/// Puts a picture among those of a product, at a place counted from 0 that none has.
pub fn show_by(conn: &mut Conn, of: ProductId, picture: MediaId, place: usize) -> Result<()> {
    diesel::insert_into(product_media::table)
        .values((
            product_media::product_id.eq(of),
            product_media::media_id.eq(picture),
            product_media::position.eq(i64::try_from(place).unwrap_or(i64::MAX)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The hashes of a product's pictures.
pub(super) fn hashes(conn: &mut Conn, of: ProductId) -> Result<Vec<String>> {
    let shown = product_media::table.inner_join(media::table);
    Ok(shown.filter(product_media::product_id.eq(of)).select(media::hash).load(conn)?)
}

macro_rules! uploaded {
    () => {
        (
            media::id,
            media::name,
            media::original,
            media::status,
            media::widths,
            media::width,
            media::height,
        )
    };
}

pub(super) fn find(conn: &mut Conn, id: MediaId) -> Result<Option<Uploaded>> {
    Ok(media::table.find(id).select(uploaded!()).first(conn).optional()?)
}

/// A picture has its widths. `false` when it has gone meanwhile.
pub(super) fn set_ready(conn: &mut Conn, id: MediaId, widths: &str) -> Result<bool> {
    let ready = (media::status.eq(Status::Ready.code()), media::widths.eq(widths));
    Ok(diesel::update(media::table.find(id)).set(ready).execute(conn)? == 1)
}

pub(super) fn set_failed(conn: &mut Conn, id: MediaId) -> Result<()> {
    let waiting = media::table.find(id).filter(media::status.eq(Status::Waiting.code()));
    diesel::update(waiting).set(media::status.eq(Status::Failed.code())).execute(conn)?;
    Ok(())
}

/// A product's pictures in their order.
pub(super) fn order_of(conn: &mut Conn, of: ProductId) -> Result<Vec<MediaId>> {
    Ok(product_media::table
        .filter(product_media::product_id.eq(of))
        .order((product_media::position, product_media::media_id))
        .select(product_media::media_id)
        .load(conn)?)
}

pub(super) fn set_order(conn: &mut Conn, of: ProductId, order: &[MediaId]) -> Result<()> {
    for (place, id) in (0_i64..).zip(order) {
        let shown = product_media::table.find((of, *id));
        diesel::update(shown).set(product_media::position.eq(place)).execute(conn)?;
    }
    Ok(())
}

/// Neither the product nor one of its variants shows the picture any more.
pub(super) fn hide(conn: &mut Conn, of: ProductId, picture: MediaId) -> Result<()> {
    let variants = variant::table.filter(variant::product_id.eq(of));
    diesel::update(variants.filter(variant::media_id.eq(picture)))
        .set(variant::media_id.eq(None::<MediaId>))
        .execute(conn)?;
    diesel::delete(product_media::table.find((of, picture))).execute(conn)?;
    Ok(())
}

/// The pictures of a product as staff see them, in their order, with what they show in every language.
pub fn of_product(conn: &mut Conn, of: ProductId) -> Result<Vec<PictureRow>> {
    type Row = (MediaId, String, (String, String, i64, i64), Option<(String, String)>);
    let rows: Vec<Row> = product_media::table
        .inner_join(media::table)
        .left_join(media_text::table.on(media_text::media_id.eq(media::id)))
        .filter(product_media::product_id.eq(of))
        .order((product_media::position, product_media::media_id))
        .select((
            media::id,
            media::status,
            (media::name, media::widths, media::width, media::height),
            (media_text::locale, media_text::alt).nullable(),
        ))
        .load(conn)?;
    let mut pictures: Vec<PictureRow> = Vec::new();
    for (id, status, (name, widths, width, height), words) in rows {
        if pictures.last().is_none_or(|last| last.id != id) {
            let picture = Picture::new(name, &widths, width, height);
            let status = Status::parse(&status);
            pictures.push(PictureRow { id, status, picture, words: Words::new() });
        }
        if let Some(last) = pictures.last_mut() {
            last.words.extend(words);
        }
    }
    Ok(pictures)
}

/// A picture, whoever shows it.
pub fn find_alone(conn: &mut Conn, id: MediaId) -> Result<Option<PictureRow>> {
    type Row = (String, (String, String, i64, i64));
    let row: Option<Row> = media::table
        .find(id)
        .select((media::status, (media::name, media::widths, media::width, media::height)))
        .first(conn)
        .optional()?;
    let Some((status, (name, widths, width, height))) = row else { return Ok(None) };
    let words = media_text::table.filter(media_text::media_id.eq(id));
    let words: Vec<(String, String)> =
        words.select((media_text::locale, media_text::alt)).load(conn)?;
    let (status, picture) = (Status::parse(&status), Picture::new(name, &widths, width, height));
    Ok(Some(PictureRow { id, status, picture, words: words.into_iter().collect() }))
}

/// A picture that a product shows.
pub fn find_of(conn: &mut Conn, of: ProductId, picture: MediaId) -> Result<Option<PictureRow>> {
    Ok(of_product(conn, of)?.into_iter().find(|row| row.id == picture))
}

/// What a picture of a product shows, to be changed: nobody else does until the end of the transaction.
///
/// # Errors
/// `NotFound` when the product does not show it.
pub fn words_for_change(
    conn: &mut Conn,
    (of, picture): (ProductId, MediaId),
    now: NaiveDateTime,
) -> Result<Words> {
    hold(conn, of, now)?;
    Ok(find_of(conn, of, picture)?.ok_or(Error::NotFound)?.words)
}

/// What a picture shows: a language without words has none.
pub fn set_words(conn: &mut Conn, picture: MediaId, words: &Words) -> Result<()> {
    let old = media_text::table.filter(media_text::media_id.eq(picture));
    diesel::delete(old).execute(conn)?;
    for (locale, alt) in words.iter().filter(|(_, alt)| !alt.is_empty()) {
        set_word(conn, picture, locale, alt)?;
    }
    Ok(())
}

fn set_word(conn: &mut Conn, picture: MediaId, locale: &str, alt: &str) -> Result<()> {
    diesel::insert_into(media_text::table)
        .values((
            media_text::media_id.eq(picture),
            media_text::locale.eq(locale),
            media_text::alt.eq(alt),
        ))
        .execute(conn)?;
    Ok(())
}

/// Somebody has stopped showing a picture: if nobody else does, the broom takes it. What lies in the
/// binary stays.
pub fn let_go(conn: &mut Conn, picture: MediaId, now: NaiveDateTime) -> Result<()> {
    let uploaded = media::table.find(picture).filter(media::original.ne(""));
    diesel::update(uploaded).set(media::unused_since.eq(now)).execute(conn)?;
    Ok(())
}

/// Pictures that were let go before an instant, oldest first, and whether somebody shows them after
/// all: a page, or an order. That is asked of all order lines at once, as no index of the shop's
/// largest table is worth a question a day.
pub(super) fn unused(
    conn: &mut Conn,
    before: NaiveDateTime,
    most: i64,
) -> Result<Vec<(Uploaded, bool)>> {
    let old = media::table.filter(media::unused_since.lt(before)).order(media::unused_since);
    let old: Vec<Uploaded> = old.limit(most).select(uploaded!()).load(conn)?;
    if old.is_empty() {
        return Ok(Vec::new());
    }
    let shown = shown_by_pages(conn, &old)?;
    let ordered = shown_by_orders(conn, &old)?;
    let is_shown = |it: &Uploaded| shown.contains(&it.id) || ordered.contains(&packed(it));
    Ok(old.into_iter().map(|it| (is_shown(&it), it)).map(|(shown, it)| (it, shown)).collect())
}

fn shown_by_pages(conn: &mut Conn, of: &[Uploaded]) -> Result<BTreeSet<MediaId>> {
    let ids: Vec<MediaId> = of.iter().map(|picture| picture.id).collect();
    let products = product_media::table.filter(any_of(product_media::media_id, &ids));
    let mut shown: BTreeSet<MediaId> =
        products.select(product_media::media_id).load(conn)?.into_iter().collect();
    let variants = variant::table.filter(any_of(variant::media_id, &ids));
    let variants: Vec<Option<MediaId>> = variants.select(variant::media_id).load(conn)?;
    let categories = category::table.filter(any_of(category::media_id, &ids));
    let categories: Vec<Option<MediaId>> = categories.select(category::media_id).load(conn)?;
    let blocks = home_block::table.filter(any_of(home_block::media_id, &ids));
    let blocks: Vec<Option<MediaId>> = blocks.select(home_block::media_id).load(conn)?;
    shown.extend([variants, categories, blocks].into_iter().flatten().flatten());
    Ok(shown)
}

fn shown_by_orders(conn: &mut Conn, of: &[Uploaded]) -> Result<BTreeSet<String>> {
    let lines: Vec<String> = of.iter().map(packed).filter(|line| !line.is_empty()).collect();
    let shown = order_line::table.filter(order_line::picture.eq_any(lines));
    Ok(shown.select(order_line::picture).distinct().load(conn)?.into_iter().collect())
}

/// As an order keeps it.
fn packed(it: &Uploaded) -> String {
    Picture::new(it.name.as_str(), &it.widths, it.width, it.height).packed()
}

/// Pictures that are not to be asked about again.
pub fn keep(conn: &mut Conn, pictures: &[MediaId]) -> Result<()> {
    diesel::update(media::table.filter(any_of(media::id, pictures)))
        .set(media::unused_since.eq(None::<NaiveDateTime>))
        .execute(conn)?;
    Ok(())
}

/// The end of a picture whose files are gone.
pub(super) fn forget(conn: &mut Conn, picture: MediaId) -> Result<()> {
    let unused = media::table.find(picture).filter(media::unused_since.is_not_null());
    diesel::delete(unused).execute(conn)?;
    Ok(())
}

/// Which of these files are a picture's.
pub(super) fn known_originals(conn: &mut Conn, names: &[String]) -> Result<Vec<String>> {
    let known = media::table.filter(media::original.eq_any(names));
    Ok(known.select(media::original).load(conn)?)
}

pub(super) fn name_of(conn: &mut Conn, picture: MediaId) -> Result<String> {
    Ok(media::table.find(picture).select(media::name).first(conn)?)
}

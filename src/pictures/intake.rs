//! Takes a picture of a product in: its file is kept first, then its row, with the job that makes its
//! widths.

use chrono::NaiveDateTime;
use serde_json::json;

use super::draw::READABLE;
use super::model::{Arrival, MAKE, MOST_PICTURES, PictureMistake};
use super::queries;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{MediaId, ProductId};
use crate::jobs::{NewJob, enqueue};
use crate::uploads::{Most, Sent, Upload, UploadMistake, in_turn, read_head};
use crate::web::Shop;

/// As much as a form with pictures may hold: files of 20 MB, 300 MB together.
pub const MOST: Most = Most { file: 20 << 20, all: 300 << 20, fields: 200 };

/// Keeps what was sent as the product's last picture.
///
/// # Errors
/// `Internal` when the file cannot be kept.
pub async fn take_in(
    shop: &Shop,
    product: ProductId,
    sent: Sent,
    who: &Who,
) -> Result<Result<MediaId, PictureMistake>> {
    let (arrival, mut upload) = match arrive(sent, product.to_string(), who.at).await? {
        Ok(arrived) => arrived,
        Err(mistake) => return Ok(Err(PictureMistake::Upload(mistake))),
    };
    let original = arrival.original.clone();
    shop.files.keep(&original, upload.take_bytes()).await?;
    drop(upload);
    let who = who.clone();
    let put = shop.db.write(move |conn| put(conn, product, &arrival, &who)).await?;
    if put.is_err() {
        shop.files.remove(&original).await?;
    }
    Ok(put)
}

/// Keeps what was sent as a picture that nothing shows yet: whoever wants it shows it within a day.
///
/// # Errors
/// `Internal` when the file cannot be kept.
pub async fn take_in_alone(
    shop: &Shop,
    sent: Sent,
    now: NaiveDateTime,
) -> Result<Result<MediaId, UploadMistake>> {
    let (arrival, mut upload) = match arrive(sent, String::new(), now).await? {
        Ok(arrived) => arrived,
        Err(mistake) => return Ok(Err(mistake)),
    };
    shop.files.keep(&arrival.original, upload.take_bytes()).await?;
    drop(upload);
    let put = move |conn: &mut Conn| {
        let id = queries::insert(conn, &arrival)?;
        queries::let_go(conn, id, now)?;
        enqueue(conn, &NewJob::new(MAKE, &id, now)?, now)?;
        Ok(id)
    };
    shop.db.write(put).await.map(Ok)
}

/// Reads no more than its header: the job finds out whether the rest is whole.
async fn arrive(
    sent: Sent,
    of: String,
    now: NaiveDateTime,
) -> Result<Result<(Arrival, Upload), UploadMistake>> {
    let upload = match sent.file {
        Ok(upload) => upload,
        Err(mistake) => return Ok(Err(mistake)),
    };
    let arrived = in_turn(move || {
        let head = read_head(upload.bytes(), READABLE)?;
        Ok((Arrival::new((upload.bytes(), &sent.name), head, &of, now), upload))
    });
    Ok(arrived.await?.unwrap_or(Err(UploadMistake::Unreadable)))
}

fn put(
    conn: &mut Conn,
    product: ProductId,
    arrival: &Arrival,
    who: &Who,
) -> Result<Result<MediaId, PictureMistake>> {
    if !queries::hold(conn, product, who.at)? {
        return Err(Error::NotFound);
    }
    let known = queries::hashes(conn, product)?;
    if known.contains(&arrival.hash) {
        return Ok(Err(PictureMistake::AlreadyThere));
    }
    if known.len() >= MOST_PICTURES {
        return Ok(Err(PictureMistake::TooMany));
    }
    let id = queries::insert(conn, arrival)?;
    queries::show_by(conn, product, id, known.len())?;
    enqueue(conn, &NewJob::new(MAKE, &id, who.at)?, who.at)?;
    let after = json!({ "picture": arrival.name });
    let (action, entity) = (Action::PictureAdded, Entity::Product(product));
    audit::write(conn, who, &Deed { after, ..Deed::of(action, entity) })?;
    Ok(Ok(id))
}

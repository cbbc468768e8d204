//! `POST /admin/blocks/{id}/picture`: another picture for a block.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::edit::without_picture;
use super::{Staff, find};
use crate::content::blocks;
use crate::error::{Error, Result};
use crate::pictures::{MOST, PictureMistake, take_in_alone};
use crate::uploads::{Sent, UploadMistake, receive_each};
use crate::web::see_other;

pub async fn set(
    staff: Staff,
    id: Path<i64>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let kept = find(&staff, *id).await?;
    if !kept.sheet.kind.has_picture() {
        return Err(Error::NotFound);
    }
    let (visit, who) = (staff.visit(), staff.who());
    let mut taken = Err(UploadMistake::Missing);
    let take = async |sent: Sent| {
        taken = take_in_alone(&visit.shop, sent, who.at).await?;
        Ok(())
    };
    receive_each(&request, payload, ("picture", MOST), take).await?;
    let picture = match taken {
        Ok(picture) => picture,
        Err(mistake) => {
            return without_picture(&staff, &kept, PictureMistake::Upload(mistake)).await;
        }
    };
    let shown = (kept.id, Some(picture));
    visit.shop.db.write(move |conn| blocks::set_picture(conn, &who, shown)).await?;
    Ok(see_other(&visit.href(&format!("/admin/blocks/{}?saved=1", kept.id))))
}

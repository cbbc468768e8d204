//! `POST /admin/look/logo` and `/admin/look/logo/remove`: the logo that is tried out.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use super::edit::{Staff, again};
use crate::audit::Who;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::MediaId;
use crate::look;
use crate::pictures::{self, PictureMistake, take_in_alone};
use crate::uploads::{Most, Sent, UploadMistake, receive_each};
use crate::web::see_other;

/// A logo is small.
const MOST: Most = Most { file: 5 << 20, all: 6 << 20, fields: 10 };

pub async fn set(staff: Staff, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let (shop, who) = (&staff.visit().shop, staff.who());
    let mut taken = Err(UploadMistake::Missing);
    let take = async |sent: Sent| {
        taken = take_in_alone(shop, sent, who.at).await?;
        Ok(())
    };
    receive_each(&request, payload, ("logo", MOST), take).await?;
    let id = match taken {
        Ok(id) => id,
        Err(mistake) => return again(&staff, PictureMistake::Upload(mistake).key()).await,
    };
    shop.db.write(move |conn| set_logo(conn, &who, Some(id))).await?;
    Ok(see_other(&staff.visit().href("/admin/look?saved=1")))
}

pub async fn remove(staff: Staff) -> Result<HttpResponse> {
    let who = staff.who();
    let write = move |conn: &mut Conn| set_logo(conn, &who, None);
    staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href("/admin/look?saved=1")))
}

/// Tries out another logo; one that is seen nowhere any more goes with the broom.
fn set_logo(conn: &mut Conn, who: &Who, logo: Option<MediaId>) -> Result<()> {
    if let Some(id) = logo {
        pictures::keep(conn, &[id])?;
    }
    let before = look::set_logo(conn, who, logo)?;
    let_go(conn, before, who)
}

/// Lets a logo go unless a look still has it.
pub(super) fn let_go(conn: &mut Conn, logo: Option<MediaId>, who: &Who) -> Result<()> {
    match logo {
        Some(id) if !look::has_logo(conn, id)? => pictures::let_go(conn, id, who.at),
        _ => Ok(()),
    }
}

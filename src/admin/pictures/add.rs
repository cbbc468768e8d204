//! `POST /admin/products/{id}/pictures`: one or several files. Those that are fine are taken, whatever
//! is wrong with the others.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::list::{Outcome, page};
use super::{Staff, address, find};
use crate::error::Result;
use crate::pictures::{MOST, PictureMistake, take_in};
use crate::uploads::{Sent, UploadMistake, receive_each};
use crate::web::see_other;

pub async fn add(
    staff: Staff,
    id: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let product = find(&staff, &id).await?;
    let (shop, who) = (&staff.visit().shop, staff.who());
    let mut outcome = Outcome::default();
    let take = async |sent: Sent| {
        let name = sent.name.clone();
        match take_in(shop, product.id, sent, &who).await? {
            Ok(_) => outcome.added += 1,
            Err(mistake) => outcome.mistakes.push((name, mistake)),
        }
        Ok(())
    };
    receive_each(&request, payload, ("pictures", MOST), take).await?;
    if outcome.added == 0 && outcome.mistakes.is_empty() {
        outcome.mistakes.push((String::new(), PictureMistake::Upload(UploadMistake::Missing)));
    }
    match outcome.mistakes.is_empty() {
        true => Ok(see_other(&staff.visit().href(&address(product.id)))),
        false => page(&staff, &product, &outcome).await,
    }
}

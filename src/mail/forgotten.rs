//! Somebody was forgotten: what is left of her outside of the tables goes.

use std::sync::Arc;

use super::post::Post;
use super::queries;
use crate::ids::MailId;
use crate::jobs::{Failure, Task, Works};
use crate::privacy::FORGOTTEN;
use crate::web::Shop;

pub(super) fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let (shop, post) = (shop.clone(), post.clone());
    works.outside(FORGOTTEN, move |task| Box::pin(tidy(shop.clone(), post.clone(), task)))
}

/// Removes the files of her mails, and what the database's log still holds of her.
async fn tidy(shop: Arc<Shop>, post: Arc<Post>, task: Task) -> Result<(), Failure> {
    let mails: Vec<MailId> = task.about()?;
    for mail in shop.db.read(move |conn| queries::names(conn, &mails)).await? {
        post.forget(&mail)?;
    }
    match shop.db.empty_log().await? {
        true => Ok(()),
        false => Err(Failure::Again("the log of writes is being read".into())),
    }
}

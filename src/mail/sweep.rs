//! Forgets mails that were written long ago, with the files of those that were kept as files.

use chrono::TimeDelta;
use std::sync::Arc;

use super::post::Post;
use super::queries;
use crate::ids::MailId;
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::web::Shop;

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "mail.sweep" };
/// How long a mail can be looked up and sent once more.
const KEPT: TimeDelta = TimeDelta::days(180);
/// So many go in one transaction, so that no order waits for the broom.
const BATCH: i64 = 200;
/// So many transactions an hour: more than any shop fills.
const BATCHES: usize = 100;

/// Every hour forgets what is old. What still waits to be sent is not.
pub(super) fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let (shop, post) = (shop.clone(), post.clone());
    let hourly = TimeDelta::hours(1);
    works.every(SWEEP, hourly, move |task| Box::pin(sweep(shop.clone(), post.clone(), task)))
}

async fn sweep(shop: Arc<Shop>, post: Arc<Post>, task: Task) -> Result<(), Failure> {
    let before = task.now - KEPT;
    for _ in 0..BATCHES {
        let old = shop.db.read(move |conn| queries::old(conn, before, BATCH)).await?;
        if old.is_empty() {
            break;
        }
        for mail in &old {
            post.forget(mail)?;
        }
        let ids: Vec<MailId> = old.iter().map(|mail| mail.id).collect();
        shop.db.write(move |conn| queries::forget(conn, &ids)).await?;
    }
    Ok(())
}

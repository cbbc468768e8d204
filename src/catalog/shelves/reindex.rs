//! The job that gathers the words of products anew after the name of what they stand on has
//! changed: so many at a time, each batch in a transaction of its own.

use chrono::{DateTime, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::catalog::writes;
use crate::db::Conn;
use crate::db::schema::{product, product_attribute, product_category};
use crate::error::Result;
use crate::ids::{AttributeId, BrandId, CategoryId, ProductId};
use crate::jobs::{Kind, NewJob, Queue, Task, Works, enqueue};

const REINDEX: Kind = Kind { queue: Queue::Shop, name: "catalog.reindex" };

/// Products of a batch: other changes of a shop on SQLite wait for it.
const AT_ONCE: i64 = 100;

/// Whose words are gathered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Of {
    /// All below it included.
    Category(CategoryId),
    Brand(BrandId),
    Attribute(AttributeId),
    /// Changed at this instant, in microseconds since 1970 (UTC).
    ChangedAt(i64),
}

impl Of {
    pub fn changed_at(at: NaiveDateTime) -> Self {
        Self::ChangedAt(at.and_utc().timestamp_micros())
    }
}

#[derive(Serialize, Deserialize)]
struct Batch {
    of: Of,
    /// The last product of the batch before.
    after: ProductId,
}

pub fn works(works: Works) -> Works {
    works.rows(REINDEX, reindex)
}

/// Has the words of these products gathered anew, soon.
pub(super) fn ask(conn: &mut Conn, of: Of, now: NaiveDateTime) -> Result<()> {
    go_on(conn, &Batch { of, after: ProductId(0) }, now)
}

fn go_on(conn: &mut Conn, batch: &Batch, now: NaiveDateTime) -> Result<()> {
    enqueue(conn, &NewJob::new(REINDEX, batch, now)?, now)
}

fn reindex(conn: &mut Conn, task: &Task) -> Result<()> {
    let batch: Batch = task.about()?;
    let products = products(conn, &batch)?;
    for id in &products {
        hold(conn, *id)?;
        writes::index(conn, *id)?;
    }
    match products.last() {
        Some(last) if products.len() as i64 == AT_ONCE => {
            go_on(conn, &Batch { after: *last, ..batch }, task.now)
        }
        _ => Ok(()),
    }
}

/// Lets one gathering of a product's words come after the other: PostgreSQL holds the row until the end
/// of the transaction.
fn hold(conn: &mut Conn, id: ProductId) -> Result<()> {
    let the_row = diesel::update(product::table.find(id));
    the_row.set(product::popularity.eq(product::popularity)).execute(conn)?;
    Ok(())
}

fn products(conn: &mut Conn, batch: &Batch) -> Result<Vec<ProductId>> {
    let all = || {
        let next = product::table.select(product::id).filter(product::id.gt(batch.after));
        next.order(product::id).limit(AT_ONCE)
    };
    Ok(match batch.of {
        Of::Category(id) => product_category::table
            .filter(product_category::category_id.eq(id))
            .filter(product_category::product_id.gt(batch.after))
            .order(product_category::product_id)
            .limit(AT_ONCE)
            .select(product_category::product_id)
            .load(conn)?,
        Of::Brand(id) => all().filter(product::brand_id.eq(id)).load(conn)?,
        Of::Attribute(id) => product_attribute::table
            .filter(product_attribute::attribute_id.eq(id))
            .filter(product_attribute::product_id.gt(batch.after))
            .order(product_attribute::product_id)
            .limit(AT_ONCE)
            .select(product_attribute::product_id)
            .distinct()
            .load(conn)?,
        Of::ChangedAt(micros) => {
            let at = DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc();
            all().filter(product::updated_at.eq(at)).load(conn)?
        }
    })
}

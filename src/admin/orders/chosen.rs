//! Orders that were ticked in the list.

use crate::admin::Allowed;
use crate::error::Result;
use crate::orders::slips::{MOST_SLIPS, Slip, slips};
use crate::staff::Rule;

/// Their numbers, as the address has them.
pub(super) fn numbers<R>(staff: &Allowed<R>) -> Result<Vec<String>> {
    let query = staff.visit().query()?;
    Ok(query.all("o").take(MOST_SLIPS).map(str::to_owned).collect())
}

/// What is left to be packed of them.
pub(super) async fn load<R: Rule>(staff: &Allowed<R>) -> Result<Vec<Slip>> {
    let numbers = numbers(staff)?;
    staff.visit().shop.db.read(move |conn| slips(conn, &numbers)).await
}

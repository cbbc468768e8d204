//! Tables that are taken along as files.

use super::Allowed;
use crate::audit::{self, Action, Deed, Entity};
use crate::db::Conn;
use crate::error::Result;
use crate::staff::Rule;

/// Writes down that somebody takes all of something along.
pub(super) async fn tell<R: Rule>(staff: &Allowed<R>, what: String) -> Result<()> {
    let who = staff.who();
    let tell = move |conn: &mut Conn| {
        let after = serde_json::json!({ "what": what });
        audit::write(conn, &who, &Deed { after, ..Deed::of(Action::Exported, Entity::Shop) })
    };
    staff.visit().shop.db.write(tell).await
}

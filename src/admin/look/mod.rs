//! The look of the storefront: tried out, looked at, and then shown to shoppers.

mod contrast;
pub mod deeds;
pub mod edit;
pub mod logo;
pub mod preview;

use crate::db::Conn;
use crate::error::Result;
use crate::look::{self, Look, State};

/// The look that shoppers see, and the one that is tried out.
fn load(conn: &mut Conn) -> Result<(Look, Look)> {
    Ok((look::load(conn, State::Published)?, look::load(conn, State::Draft)?))
}

//! The blocks of the home page: ordered, hidden, written, given a picture.

pub mod edit;
mod fields;
mod form;
pub mod list;
pub mod make;
pub mod order;
pub mod picture;
pub mod remove;

use super::Allowed;
use super::desk::Desk;
use crate::content::blocks::{self, Kept};
use crate::content::model::BlockKind;
use crate::error::{Error, Result};
use crate::ids::BlockId;
use crate::staff::to;

type Staff = Allowed<to::ChangeContent>;

async fn find(staff: &Staff, id: i64) -> Result<Kept> {
    let found = staff.visit().shop.db.read(move |conn| blocks::find(conn, BlockId(id))).await?;
    found.ok_or(Error::NotFound)
}

/// What a kind of block is called.
fn kind_name(shell: &Desk, kind: BlockKind) -> String {
    shell.t(&format!("block-kind-{}", kind.code())).to_owned()
}

//! Her address book, under `/account/addresses`.

pub mod edit;
pub mod list;
pub mod remove;
pub mod usual;

use crate::error::{Error, Result};
use crate::ids::CustomerAddressId;

/// The address that a path names.
///
/// # Errors
/// `NotFound` for what is no number.
fn id_of(path: &str) -> Result<CustomerAddressId> {
    path.parse().map(CustomerAddressId).map_err(|_| Error::NotFound)
}

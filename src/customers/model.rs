//! Who a customer is.

use diesel::prelude::*;

use crate::db::schema::customer;
use crate::ids::CustomerId;

/// How long a name may be.
pub(super) const LONGEST_NAME: usize = 100;

/// A customer as she is known at the door.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customer)]
pub struct Customer {
    pub id: CustomerId,
    pub password_hash: String,
}

//! Sign-ins: who is signed in, where, since when and until when. Owns the table `session`.
//!
//! The encrypted cookie alone could not be signed out: a copy of it would stay good. So it carries a
//! random id, and this table says, for every request, whether there is still a session of that id.
//! Customers' and staff's cookies are different ones; the rows are alike, each of one or the other.

mod device;
mod model;
mod queries;
mod sweep;

pub use device::device;
pub use model::{SEEN_EVERY, Session, SignIn, SignedIn, Stay, StoredCart, Who};
pub use queries::{
    begin, end, end_all, end_all_of, end_everybodys, end_of, end_others, find, find_customer,
    keep_newest, list, prove, see,
};
pub use sweep::works;

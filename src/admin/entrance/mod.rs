//! What somebody sees who is not in yet: signing in, joining, a new password.

pub mod code;
pub mod confirm;
mod enter;
pub mod forgot;
pub mod form;
pub mod join;
pub mod password;
pub mod sign_in;
pub mod sign_out;
mod weakness;

pub(super) use weakness::choose;

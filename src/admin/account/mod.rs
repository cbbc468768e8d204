//! One's own account.

mod codes;
pub mod password;
pub mod second_factor;
pub mod sessions;
pub mod show;

//! Passwords: which ones may be chosen, and how they are kept. Owns no table; customers and staff
//! each keep the hash in their own.
//!
//! A hash is bcrypt over HMAC-SHA-384 of the password with a key that is not in the database
//! (`config::Keys`), in base64: bcrypt reads 72 bytes and would ignore the rest of a long
//! password, and a database that got out is of no use without the key. Hashing takes a quarter of a
//! second of a core on purpose, so it is done off the threads that answer requests, a few at once.

mod desk;
mod hashed;
mod model;

pub use desk::{Checked, Passwords};
pub use model::{Hash, Weakness, Whose};

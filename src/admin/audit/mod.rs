//! The audit log, to be looked through.

pub mod list;

//! The commands, one file each. A command that fails says why in a sentence and exits with 1.

pub mod apply;
pub mod config;
pub mod customer;
pub mod demo;
pub mod export;
pub mod jobs;
pub mod keys;
pub mod mail;
pub mod migrate;
pub mod newsletter;
pub mod order;
pub mod price;
pub mod seed;
pub mod serve;
pub mod sessions;
pub mod staff;
pub mod stock;
pub mod verify;
pub mod worker;

/// How a command ends: the error is shown to whoever typed it.
pub type Outcome = Result<(), Failure>;

/// Why a command ended without its result.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

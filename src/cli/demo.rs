//! `etalase demo`: the demo shop "Selasar".

use super::{Outcome, serve};
use crate::config::Settings;

/// Makes the demo shop unless it is there, and opens it.
pub fn run(settings: &Settings, _fresh: bool) -> Outcome {
    serve::prepare(settings)?;
    serve::open(settings)
}

//! Reads a request from JSON, strictly (SPEC, Request).
//!
//! `json` reads the syntax and keeps every number as it was written and every key as often as it
//! was; `fields` knows what required, optional, unknown and repeated mean and names the place of a
//! mistake; the other files say what there is to read. A reader of its own because the usual ones
//! forget both: whether a number was `1` or `1.0`, and that a key came twice.

mod delivery;
mod fields;
mod json;
mod promotion;
mod request;
mod strings;
#[cfg(test)]
mod tests;

use super::{Refusal, Request, check};
use fields::{Path, Read};

impl Request {
    /// Reads a request from the SPEC's JSON.
    ///
    /// Refuses, always as `invalid` and with the path of the mistake, whatever the SPEC does not
    /// allow. An empty cart can be read; `quote` refuses it.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let json =
            json::parse(text).map_err(|malformed| Refusal::unreadable(&malformed.to_string()))?;
        let request = Self::read(&json, &Path::Root)?;
        check::request(&request)?;
        Ok(request)
    }
}

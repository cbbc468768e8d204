//! The simple types of the settings, and how each is read from text.
//!
//! A reader's error is the whole sentence for the operator: what is wrong, what would be right.

use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use tracing_subscriber::EnvFilter;

use crate::values::Email;

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On => "on",
            Self::Off => "off",
        })
    }
}

pub(super) fn switch(text: &str) -> Result<Switch, String> {
    match text {
        "on" => Ok(Switch::On),
        "off" => Ok(Switch::Off),
        _ => Err(format!("{text:?} is neither on nor off")),
    }
}

pub(super) fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).ok_or_else(|| {
        format!("{text:?} is not an e-mail address; give it bare, like shop@shop.example")
    })
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("{text:?} is neither text nor json")),
    }
}

/// A bare word must be a level: the filter's own reader takes `ifno` for the name of a module.
pub(super) fn log_filter(text: &str) -> Result<String, String> {
    let is_level =
        |word: &str| word.eq_ignore_ascii_case("off") || tracing::Level::from_str(word).is_ok();
    let words_are_levels =
        text.split(',').all(|part| part.contains(['=', '[']) || is_level(part.trim()));
    match EnvFilter::try_new(text) {
        Ok(_) if words_are_levels => Ok(text.to_owned()),
        _ => Err(format!(
            "{text:?} is not usable; give off, error, warn, info, debug or trace, \
             or parts such as info,etalase::mail=debug"
        )),
    }
}

pub(super) fn whole_number<N>(text: &str, range: RangeInclusive<N>) -> Result<N, String>
where
    N: FromStr + PartialOrd + fmt::Display,
{
    let (least, most) = (range.start(), range.end());
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("{text:?} is not a whole number from {least} to {most}"))
}

pub(super) fn host(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| {
        format!("{text:?} is not an IP address; give 127.0.0.1 for this machine, 0.0.0.0 for all")
    })
}

pub(super) fn folder(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

/// What no setting may hold, whatever it means.
pub(super) fn readable(text: &str) -> Result<&str, String> {
    // A secret that was not filled in must not move the shop to the default database.
    if text.trim().is_empty() {
        return Err("is empty; give a value or leave the setting out".into());
    }
    if text.contains(|letter: char| letter.is_control() || letter == char::REPLACEMENT_CHARACTER) {
        return Err("holds a control character or bytes that are not UTF-8".into());
    }
    Ok(text)
}

//! Where the rows are, and how to show that without its password.

use std::fmt;
use std::path::PathBuf;

/// Text that must not reach a log, a page or a terminal: it prints as `***`.
///
/// Deliberately not comparable: `==` takes longer the more of a guess is right.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes the text into custody.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one call that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Which database, and where.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file on this machine.
    Sqlite(PathBuf),
    /// A connection URL as libpq reads it; holds the password.
    Postgres(Secret),
}

/// The URL with password and options masked.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&masked(url.expose())),
        }
    }
}

fn masked(url: &str) -> String {
    let (login, place) = login_and_place(url);
    match login.split_once(':') {
        Some((user, _)) => format!("postgres://{user}:***@{place}"),
        None if login.is_empty() => format!("postgres://{place}"),
        None => format!("postgres://{login}@{place}"),
    }
}

/// `user:password` and `host:port/name` of a URL, cut where libpq cuts; options are left out.
fn login_and_place(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (login, place) = match rest.find(['@', '/']) {
        Some(at) if rest[at..].starts_with('@') => (&rest[..at], &rest[at + 1..]),
        _ => ("", rest),
    };
    (login, place.split('?').next().unwrap_or_default())
}

pub(super) fn read(text: &str) -> Result<Database, String> {
    if let Some(path) = text.strip_prefix("sqlite:") {
        sqlite(path)
    } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        postgres(text)
    } else {
        // The text is not shown: a mistyped URL still holds its password.
        Err("not a database URL; give sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME \
             (a bare path could be meant for either)"
            .into())
    }
}

fn sqlite(path: &str) -> Result<Database, String> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(':') || path.contains('?') {
        return Err("give sqlite:PATH with the path of a file and without ?options; \
                    a shop in memory would forget its orders"
            .into());
    }
    Ok(Database::Sqlite(path.into()))
}

fn postgres(url: &str) -> Result<Database, String> {
    let (_, place) = login_and_place(url);
    if place.contains('@') {
        return Err("the user or password holds @ or /; write %40 and %2F instead".into());
    }
    if place.is_empty() || place == "/" && !url.contains("host=") {
        return Err("names no host; give postgres://USER:PASSWORD@HOST/NAME".into());
    }
    Ok(Database::Postgres(Secret::new(url)))
}

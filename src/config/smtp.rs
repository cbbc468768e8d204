//! The mail server, and how to show it without its password.

use percent_encoding::percent_decode_str;
use std::fmt;
use url::Url;

use super::database::Secret;
use super::is_this_machine;

/// How a connection to the mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From its first byte.
    Whole,
    /// By STARTTLS, before anything is told; a server that does not offer it is not used.
    Start,
    /// Not at all.
    None,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Option<Login>,
}

/// Who the shop is at its mail server.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: Secret,
}

/// The URL with its password masked.
impl fmt::Display for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls == Tls::Whole { "smtps" } else { "smtp" };
        let login = self.login.as_ref().map(|login| format!("{}:***@", login.user));
        let end = if self.tls == Tls::None { "?tls=none" } else { "" };
        write!(f, "{scheme}://{}{}:{}{end}", login.unwrap_or_default(), self.host, self.port)
    }
}

/// Reads `smtps://USER:PASSWORD@HOST:PORT`, `smtp://…` or `smtp://…?tls=none`. A mistake does not
/// repeat the text, which holds the password.
pub(super) fn read(text: &str) -> Result<Smtp, String> {
    let wrong = || {
        "not a mail server's URL; give smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST, \
         with %40 for @, %2F for / and %23 for # in user and password"
            .to_owned()
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(wrong());
    }
    let (tls, usual_port) = match (url.scheme(), url.query()) {
        ("smtps", None) => (Tls::Whole, 465),
        ("smtp", None) => (Tls::Start, 587),
        ("smtp", Some("tls=none")) => (Tls::None, 25),
        _ => return Err(wrong()),
    };
    let login = login(&url).ok_or_else(wrong)?;
    if tls == Tls::None && login.is_some() && !is_this_machine(host) {
        return Err("would send the password in the clear; leave ?tls=none out".into());
    }
    let host = host.trim_matches(['[', ']']).to_owned();
    Ok(Smtp { host, port: url.port().unwrap_or(usual_port), tls, login })
}

/// `None` when it is there by half, or is no text.
fn login(url: &Url) -> Option<Option<Login>> {
    match (url.username(), url.password()) {
        ("", None) => Some(None),
        ("", Some(_)) | (_, None) => None,
        (user, Some(password)) => {
            let text = |part| Some(percent_decode_str(part).decode_utf8().ok()?.into_owned());
            Some(Some(Login { user: text(user)?, password: Secret::new(text(password)?) }))
        }
    }
}

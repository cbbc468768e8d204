//! The address under which shoppers reach the shop.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// The address under which shoppers reach the shop: scheme, host and port, nothing else.
///
/// Lower case, without the scheme's usual port and without a slash at the end: equal to what a
/// browser sends as `Origin`, and ready to have a path put behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads `http://` or `https://`, a host name (punycode for other scripts) or address, and
    /// perhaps a port.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is not usable; give http:// or https:// and a host, nothing behind it"
            )
        };
        let text_lower = text.to_ascii_lowercase();
        let (scheme, rest) = text_lower.split_once("://").ok_or_else(wrong)?;
        let usual_port = match scheme {
            "http" => "80",
            "https" => "443",
            _ => return Err(wrong()),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = host_and_port(rest).ok_or_else(wrong)?;
        match port {
            Some(port) if port != usual_port => Ok(Self(format!("{scheme}://{host}:{port}"))),
            _ => Ok(Self(format!("{scheme}://{host}"))),
        }
    }

    /// The plain `http` URL of a listening address. Nobody can visit `0.0.0.0`: that is `localhost`.
    pub(super) fn of(host: IpAddr, port: u16) -> Self {
        let host = match host {
            _ if host.is_unspecified() => "localhost".to_owned(),
            IpAddr::V4(host) => host.to_string(),
            IpAddr::V6(host) => format!("[{host}]"),
        };
        Self(if port == 80 { format!("http://{host}") } else { format!("http://{host}:{port}") })
    }

    /// `https://shop.example`, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether shoppers come encrypted: cookies are then `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Host and port as a browser sends them in `Host`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, host)| host)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) fn host_and_port(text: &str) -> Option<(&str, Option<&str>)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let port_is_right = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && !port.starts_with('0')
            && port.parse::<u16>().is_ok()
    });
    (is_host(host) && port_is_right).then_some((host, port))
}

fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text.len() <= 253 && text.split('.').all(is_label),
    }
}

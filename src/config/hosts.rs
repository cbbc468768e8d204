//! By which names the shop may be called.

use std::fmt;
use std::net::IpAddr;

use super::public_url::{PublicUrl, host_and_port};

/// Names besides that of the public URL.
#[derive(Clone, Debug, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// With the public URL's own name; a shop that only this machine can reach is called whatever
    /// this machine calls itself.
    #[must_use]
    pub fn and(&self, public_url: &PublicUrl, listens_at: IpAddr) -> Self {
        let mut hosts = self.0.clone();
        hosts.extend(name_of(public_url.host()));
        if listens_at.is_loopback() {
            hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        Self(hosts)
    }

    /// Whether `host`, as a browser sends it, is one of them; on which port does not matter.
    #[must_use]
    pub fn has(&self, host: &str) -> bool {
        name_of(host).is_some_and(|name| self.0.contains(&name))
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "" })?;
        f.write_str(&self.0.join(" "))
    }
}

fn name_of(host: &str) -> Option<String> {
    host_and_port(host).map(|(name, _)| name.to_ascii_lowercase())
}

/// Reads `www.shop.example shop.internal`.
pub(super) fn read(text: &str) -> Result<Hosts, String> {
    let name = |word: &str| match host_and_port(word) {
        Some((name, None)) => Ok(name.to_ascii_lowercase()),
        _ => Err(format!("{word:?} is no host name; give it bare, like www.shop.example")),
    };
    text.split_whitespace().map(name).collect::<Result<_, _>>().map(Hosts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn hosts(named: &str, public: &str, listens_at: Ipv4Addr) -> Hosts {
        read(named).unwrap().and(&PublicUrl::parse(public).unwrap(), listens_at.into())
    }

    #[test]
    fn only_the_shops_own_names_are_answered() {
        let public = "https://shop.example:8443";
        let hosts = hosts("WWW.shop.example", public, Ipv4Addr::UNSPECIFIED);
        for host in ["shop.example", "Shop.Example:8443", "shop.example:80", "www.shop.example"] {
            assert!(hosts.has(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "shop.example.evil.example",
            "shop.example@evil.example",
            "evil.example#shop.example",
            "localhost",
            "127.0.0.1",
            "shop.example:",
            "shop.example, x",
        ] {
            assert!(!hosts.has(host), "{host}");
        }
    }

    #[test]
    fn a_shop_of_this_machine_has_its_names() {
        let hosts = hosts("", "http://127.0.0.1:8080", Ipv4Addr::LOCALHOST);
        assert!(hosts.has("localhost:8080") && hosts.has("[::1]:8080") && hosts.has("127.0.0.1"));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["https://shop.example", "shop.example:80", "shop.example/", "*", "a b?"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read("a.example b.example").unwrap().to_string(), "a.example b.example");
    }
}

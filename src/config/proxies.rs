//! Which proxies stand before the shop: only they are believed when they say who a client is.

use ipnet::IpNet;
use std::fmt;
use std::net::IpAddr;

/// Networks of proxies that the operator trusts.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Whether nobody is trusted.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a connection from `address` is one of a trusted proxy.
    #[must_use]
    pub fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<String> = self.0.iter().map(IpNet::to_string).collect();
        match networks.is_empty() {
            true => f.write_str("none"),
            false => f.write_str(&networks.join(" ")),
        }
    }
}

/// Reads `10.0.0.5 172.16.0.0/12 fd00::/8`.
pub(super) fn read(text: &str) -> Result<Proxies, String> {
    let network = |word: &str| match word.parse::<IpAddr>() {
        Ok(address) => Ok(IpNet::from(address)),
        Err(_) => word.parse().map_err(|_| {
            format!("{word:?} is no address or network; give 10.0.0.5 or 172.16.0.0/12")
        }),
    };
    let networks: Vec<IpNet> = text.split_whitespace().map(network).collect::<Result<_, _>>()?;
    match networks.iter().find(|network| network.prefix_len() == 0) {
        // Then anybody could be anybody.
        Some(network) => Err(format!("{network} is everybody; name the proxies' own addresses")),
        None => Ok(Proxies(networks)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_networks_are_trusted() {
        let proxies = read("10.0.0.5 172.16.0.0/12 fd00::/8").unwrap();
        let trusts = |text: &str| proxies.trust(text.parse().unwrap());
        assert!(trusts("10.0.0.5") && trusts("172.31.255.255") && trusts("fd12::1"));
        assert!(!trusts("10.0.0.6") && !trusts("172.32.0.0") && !trusts("::1"));
        assert_eq!(proxies.to_string(), "10.0.0.5/32 172.16.0.0/12 fd00::/8");
        assert!(!Proxies::default().trust("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn nonsense_and_everybody_are_refused() {
        for text in ["proxy.example", "10.0.0.0/33", "10.0.0.5:80", "0.0.0.0/0", "::/0"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

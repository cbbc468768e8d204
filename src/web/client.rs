//! Who asks: the address of the client, which a proxy may tell, but only one that the operator
//! trusts. Everything that needs an address takes it from here.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Once;

use super::shop::Shop;
use crate::config::Proxies;

const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// Where a request comes from. Found in its extensions.
#[derive(Clone, Copy)]
pub struct Client(IpAddr);

impl Client {
    pub fn of(request: &impl HttpMessage) -> IpAddr {
        let client = request.extensions().get().copied();
        client.map_or(Ipv4Addr::UNSPECIFIED.into(), |Self(address)| address)
    }
}

/// Writes the client's address into the request's extensions.
pub async fn find<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let shop = request.app_data::<web::Data<Shop>>();
    if let (Some(shop), Some(peer)) = (shop, request.peer_addr()) {
        let client = Client(behind(peer.ip(), request.headers(), &shop.trusted_proxies));
        request.extensions_mut().insert(client);
    }
    next.call(request).await
}

/// Each proxy adds whom it heard from on the right, so names are believed from there, as long as
/// those who wrote them are trusted.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &Proxies) -> IpAddr {
    let mut client = peer.to_canonical();
    if !trusted.trust(client) {
        warn_of_a_proxy(client, headers);
        return client;
    }
    let lines: Vec<_> = headers.get_all(X_FORWARDED_FOR).collect();
    let names = lines.iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    for name in names {
        let Some(named) = address(name.trim()) else { break };
        client = named.to_canonical();
        if !trusted.trust(client) {
            break;
        }
    }
    client
}

/// `203.0.113.9`, `203.0.113.9:4711`, `2001:db8::1` or `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_matches(['[', ']']);
    bare.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// A proxy on this machine that is not trusted: all shoppers seem to come from here, and no limit
/// counts them.
fn warn_of_a_proxy(peer: IpAddr, headers: &HeaderMap) {
    static ONCE: Once = Once::new();
    if peer.is_loopback() && headers.contains_key(X_FORWARDED_FOR) {
        ONCE.call_once(|| {
            tracing::warn!(
                %peer,
                "a proxy names its clients but is not trusted: limits by address do not count; set \
                 trusted_proxies"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Flags, load};
    use actix_web::test::TestRequest;

    fn client(peer: &str, trusted: &str, lines: &[&str]) -> String {
        let env = [("ETALASE_TRUSTED_PROXIES".to_owned(), trusted.to_owned())];
        let settings = load(&Flags::default(), env.into_iter()).unwrap();
        let request = lines.iter().fold(TestRequest::get(), |request, line| {
            request.append_header((X_FORWARDED_FOR, *line))
        });
        let request = request.to_srv_request();
        behind(peer.parse().unwrap(), request.headers(), &settings.trusted_proxies).to_string()
    }

    #[test]
    fn nobody_is_believed_but_a_trusted_proxy() {
        let trusted = "10.0.0.0/8";
        assert_eq!(client("203.0.113.9", trusted, &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", trusted, &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.0.0.1", trusted, &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", trusted, &[]), "10.0.0.1");
    }

    #[test]
    fn names_are_read_from_the_right_up_to_the_first_stranger() {
        let trusted = "10.0.0.0/8 fd00::/8";
        for (lines, expected) in [
            (&["1.1.1.1, 198.51.100.1"][..], "198.51.100.1"),
            (&["1.1.1.1, 198.51.100.1, 10.0.0.7"], "198.51.100.1"),
            (&["1.1.1.1", "198.51.100.1,10.0.0.7"], "198.51.100.1"),
            (&["10.0.0.9, fd00::7"], "10.0.0.9"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["1.1.1.1, nonsense, 10.0.0.7"], "10.0.0.7"),
            (&["1.1.1.1, "], "10.0.0.1"),
        ] {
            assert_eq!(client("10.0.0.1", trusted, lines), expected, "{lines:?}");
        }
    }
}

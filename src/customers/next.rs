//! Where somebody wanted to go before she was asked who she is.

use form_urlencoded::Serializer;
use url::Url;

/// The pages that lead to signing in. Whatever else an address names leads to the account.
const KNOWN: [&str; 6] = ["/account", "/cart", "/checkout", "/orders", "/products", "/wishlist"];

/// The page to sign in at, which then goes on to `path`.
pub(super) fn sign_in_then(path: &str) -> String {
    match path {
        "/account" => "/account/sign-in".to_owned(),
        path => {
            let query = Serializer::new(String::new()).append_pair("next", path).finish();
            format!("/account/sign-in?{query}")
        }
    }
}

/// A path of this shop, without the language; the account for everything else (an open redirect
/// would lend our name to another site's forms).
pub(super) fn own_path(wanted: &str) -> &str {
    if is_own(wanted) { wanted } else { "/account" }
}

fn is_own(wanted: &str) -> bool {
    let is_plain = wanted.len() <= 200
        && wanted.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.?=&".contains(&b));
    let path = wanted.split('?').next().unwrap_or_default();
    let is_known = KNOWN.iter().any(|known| {
        path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    // What a browser makes of it must be what is written: no dots that climb, no second slash.
    let here = Url::parse("https://shop.invalid").ok();
    let seen = here.and_then(|here| here.join(wanted).ok());
    let stays = seen.is_some_and(|seen| seen.as_str() == format!("https://shop.invalid{wanted}"));
    is_plain && is_known && stays && !path.contains("//") && !path.starts_with("/account/sign")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_come_next() {
        for own in ["/account", "/account/orders?page=2", "/checkout", "/cart", "/products/mug"] {
            assert_eq!(own_path(own), own);
        }
        let hostile = [
            "",
            "/",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https:evil.example",
            "https://evil.example/account",
            "/%09/evil.example",
            "/%2f/evil.example",
            "/account//evil.example",
            "/..//evil.example",
            "/account/..//evil.example",
            "/account/../..//evil.example",
            "javascript:alert(1)",
            "/account\r\nSet-Cookie: a=b",
            "/account\t",
            " /account",
            "/accountant",
            "/account@evil.example",
            "account",
            "/checkout/./..//evil.example",
            "/account/sign-out",
            "/static/x.js",
            "/admin",
        ];
        for bad in hostile {
            assert_eq!(own_path(bad), "/account", "{bad:?}");
        }
        assert_eq!(own_path(&format!("/account/{}", "a".repeat(300))), "/account");
    }

    #[test]
    fn the_way_back_is_kept() {
        assert_eq!(sign_in_then("/account"), "/account/sign-in");
        assert_eq!(sign_in_then("/account/orders"), "/account/sign-in?next=%2Faccount%2Forders");
    }
}

//! Where files are kept outside of the data directory: a bucket of a store that speaks S3.

use percent_encoding::percent_decode_str;
use std::fmt;
use url::Url;

use super::database::Secret;
use super::is_this_machine;

/// A bucket, and who the shop is there.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// `https://s3.eu-central-1.amazonaws.com`, without a slash at the end.
    pub endpoint: String,
    pub name: String,
    /// What the store signs for: `us-east-1` where it has no regions of its own.
    pub region: String,
    pub key_id: String,
    pub key: Secret,
}

const USUAL_REGION: &str = "us-east-1";

/// The URL with its key masked.
impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, host) = self.endpoint.split_once("://").unwrap_or(("https", &self.endpoint));
        write!(f, "{scheme}://{}:***@{host}/{}?region={}", self.key_id, self.name, self.region)
    }
}

/// Reads `https://KEY_ID:KEY@HOST/BUCKET` or `…?region=REGION`. A mistake does not repeat the text,
/// which holds the key.
pub(super) fn read(text: &str) -> Result<Bucket, String> {
    let wrong = || {
        "not the URL of a bucket; give https://KEY_ID:KEY@HOST/BUCKET?region=REGION, with %2F for /, \
         %2B for + and %40 for @ in the key"
            .to_owned()
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    if !matches!(url.scheme(), "http" | "https") || url.fragment().is_some() {
        return Err(wrong());
    }
    if url.scheme() == "http" && !is_this_machine(host) {
        return Err("would send the shop's files in the clear; give https://".into());
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let name = url.path().trim_matches('/');
    let key = url.password().filter(|_| !url.username().is_empty()).ok_or_else(wrong)?;
    Ok(Bucket {
        endpoint: format!("{}://{host}{port}", url.scheme()),
        name: Some(name).filter(|name| is_name(name)).ok_or_else(wrong)?.to_owned(),
        region: region(&url).ok_or_else(wrong)?,
        key_id: plain(url.username()).ok_or_else(wrong)?,
        key: Secret::new(plain(key).ok_or_else(wrong)?),
    })
}

/// As stores name buckets: small letters, digits, dots and hyphens.
fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    (3..=63).contains(&name.len()) && name.bytes().all(fits)
}

/// `None` when something else stands behind the `?`.
fn region(url: &Url) -> Option<String> {
    let mut pairs = url.query_pairs();
    let region = match pairs.next() {
        None => USUAL_REGION.to_owned(),
        Some((name, value)) if name == "region" && !value.is_empty() => value.into_owned(),
        Some(_) => return None,
    };
    pairs.next().is_none().then_some(region)
}

fn plain(part: &str) -> Option<String> {
    Some(percent_decode_str(part).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_read_and_shown_without_its_key() {
        let bucket = read("https://AKID:a%2Fb%2Bc@s3.example:9000/wares?region=eu-1").unwrap();
        assert_eq!(bucket.endpoint, "https://s3.example:9000");
        assert_eq!((bucket.name.as_str(), bucket.region.as_str()), ("wares", "eu-1"));
        assert_eq!((bucket.key_id.as_str(), bucket.key.expose()), ("AKID", "a/b+c"));
        assert_eq!(bucket.to_string(), "https://AKID:***@s3.example:9000/wares?region=eu-1");
        assert_eq!(read("https://a:b@s3.example/wares").unwrap().region, USUAL_REGION);
        assert!(read("http://a:b@127.0.0.1:9000/wares").is_ok());
    }

    #[test]
    fn a_mistake_does_not_tell_the_key() {
        for text in [
            "wares",
            "s3://a:secret@wares",
            "https://s3.example/wares",
            "https://a:secret@s3.example",
            "https://a:secret@s3.example/Two Words",
            "https://a:secret@s3.example/wares/folder",
            "https://a:secret@s3.example/wares?area=eu-1",
            "https://a:secret@s3.example/wares?region=eu-1&x=y",
            "http://a:secret@s3.example/wares",
        ] {
            let mistake = read(text).unwrap_err();
            assert!(!mistake.contains("secret"), "{text}: {mistake}");
        }
    }
}

//! Pairs of names and values, as addresses and forms carry them.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use super::bounds;
use crate::error::{Error, Result};

/// How many pairs an address or a form may have.
const MOST_PAIRS: usize = 200;

/// What stands after the `?` of an address. A name may come several times.
#[derive(Debug, Default, Clone)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// # Errors
    /// `Malformed` for what is not UTF-8, holds a NUL, or has too many parts.
    pub fn parse(text: &str) -> Result<Self> {
        pairs(text.as_bytes()).map(Self)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(key, _)| *key == name).map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The fields of a posted form. Each has its name once; a missing one reads as empty.
#[derive(Debug, Default, Clone)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// # Errors
    /// `Malformed` as for [`Query`], and when a field is repeated.
    pub fn parse(body: &[u8]) -> Result<Self> {
        let pairs = pairs(body)?;
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        match names.windows(2).any(|pair| pair[0] == pair[1]) {
            true => Err(Error::Malformed("a field is repeated")),
            false => Ok(Self(pairs)),
        }
    }

    /// A form as if somebody had filled it in so.
    pub fn filled(fields: &[(&str, &str)]) -> Self {
        Self(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    /// The same form with these fields filled in so.
    pub fn with(&self, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        fields.into_iter().fold(self.clone(), |form, (name, value)| {
            let mut form = form.without(&name);
            form.0.push((name, value));
            form
        })
    }

    /// The same form without this field.
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(known, _)| known != name).cloned().collect())
    }

    /// What was typed, without the spaces around it.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A form that was sent as an address; a name may come several times there.
impl From<Query> for Form {
    fn from(query: Query) -> Self {
        Self(query.0)
    }
}

impl FromRequest for Form {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|error| bounds::why(&error))?;
            Ok(Self::parse(&body)?)
        })
    }
}

fn pairs(text: &[u8]) -> Result<Vec<(String, String)>> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(text)
        .take(MOST_PAIRS + 1)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    // The parser puts U+FFFD where bytes are no UTF-8, and nobody types that.
    let is_text = |text: &String| !text.contains(['\0', '\u{fffd}']);
    match pairs.iter().all(|(name, value)| is_text(name) && is_text(value)) {
        _ if pairs.len() > MOST_PAIRS => Err(Error::Malformed("too many fields")),
        true => Ok(pairs),
        false => Err(Error::Malformed("not UTF-8 text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_field_is_refused() {
        assert!(Form::parse(b"a=1&b=2").is_ok());
        assert!(matches!(Form::parse(b"a=1&b=2&a=1"), Err(Error::Malformed(_))));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bad in [&b"a=%ff"[..], b"%00=1", b"a=\xc3\x28"] {
            assert!(matches!(Form::parse(bad), Err(Error::Malformed(_))));
        }
    }

    #[test]
    fn an_address_may_name_a_thing_several_times() {
        let query = Query::parse("colour=oat&colour=sage&size=l").expect("it is well-formed");
        assert_eq!(query.all("colour").collect::<Vec<_>>(), ["oat", "sage"]);
    }
}

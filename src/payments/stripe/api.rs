//! The calls of Stripe's API, and what its refusals mean.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::payments::gateway::GatewayError;
use crate::payments::http::{Answer, Call, Http};

/// What our requests and what we read of the answers were written for. A newer one may take
/// parameters away: `endive` did so.
pub(super) const VERSION: &str = "2026-10-28.endive";

/// Name and value in a form or a query, in Stripe's way of nesting names.
pub(super) type Pair = (&'static str, String);

pub(super) struct Api(pub Http);

/// What came of a call that is no success.
#[derive(Debug)]
pub(super) enum Failure {
    Unknown(String),
    Refused(Refusal),
}

/// A refusal without its message, which may repeat what a shopper has typed.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The parameter that is to blame; empty for none.
    pub param: String,
    pub text: String,
}

impl From<Failure> for GatewayError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unknown(text) => Self::Unknown(text),
            Failure::Refused(refusal) => Self::Refused(refusal.text),
        }
    }
}

impl Api {
    pub fn get<T: DeserializeOwned>(&self, path: &str, query: &[Pair]) -> Result<T, Failure> {
        let path = match query.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", encoded(query)),
        };
        self.call(Call { method: "GET", path, headers: &[], body: ("", String::new()) })
    }

    /// Done once for each key, however often it is asked for. What has no key may be done twice.
    pub fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &[Pair],
        key: Option<&str>,
    ) -> Result<T, Failure> {
        let key: Vec<_> = key.map(|key| ("idempotency-key", key)).into_iter().collect();
        self.call(Call {
            method: "POST",
            path: path.to_owned(),
            headers: &key,
            body: ("application/x-www-form-urlencoded", encoded(form)),
        })
    }

    fn call<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Failure> {
        let headers = [call.headers, &[("stripe-version", VERSION)]].concat();
        let answer = self.0.call(&Call { headers: &headers, ..call }).map_err(Failure::Unknown)?;
        match answer.status {
            200..300 => T::deserialize(&answer.body)
                .map_err(|_| Failure::Unknown("an answer that cannot be read".into())),
            // Our key is to blame, the traffic, or Stripe: not what was asked for.
            401 | 403 | 409 | 429 => Err(Failure::Unknown(refusal(&answer).text)),
            400..500 => Err(Failure::Refused(refusal(&answer))),
            _ => Err(Failure::Unknown(refusal(&answer).text)),
        }
    }
}

fn encoded(form: &[Pair]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

impl Refusal {
    /// Of ours: it was not even asked.
    pub fn own(text: &str) -> Self {
        Self { param: String::new(), text: text.to_owned() }
    }
}

fn refusal(answer: &Answer) -> Refusal {
    let error = &answer.body["error"];
    let word = |name: &str| error[name].as_str().unwrap_or_default();
    let words = [word("type"), word("code"), word("param"), &answer.request_id];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Refusal {
        param: word("param").to_owned(),
        text: format!("Stripe answers {} {}", answer.status, words.join(" ")).trim_end().to_owned(),
    }
}

/// Part of a path, whatever is in it.
pub(super) fn segment(id: &str) -> String {
    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// One that Stripe has spelled out, or only named.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(untagged)]
pub(super) enum Expanded<T> {
    Whole(Box<T>),
    Id(String),
}

impl<T> Expanded<T> {
    pub fn whole(&self) -> Option<&T> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Id(_) => None,
        }
    }
}

/// A list, of which we never ask for a second page.
#[derive(Debug, serde::Deserialize)]
pub(super) struct List<T> {
    pub data: Vec<T>,
}

/// For calls whose answer does not matter.
pub(super) type Anything = Value;

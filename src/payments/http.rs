//! The one door to gateways on the net: calls that end soon and that bear being repeated.

use rand::RngExt as _;
use serde_json::Value;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{Request, Response};

use crate::config::Secret;

/// How long a gateway may take to let us in.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a call may take, with all its repeats: a shopper is waiting for some of them.
const PATIENCE: Duration = Duration::from_secs(10);
/// So often a call is made at most.
const TRIES: usize = 3;
/// More bytes than any gateway answers.
const LARGEST: u64 = 2 * 1024 * 1024;

/// A gateway's address, and who we are there.
pub(super) struct Http {
    agent: Agent,
    /// Without a slash at the end.
    base: String,
    authorization: Secret,
    patience: Duration,
}

/// A call. Whoever makes it takes care that it does no harm twice.
pub(super) struct Call<'a> {
    pub method: &'static str,
    /// With its query.
    pub path: String,
    pub headers: &'a [(&'static str, &'a str)],
    /// Media type and text; empty for none.
    pub body: (&'static str, String),
}

/// What a gateway said.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    /// What it calls this answer, for its support; empty for nothing.
    pub request_id: String,
    /// Whether asking once more may help, where the gateway knows.
    should_retry: Option<bool>,
    /// `Null` for what is no JSON.
    pub body: Value,
}

impl Http {
    pub fn new(base: &str, authorization: Secret) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("etalase/", env!("CARGO_PKG_VERSION")));
        Self {
            agent: config.build().new_agent(),
            base: base.to_owned(),
            authorization,
            patience: PATIENCE,
        }
    }

    /// Calls until there is a clear answer, within a few seconds and a few tries.
    ///
    /// # Errors
    /// Why there is none: it may have been done, or not.
    pub fn call(&self, call: &Call<'_>) -> Result<Answer, String> {
        let end = Instant::now() + self.patience;
        let mut tries = 1;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let answer = self.call_once(call, left);
            let pause = Duration::from_millis(
                rand::rng().random_range(500 << (tries - 1)..=1_000 << (tries - 1)),
            );
            if tries == TRIES || is_clear(&answer) || Instant::now() + 2 * pause > end {
                return answer;
            }
            std::thread::sleep(pause);
            tries += 1;
        }
    }

    fn call_once(&self, call: &Call<'_>, left: Duration) -> Result<Answer, String> {
        let (kind, body) = &call.body;
        let mut request = Request::builder()
            .method(call.method)
            .uri(format!("{}{}", self.base, call.path))
            .header("authorization", self.authorization.expose())
            .header("accept", "application/json");
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header("content-type", *kind);
        }
        // The text of a mistake may hold the header that was wrong.
        let request = request.body(body.as_str()).map_err(|_| "it cannot be asked".to_owned())?;
        let request = self.agent.configure_request(request).timeout_global(Some(left)).build();
        let answer = self.agent.run(request).map_err(|error| error.to_string())?;
        read(answer).map_err(|error| error.to_string())
    }
}

/// Whether there is nothing to be gained by asking once more.
fn is_clear(answer: &Result<Answer, String>) -> bool {
    match answer {
        Err(_) => false,
        Ok(Answer { should_retry: Some(should_retry), .. }) => !should_retry,
        // Somebody else asks the same right now; too much is asked; it is broken.
        Ok(answer) => !matches!(answer.status, 409 | 429 | 500..),
    }
}

fn read(answer: Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let header = |name| {
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (status, request_id) = (answer.status().as_u16(), header("request-id"));
    let should_retry = match header("stripe-should-retry").as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let body = answer.into_body().into_with_config().limit(LARGEST).read_to_vec()?;
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Ok(Answer { status, request_id, should_retry, body })
}

//! Files in a bucket: `object_store` says what to ask, and the client that asks gateways asks it here too.

use async_trait::async_trait;
use http_body_util::{BodyExt, Full};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use std::time::Duration;
use ureq::Agent;

use crate::config::Bucket;

/// How long the store may take to let us in.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a file may be on its way.
const PATIENCE: Duration = Duration::from_secs(20);
/// So often a call is repeated at most, within so long.
const REPEATS: usize = 3;
const REPEATED_FOR: Duration = Duration::from_secs(30);
/// More bytes than any file has.
const LARGEST: u64 = 64 * 1024 * 1024;

pub(super) fn open(bucket: &Bucket) -> object_store::Result<AmazonS3> {
    AmazonS3Builder::new()
        .with_endpoint(&bucket.endpoint)
        .with_allow_http(bucket.endpoint.starts_with("http://"))
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(bucket.key.expose())
        .with_retry(RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: REPEATS,
            retry_timeout: REPEATED_FOR,
        })
        .with_http_connector(Connector)
        .build()
}

#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("etalase/", env!("CARGO_PKG_VERSION")));
        Ok(HttpClient::new(Calls(config.build().new_agent())))
    }
}

#[derive(Debug)]
struct Calls(Agent);

#[async_trait]
impl HttpService for Calls {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = self.0.clone();
        let call = move || {
            let answer = agent.run(ureq::http::Request::from_parts(head, &body[..]))?;
            let (head, mut body) = answer.into_parts();
            let bytes = body.with_config().limit(LARGEST).read_to_vec()?;
            Ok(HttpResponse::from_parts(head, whole(bytes)))
        };
        let answer = tokio::task::spawn_blocking(call).await;
        answer.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?.map_err(failed)
    }
}

fn whole(bytes: Vec<u8>) -> HttpResponseBody {
    HttpResponseBody::new(Full::from(bytes).map_err(|never| match never {}))
}

fn failed(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}

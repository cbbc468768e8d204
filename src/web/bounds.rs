//! What a client may ask of the server at most, before anybody looks at what it wants: how long an
//! address is, and how long a form or a file may take to come.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use futures_util::StreamExt;
use std::io::{Error as IoError, ErrorKind};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

use super::shop::Shop;
use crate::config::Patience;
use crate::error::{Error, Result};

/// Every browser, proxy and search engine can do with that.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// Refuses an address that is too long, and cuts off a body that takes too long.
pub async fn keep(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > LONGEST_ADDRESS {
        return Ok(request.error_response(Error::TooLong));
    }
    // No address of ours holds one, and PostgreSQL does not even look for it.
    if request.path().contains("%00") {
        return Ok(request.error_response(Error::NotFound));
    }
    let patience = request.app_data::<web::Data<Shop>>().map(|shop| shop.patience);
    let deadline = Instant::now() + allowed(&request, patience.unwrap_or_default());
    let body = request.take_payload();
    request.set_payload(until(body, deadline));
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn allowed(request: &ServiceRequest, patience: Patience) -> Duration {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    // Whoever is not of the staff is refused before anything is read.
    let is_of_staff = request.path().contains("/admin/");
    match kind.is_some_and(|kind| kind.starts_with("multipart/")) {
        true if is_of_staff => patience.pictures,
        true => patience.upload,
        false => patience.form,
    }
}

/// What has not come by the deadline never comes.
fn until(body: Payload, deadline: Instant) -> Payload {
    if matches!(body, Payload::None) {
        return body;
    }
    let parts = futures_util::stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        match timeout_at(deadline, body.next()).await {
            Ok(Some(part)) => Some((part, Some(body))),
            Ok(None) => None,
            Err(_) => Some((Err(too_slow()), None)),
        }
    });
    // Whoever asks once more after the end is told of the end again.
    Payload::Stream { payload: Box::pin(parts.fuse()) }
}

fn too_slow() -> PayloadError {
    PayloadError::Io(IoError::from(ErrorKind::TimedOut))
}

/// Why a body did not come whole.
pub fn why(error: &actix_web::Error) -> Error {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut => Error::TooSlow,
        Some(PayloadError::Overflow) => Error::TooLarge,
        _ => Error::Malformed("a body that is not whole"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_body_that_is_over_stays_over() {
        let never: Payload = Payload::Stream { payload: Box::pin(futures_util::stream::pending()) };
        let mut body = until(never, Instant::now());
        assert!(matches!(body.next().await, Some(Err(_))), "its time is over");
        for _ in 0..3 {
            assert!(body.next().await.is_none());
        }
    }
}

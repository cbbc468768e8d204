//! Nobody keeps the shop busy alone.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web;

use super::client::Client;
use super::shop::Shop;
use super::visit::now;
use crate::limits::Limit;

/// Refuses more requests from an address than any visitor needs, before they cost anything. Gateways
/// have much to tell from few addresses: of their notices only those count that are not genuine.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let shop = request.app_data::<web::Data<Shop>>().filter(|_| !is_notice(&request));
    let passed = shop
        .map_or(Ok(()), |shop| shop.limits.pass(Limit::Everything, Client::of(&request), now()));
    match passed {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(error) => Ok(request.error_response(error)),
    }
}

fn is_notice(request: &ServiceRequest) -> bool {
    let (path, is_post) = (request.path(), request.method() == Method::POST);
    is_post && path.starts_with("/payments/") && path.ends_with("/notices")
}

//! Packs pages for the way: a phone on a slow network waits for bytes, not for our processor.
//!
//! In place, at the fastest level: a trip to another thread costs as much as the packing.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, AcceptEncoding, Encoding, Header, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use flate2::{Compress, CompressError, Compression, FlushCompress, Status};
use std::cell::RefCell;

/// What is shorter fits into one packet anyway.
const SHORT: usize = 1_200;

/// Packs text with gzip for those who accept it. Files of `static/` come packed already.
pub async fn pack(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let accepts = accepts_gzip(&request);
    let mut answer = next.call(request).await?.map_into_boxed_body();
    if !is_plain_text(answer.headers()) {
        return Ok(answer);
    }
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(match accepts {
        true => answer.map_body(|head, body| packed(&mut head.headers, body)),
        false => answer,
    })
}

fn accepts_gzip(request: &ServiceRequest) -> bool {
    let ours = [Encoding::gzip(), Encoding::identity()];
    let theirs = AcceptEncoding::parse(request).ok();
    theirs.and_then(|accept| accept.negotiate(ours.iter())) == Some(Encoding::gzip())
}

fn is_plain_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_text = |kind: &str| {
        ["text/", "application/xml", "application/json", "application/manifest+json"]
            .iter()
            .any(|text| kind.starts_with(text))
    };
    kind.is_some_and(is_text) && !headers.contains_key(header::CONTENT_ENCODING)
}

/// The body as it was, if it is short or comes in pieces.
fn packed(headers: &mut HeaderMap, body: BoxBody) -> BoxBody {
    let bytes = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        Err(body) => return body,
    };
    if bytes.len() < SHORT {
        return BoxBody::new(bytes);
    }
    match gzip(&bytes) {
        Ok(small) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            BoxBody::new(small)
        }
        Err(_) => BoxBody::new(bytes),
    }
}

thread_local! {
    /// Its tables are a quarter of a megabyte: cleared for each page, not made.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::fast(), 15));
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, CompressError> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut small = Vec::with_capacity(bytes.len() / 4);
        let mut rest = bytes;
        loop {
            let before = packer.total_in();
            if packer.compress_vec(rest, &mut small, FlushCompress::Finish)? == Status::StreamEnd {
                return Ok(small);
            }
            let taken = usize::try_from(packer.total_in() - before).unwrap_or(rest.len());
            rest = &rest[taken..];
            small.reserve(bytes.len());
        }
    })
}

//! Takes a file in, piece by piece, and stops where the limits are.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt, TryStreamExt};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::model::UploadMistake;
use crate::error::{Error, Result};
use crate::web::bounds;

/// The largest file.
const MOST_BYTES: usize = 10 << 20;
/// The largest request: what is a little too large is read to its end, so that the browser gets to
/// see the page that says so.
const MOST_BYTES_IN_ALL: usize = 20 << 20;
/// Our forms have two fields.
const MOST_FIELDS: usize = 8;

/// What all files that are being taken in may hold of the memory together.
static ROOM: Semaphore = Semaphore::const_new(128 << 20);

/// A file in memory, as it was sent.
pub struct Upload {
    pub(super) bytes: Vec<u8>,
    /// Given back with the bytes.
    room: SemaphorePermit<'static>,
}

/// Reads the file in the field `name` of a form with files.
///
/// # Errors
/// `TooLarge` for a request of more than 20 MiB, before it is read where it says so itself; `Busy`
/// when too many files are taken in already; `TooSlow`; `Malformed` for what no browser sends.
pub async fn receive(
    request: &HttpRequest,
    payload: Payload,
    name: &str,
) -> Result<Result<Upload, UploadMistake>> {
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let declared = declared.and_then(|length| length.parse::<usize>().ok());
    if declared.is_some_and(|length| length > MOST_BYTES_IN_ALL) {
        return Err(Error::TooLarge);
    }
    let form = Multipart::new(request.headers(), counted(payload));
    Ok(read_form(form, name).await?.unwrap_or(Err(UploadMistake::Missing)))
}

fn counted(payload: Payload) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let mut left = MOST_BYTES_IN_ALL;
    // The reader of forms asks once more after the end.
    payload.fuse().map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    })
}

/// The file, and of the rest nothing.
async fn read_form(
    mut form: Multipart,
    name: &str,
) -> Result<Option<Result<Upload, UploadMistake>>> {
    let mut file = None;
    let mut fields = 0;
    while let Some(mut field) = form.try_next().await.map_err(refused)? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(Error::Malformed("too many fields"));
        }
        match field.name() == Some(name) && file.is_none() {
            true => file = Some(read_file(&mut field).await?),
            false => while field.try_next().await.map_err(refused)?.is_some() {},
        }
    }
    Ok(file)
}

async fn read_file(field: &mut Field) -> Result<Result<Upload, UploadMistake>> {
    let mut file = Some(Upload { bytes: Vec::new(), room: room_for(0)? });
    while let Some(chunk) = field.try_next().await.map_err(refused)? {
        file = file.filter(|file| file.bytes.len() + chunk.len() <= MOST_BYTES);
        if let Some(file) = &mut file {
            file.room.merge(room_for(chunk.len())?);
            file.bytes.extend_from_slice(&chunk);
        }
    }
    Ok(match file {
        None => Err(UploadMistake::TooLarge),
        Some(file) if file.bytes.is_empty() => Err(UploadMistake::Missing),
        Some(file) => Ok(file),
    })
}

fn room_for(bytes: usize) -> Result<SemaphorePermit<'static>> {
    let bytes = u32::try_from(bytes).map_err(|_| Error::TooLarge)?;
    ROOM.try_acquire_many(bytes).map_err(|_| Error::Busy)
}

fn refused(error: MultipartError) -> Error {
    match error {
        MultipartError::Payload(error) => bounds::why(&error.into()),
        _ => Error::Malformed("not a form with a file"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use actix_web::FromRequest;
    use actix_web::test::TestRequest;

    /// What becomes of a form with so many bytes of a file, of which nothing is said before.
    async fn of(bytes: usize) -> Result<Result<usize, UploadMistake>> {
        let head = b"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
        let body = [&head[..], &vec![0; bytes], b"\r\n--x--\r\n"].concat();
        let form = ("content-type", "multipart/form-data; boundary=x");
        let request = TestRequest::post().insert_header(form).set_payload(body);
        let (request, mut payload) = request.to_http_parts();
        let payload = Payload::from_request(&request, &mut payload).await.unwrap();
        Ok(receive(&request, payload, "file").await?.map(|upload| upload.bytes.len()))
    }

    #[actix_web::test]
    async fn a_file_is_taken_up_to_its_limit_and_read_up_to_that_of_all() {
        assert_eq!(of(0).await.unwrap(), Err(UploadMistake::Missing));
        assert_eq!(of(MOST_BYTES).await.unwrap(), Ok(MOST_BYTES));
        assert_eq!(of(MOST_BYTES + 1).await.unwrap(), Err(UploadMistake::TooLarge));
        assert!(matches!(of(MOST_BYTES_IN_ALL).await, Err(Error::TooLarge)));
    }
}

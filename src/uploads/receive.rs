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

/// How much is taken.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Bytes of a file.
    pub file: usize,
    /// Bytes of the whole request: what is a little too large is read to its end, so that the browser
    /// gets to see the page that says so.
    pub all: usize,
    /// How many fields a form may have.
    pub fields: usize,
}

/// A picture of a shopper's.
const ONE: Most = Most { file: 10 << 20, all: 20 << 20, fields: 8 };

/// What all files that are being taken in may hold of the memory together.
static ROOM: Semaphore = Semaphore::const_new(128 << 20);

/// A file in memory, as it was sent.
pub struct Upload {
    pub(super) bytes: Vec<u8>,
    /// Given back with the bytes.
    room: SemaphorePermit<'static>,
}

impl Upload {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes themselves; their room is held until the upload is dropped.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

/// What came in a field for files.
pub struct Sent {
    /// What the sender calls it, for messages alone; empty when she does not say.
    pub name: String,
    pub file: Result<Upload, UploadMistake>,
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
    let mut first = None;
    let take = async |sent: Sent| {
        first.get_or_insert(sent.file);
        Ok(())
    };
    receive_each(request, payload, (name, ONE), take).await?;
    Ok(first.unwrap_or(Err(UploadMistake::Missing)))
}

/// Hands over the files in the fields `name` one by one, as they come: no more than one is in memory.
///
/// # Errors
/// As [`receive`], and those of `take`.
pub async fn receive_each(
    request: &HttpRequest,
    payload: Payload,
    (name, most): (&str, Most),
    mut take: impl AsyncFnMut(Sent) -> Result<()>,
) -> Result<()> {
    refuse_larger(request, most)?;
    let mut form = Multipart::new(request.headers(), counted(payload, most.all));
    let mut fields = 0;
    while let Some(mut field) = form.try_next().await.map_err(refused)? {
        fields += 1;
        if fields > most.fields {
            return Err(Error::Malformed("too many fields"));
        }
        match field.name() == Some(name) {
            true => take(read_file(&mut field, most.file).await?).await?,
            false => while field.try_next().await.map_err(refused)?.is_some() {},
        }
    }
    Ok(())
}

/// Hands over the file in the field `name` piece by piece, as it comes: none of it stays in memory.
/// What the sender calls it; `None` when none was sent.
///
/// # Errors
/// As [`receive`], with limits of its own, and those of `take`.
pub async fn receive_pieces(
    request: &HttpRequest,
    payload: Payload,
    (name, most): (&str, Most),
    mut take: impl AsyncFnMut(&[u8]) -> Result<()>,
) -> Result<Option<String>> {
    refuse_larger(request, most)?;
    let mut form = Multipart::new(request.headers(), counted(payload, most.all));
    let mut called = None;
    while let Some(mut field) = form.try_next().await.map_err(refused)? {
        let is_it = field.name() == Some(name) && called.is_none();
        let file_name = field.content_disposition().and_then(|said| said.get_filename());
        let file_name = file_name.unwrap_or_default().to_owned();
        while let Some(chunk) = field.try_next().await.map_err(refused)? {
            if is_it {
                take(&chunk).await?;
                called = Some(file_name.clone());
            }
        }
    }
    Ok(called)
}

fn refuse_larger(request: &HttpRequest, most: Most) -> Result<()> {
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let declared = declared.and_then(|length| length.parse::<usize>().ok());
    match declared.is_some_and(|length| length > most.all) {
        true => Err(Error::TooLarge),
        false => Ok(()),
    }
}

fn counted(payload: Payload, most: usize) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let mut left = most;
    // The reader of forms asks once more after the end.
    payload.fuse().map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    })
}

async fn read_file(field: &mut Field, most: usize) -> Result<Sent> {
    let name = field.content_disposition().and_then(|said| said.get_filename());
    let name = name.unwrap_or_default().to_owned();
    let mut file = Some(Upload { bytes: Vec::new(), room: room_for(0)? });
    while let Some(chunk) = field.try_next().await.map_err(refused)? {
        file = file.filter(|file| file.bytes.len() + chunk.len() <= most);
        if let Some(file) = &mut file {
            file.room.merge(room_for(chunk.len())?);
            file.bytes.extend_from_slice(&chunk);
        }
    }
    let file = match file {
        None => Err(UploadMistake::TooLarge),
        Some(file) if file.bytes.is_empty() => Err(UploadMistake::Missing),
        Some(file) => Ok(file),
    };
    Ok(Sent { name, file })
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
        assert_eq!(of(ONE.file).await.unwrap(), Ok(ONE.file));
        assert_eq!(of(ONE.file + 1).await.unwrap(), Err(UploadMistake::TooLarge));
        assert!(matches!(of(ONE.all).await, Err(Error::TooLarge)));
    }
}

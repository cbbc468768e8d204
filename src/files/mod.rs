//! Where files are kept that are too large for the database: a folder of the data directory, or a bucket
//! of a store that speaks S3 (`bucket.rs`). Owns no table. A file has a name such as
//! `originals/mug-3f2a9c1b.jpg`, is written once, whole, and never changed; when [`Files::keep`] returns,
//! it is on disk, or in the store.

mod bucket;

use actix_web::web::Bytes;
use chrono::NaiveDateTime;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error as StoreError, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt};
use std::future::ready;
use std::sync::Arc;

use crate::config::Settings;
use crate::error::{Error, Result};

/// The files of a shop. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// # Errors
    /// `Internal` when the folder can be neither found nor made. A store is not asked yet.
    pub fn open(settings: &Settings) -> Result<Self> {
        match &settings.files {
            Some(bucket) => Ok(Self(Arc::new(bucket::open(bucket).map_err(failed)?))),
            None => Self::in_folder(&settings.data_dir.join("media")),
        }
    }

    /// Keeps them in this folder, which is made where there is none.
    pub(crate) fn in_folder(folder: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::internal(format!("{}: {error}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// Writes a file; one of the same name is replaced.
    ///
    /// # Errors
    /// `Internal` when it cannot be written: then nothing of it is there.
    pub async fn keep(&self, name: &str, bytes: impl Into<Bytes>) -> Result<()> {
        self.0.put(&path(name)?, bytes.into().into()).await.map(|_| ()).map_err(failed)
    }

    /// # Errors
    /// `Internal` when it cannot be read, which is not the same as that there is none.
    pub async fn find(&self, name: &str) -> Result<Option<Bytes>> {
        match self.0.get(&path(name)?).await {
            Ok(file) => file.bytes().await.map(Some).map_err(failed),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Begins a file that comes in pieces.
    ///
    /// # Errors
    /// `Internal` when it cannot be written.
    pub async fn begin(&self, name: &str) -> Result<Writing> {
        let upload = self.0.put_multipart(&path(name)?).await.map_err(failed)?;
        Ok(Writing { upload, piece: Vec::new(), size: 0 })
    }

    /// At most so many bytes of a file, from one on; fewer at its end, none behind it.
    ///
    /// # Errors
    /// `Internal` when there is no such file, or it cannot be read.
    pub async fn part(&self, name: &str, from: u64, most: u64) -> Result<Bytes> {
        let path = path(name)?;
        let size = self.0.head(&path).await.map_err(failed)?.size;
        let range = from.min(size)..from.saturating_add(most).min(size);
        match range.is_empty() {
            true => Ok(Bytes::new()),
            false => self.0.get_range(&path, range).await.map_err(failed),
        }
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// `Internal` when it cannot be removed.
    pub async fn remove(&self, name: &str) -> Result<()> {
        match self.0.delete(&path(name)?).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The names of all files in a folder that were written before an instant, so many at once.
    ///
    /// # Errors
    /// `Internal` when they cannot be listed.
    pub fn written_before(
        &self,
        folder: &str,
        instant: NaiveDateTime,
        most: usize,
    ) -> Result<BoxStream<'static, Result<Vec<String>>>> {
        let files = self.0.list(Some(&path(folder)?));
        let is_old = move |file: &ObjectMeta| file.last_modified.naive_utc() < instant;
        let old = files.try_filter(move |file| ready(is_old(file)));
        let names = old.map_ok(|file| file.location.to_string()).map_err(failed);
        Ok(names.try_chunks(most).map_err(|error| error.1).boxed())
    }
}

/// A file that comes in pieces; nobody sees it before it is whole. One that is dropped was never there.
pub struct Writing {
    upload: Box<dyn MultipartUpload>,
    piece: Vec<u8>,
    size: u64,
}

/// What stores that are not a folder take as a piece (5 MiB at least).
const PIECE: usize = 5 << 20;

impl Writing {
    /// # Errors
    /// `Internal` when it cannot be written.
    pub async fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        self.piece.extend_from_slice(bytes);
        match self.piece.len() >= PIECE {
            true => self.flush().await,
            false => Ok(()),
        }
    }

    async fn flush(&mut self) -> Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.upload.put_part(piece.into()).await.map_err(failed)
    }

    /// Puts the file in its place; how many bytes it has.
    ///
    /// # Errors
    /// `Internal` when it cannot be written: then nothing of it is there.
    pub async fn end(mut self) -> Result<u64> {
        self.flush().await?;
        self.upload.complete().await.map_err(failed)?;
        Ok(self.size)
    }
}

fn path(name: &str) -> Result<Path> {
    Path::parse(name).map_err(|error| Error::internal(error.to_string()))
}

fn failed(error: StoreError) -> Error {
    Error::internal(format!("the store of files: {error}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, Utc};

    fn files(folder: &std::path::Path) -> Files {
        Files(Arc::new(LocalFileSystem::new_with_prefix(folder).unwrap().with_fsync(true)))
    }

    #[actix_web::test]
    async fn a_file_is_kept_found_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        assert_eq!(files.find("a/b.txt").await.unwrap(), None);
        files.keep("a/b.txt", "one").await.unwrap();
        files.keep("a/b.txt", "two").await.unwrap();
        assert_eq!(files.find("a/b.txt").await.unwrap().unwrap(), "two");
        files.remove("a/b.txt").await.unwrap();
        files.remove("a/b.txt").await.unwrap();
        assert_eq!(files.find("a/b.txt").await.unwrap(), None);
    }

    #[actix_web::test]
    async fn a_file_that_comes_in_pieces_is_read_in_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let mut writing = files.begin("a/large").await.unwrap();
        writing.add(b"one ").await.unwrap();
        writing.add(b"two").await.unwrap();
        assert_eq!(files.find("a/large").await.unwrap(), None, "it is not whole");
        assert_eq!(writing.end().await.unwrap(), 7);
        assert_eq!(files.part("a/large", 0, 3).await.unwrap(), "one");
        assert_eq!(files.part("a/large", 4, 100).await.unwrap(), "two");
        assert!(files.part("a/large", 7, 10).await.unwrap().is_empty());
        drop(files.begin("a/never").await.unwrap());
        assert_eq!(files.find("a/never").await.unwrap(), None);
    }

    #[actix_web::test]
    async fn files_are_looked_through_by_their_age() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        for name in ["a/1", "a/2", "a/3", "b/4"] {
            files.keep(name, name.to_owned()).await.unwrap();
        }
        let now = Utc::now().naive_utc();
        for (before, found) in [(now - TimeDelta::hours(1), 0), (now + TimeDelta::hours(1), 3)] {
            let batches = files.written_before("a", before, 2).unwrap();
            let batches: Vec<Vec<String>> = batches.try_collect().await.unwrap();
            assert!(batches.iter().all(|names| names.len() <= 2));
            let seen = batches.concat();
            assert_eq!(seen.len(), found, "{seen:?}");
        }
    }

    #[actix_web::test]
    async fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        let files = {
            std::fs::create_dir(folder.path().join("media")).unwrap();
            files(&folder.path().join("media"))
        };
        for name in ["../secret", "a/../../secret"] {
            assert!(files.find(name).await.is_err(), "{name}");
        }
    }
}

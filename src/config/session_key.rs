//! The key that encrypts session cookies: made on first start, kept in the data directory.
//!
//! Whoever reads it can sign in as anybody, so a file that others may read is refused rather than
//! repaired: it may have been read already, and only the operator can tell.

use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rand::TryRng;
use rand::rngs::SysRng;

const SIZE: usize = 64;

/// 64 random bytes. Prints as `***`.
#[derive(Clone)]
pub struct SessionKey([u8; SIZE]);

impl SessionKey {
    /// The bytes, for `actix_web::cookie::Key::from`.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Why there is no session key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others may have read the key.
    #[error(
        "{0} can be read or changed by others (mode {1:03o}): run `chmod 600` on it, and delete it \
         if somebody may have read it (everyone is then signed out)"
    )]
    Open(PathBuf, u32),
    /// The file was cut, grown or replaced.
    #[error("{0} does not hold {SIZE} bytes: restore it, or delete it to sign everyone out")]
    Size(PathBuf),
    /// The disk said no.
    #[error("cannot use {0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// The operating system gave no random bytes.
    #[error("the operating system gives no random bytes: {0}")]
    Random(#[source] rand::rngs::SysError),
}

/// Reads `session.key` in `data_dir`; makes folder and key, readable by their owner only, when they
/// are missing. Processes that start at the same moment end with the same key.
///
/// # Errors
/// When the file is readable by others, has the wrong size, or cannot be read or written.
pub fn session_key(data_dir: &Path) -> Result<SessionKey, KeyError> {
    let path = data_dir.join("session.key");
    match read(&path) {
        Err(KeyError::Io(_, error)) if error.kind() == io::ErrorKind::NotFound => {
            make(&path, data_dir)?;
            read(&path)
        }
        answer => answer,
    }
}

fn read(path: &Path) -> Result<SessionKey, KeyError> {
    let failed = |error| KeyError::Io(path.into(), error);
    let file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Open(path.into(), mode));
    }
    // One byte more than wanted is enough to see that the file is too long.
    let mut bytes = Vec::with_capacity(SIZE + 1);
    file.take(SIZE as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    let key = bytes.try_into().map_err(|_| KeyError::Size(path.into()))?;
    Ok(SessionKey(key))
}

/// Writes a whole key under a name of its own, then gives it the final name, which the file system
/// does for one process only. The losers keep the winner's key.
fn make(path: &Path, data_dir: &Path) -> Result<(), KeyError> {
    let failed = |error| KeyError::Io(path.into(), error);
    let mut key = [0; SIZE];
    SysRng.try_fill_bytes(&mut key).map_err(KeyError::Random)?;
    DirBuilder::new().recursive(true).mode(0o700).create(data_dir).map_err(failed)?;
    let draft = data_dir.join(format!("session.key.{:016x}", rand::random::<u64>()));
    let linked = write_private(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed(error)),
        _ => removed.and_then(|()| File::open(data_dir)?.sync_all()).map_err(failed),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_first_start_makes_a_key_that_later_starts_find() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("a/b");
        let first = session_key(&data_dir).unwrap();
        assert_ne!(first.as_bytes(), [0; SIZE]);
        assert_eq!(session_key(&data_dir).unwrap().as_bytes(), first.as_bytes());
        assert_eq!(mode(&data_dir.join("session.key")), 0o600);
        assert_eq!(mode(&data_dir), 0o700);
        assert_eq!(fs::read_dir(&data_dir).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn processes_that_start_together_end_with_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(16);
        let begin = || {
            start.wait();
            session_key(folder.path()).unwrap()
        };
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(begin)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| key.as_bytes() == keys[0].as_bytes()));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        session_key(folder.path()).unwrap();
        let path = folder.path().join("session.key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = session_key(folder.path()).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
        assert_eq!(mode(&path), 0o640, "left for the operator to judge");
    }

    #[test]
    fn a_key_of_the_wrong_size_is_refused() {
        for size in [0, SIZE - 1, SIZE + 1] {
            let folder = tempfile::tempdir().unwrap();
            write_private(&folder.path().join("session.key"), &vec![7; size]).unwrap();
            assert!(matches!(session_key(folder.path()), Err(KeyError::Size(_))), "{size}");
        }
    }

    #[test]
    fn a_key_does_not_print() {
        assert_eq!(format!("{:?}", SessionKey([7; SIZE])), "***");
    }
}

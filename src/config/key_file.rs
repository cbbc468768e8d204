//! Files that hold keys: made on first start, readable by their owner only.
//!
//! Whoever reads one can sign in as anybody, so a file that others may read is refused rather than
//! repaired: it may have been read already, and only the operator can tell.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rand::TryRng;
use rand::rngs::SysRng;

/// Bytes of every key.
pub(super) const SIZE: usize = 64;

/// One random key.
pub(super) type Bytes = [u8; SIZE];

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others may have read the key.
    #[error(
        "{0} can be read or changed by others (mode {1:03o}): run `chmod 600` on it; if somebody \
         may have read it, docs/keys.md says what to do"
    )]
    Open(PathBuf, u32),
    /// The file was cut, grown or replaced.
    #[error(
        "{0} does not hold keys of {SIZE} bytes: restore it; docs/keys.md says what is lost without it"
    )]
    Size(PathBuf),
    /// The disk said no.
    #[error("cannot use {0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// The operating system gave no random bytes.
    #[error("the operating system gives no random bytes: {0}")]
    Random(#[source] rand::rngs::SysError),
}

/// The keys in a file; makes folder and file, with one key, when they are missing. Processes that
/// start at the same moment end with the same key.
///
/// # Errors
/// When the file is readable by others, does not hold one to `most` keys, or cannot be used.
pub(super) fn read_or_make(path: &Path, most: usize) -> Result<Vec<Bytes>, KeyError> {
    match read(path, most) {
        Err(KeyError::Io(_, error)) if error.kind() == io::ErrorKind::NotFound => {
            make(path)?;
            read(path, most)
        }
        answer => answer,
    }
}

/// Puts other keys into a file: whoever reads it meanwhile reads all of the old or all of the new.
///
/// # Errors
/// `Io` when the disk says no; the file is then as it was.
pub(super) fn replace(path: &Path, keys: &[Bytes]) -> Result<(), KeyError> {
    let draft = draft_of(path);
    write_private(&draft, &keys.concat())
        .and_then(|()| fs::rename(&draft, path))
        .and_then(|()| sync_folder(path))
        .map_err(|error| KeyError::Io(path.into(), error))
}

/// A new key, from the operating system.
///
/// # Errors
/// `Random` when it has none to give.
pub(super) fn random() -> Result<Bytes, KeyError> {
    let mut key = [0; SIZE];
    SysRng.try_fill_bytes(&mut key).map_err(KeyError::Random)?;
    Ok(key)
}

fn read(path: &Path, most: usize) -> Result<Vec<Bytes>, KeyError> {
    let failed = |error| KeyError::Io(path.into(), error);
    let file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Open(path.into(), mode));
    }
    // One byte more than wanted is enough to see that the file is too long.
    let mut bytes = Vec::with_capacity(most * SIZE + 1);
    file.take((most * SIZE) as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.as_chunks::<SIZE>() {
        (keys, []) if (1..=most).contains(&keys.len()) => Ok(keys.to_vec()),
        _ => Err(KeyError::Size(path.into())),
    }
}

/// Writes a whole key under a name of its own, then gives it the final name, which the file system
/// does for one process only. The losers keep the winner's key.
fn make(path: &Path) -> Result<(), KeyError> {
    let failed = |error| KeyError::Io(path.into(), error);
    let key = random()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    let draft = draft_of(path);
    let linked = write_private(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed(error)),
        _ => removed.and_then(|()| sync_folder(path)).map_err(failed),
    }
}

fn draft_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{:016x}", rand::random::<u64>()));
    name.into()
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
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
        let path = folder.path().join("a/b/some.key");
        let first = read_or_make(&path, 1).unwrap();
        assert_ne!(first, [[0; SIZE]]);
        assert_eq!(read_or_make(&path, 1).unwrap(), first);
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn processes_that_start_together_end_with_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.key");
        let start = std::sync::Barrier::new(16);
        let begin = || {
            start.wait();
            read_or_make(&path, 1).unwrap()
        };
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(begin)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.key");
        read_or_make(&path, 1).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = read_or_make(&path, 1).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
        assert_eq!(mode(&path), 0o640, "left for the operator to judge");
    }

    #[test]
    fn keys_of_the_wrong_size_are_refused() {
        for size in [0, SIZE - 1, SIZE + 1, 2 * SIZE + 1, 3 * SIZE] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("some.key");
            write_private(&path, &vec![7; size]).unwrap();
            assert!(matches!(read_or_make(&path, 2), Err(KeyError::Size(_))), "{size}");
        }
    }

    #[test]
    fn replaced_keys_are_private_and_leave_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.key");
        read_or_make(&path, 2).unwrap();
        replace(&path, &[[1; SIZE], [2; SIZE]]).unwrap();
        assert_eq!(read_or_make(&path, 2).unwrap(), [[1; SIZE], [2; SIZE]]);
        assert_eq!(mode(&path), 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

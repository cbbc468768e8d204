//! What required, optional, unknown and repeated mean, and where a mistake is.

use std::fmt;

use super::json::Json;
use crate::pricing::{Code, Instant, Refusal, Text, Whole};

type Result<T> = std::result::Result<T, Refusal>;

/// Where a value stands: `lines[0].quantity`. Only written out when there is a mistake to name.
pub(super) enum Path<'p> {
    Root,
    Key(&'p Self, &'p str),
    Entry(&'p Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Entry(parent, position) => write!(f, "{parent}[{position}]"),
        }
    }
}

/// Something that can be read from a value at a path.
pub(super) trait Read: Sized {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self>;
}

/// The fields of an object, all known and none repeated.
pub(super) struct Fields<'f> {
    entries: &'f [(std::borrow::Cow<'f, str>, Json<'f>)],
    path: &'f Path<'f>,
}

impl<'f> Fields<'f> {
    /// Opens an object that may have these keys.
    pub fn open(json: &'f Json<'f>, path: &'f Path<'f>, known: &[&str]) -> Result<Self> {
        let fields = Self::of(json, path)?;
        for (position, (key, _)) in fields.entries.iter().enumerate() {
            let mistake = |message| Err(Refusal::invalid(Path::Key(path, key), message));
            if !known.contains(&key.as_ref()) {
                return mistake("unknown key");
            }
            if fields.entries[..position].iter().any(|(earlier, _)| earlier == key) {
                return mistake("repeated key");
            }
        }
        Ok(fields)
    }

    /// An object's `kind`, which decides about its other keys.
    pub fn kind(json: &'f Json<'f>, path: &'f Path<'f>) -> Result<&'f str> {
        let fields = Self::of(json, path)?;
        match fields.find("kind") {
            Some(Json::Text(kind)) => Ok(kind),
            _ => Err(Refusal::invalid(Path::Key(path, "kind"), "must be a text")),
        }
    }

    /// The mistake of a `kind` that there is not.
    pub fn unknown_kind<T>(path: &Path<'_>) -> Result<T> {
        Err(Refusal::invalid(Path::Key(path, "kind"), "there is no such kind here"))
    }

    fn of(json: &'f Json<'f>, path: &'f Path<'f>) -> Result<Self> {
        match json {
            Json::Object(entries) => Ok(Self { entries, path }),
            _ => Err(Refusal::invalid(path, "must be an object")),
        }
    }

    fn find(&self, key: &str) -> Option<&'f Json<'f>> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, json)| json)
    }

    /// A field that must be there and not null.
    pub fn required<T: Read>(&self, key: &str) -> Result<T> {
        let missing = || Refusal::invalid(Path::Key(self.path, key), "is missing");
        self.optional(key)?.ok_or_else(missing)
    }

    /// A field that may be absent or null, which mean the same.
    pub fn optional<T: Read>(&self, key: &str) -> Result<Option<T>> {
        match self.find(key) {
            None | Some(Json::Null) => Ok(None),
            Some(json) => T::read(json, &Path::Key(self.path, key)).map(Some),
        }
    }

    /// A field that may be absent or null, with a default: 0, false, empty.
    pub fn or_default<T: Read + Default>(&self, key: &str) -> Result<T> {
        self.optional(key).map(Option::unwrap_or_default)
    }
}

/// One of a few words.
pub(super) fn word<T: Copy>(json: &Json<'_>, path: &Path<'_>, words: &[(&str, T)]) -> Result<T> {
    let written = match json {
        Json::Text(text) => words.iter().find(|(word, _)| word == text),
        _ => None,
    };
    written.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Refusal::invalid(path, format_args!("must be one of: {}", words.join(", ")))
    })
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        let Json::List(entries) = json else {
            return Err(Refusal::invalid(path, "must be a list"));
        };
        let entries = entries.iter().enumerate();
        entries.map(|(at, entry)| T::read(entry, &Path::Entry(path, at))).collect()
    }
}

impl<T: Read> Read for [T; 3] {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        let three = Vec::read(json, path)?.try_into();
        three.map_err(|_| Refusal::invalid(path, "must have three entries"))
    }
}

impl<T: Whole> Read for T {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        let refuse = |message: &dyn fmt::Display| Refusal::invalid(path, message);
        let Json::Number(digits) = json else {
            return Err(refuse(&"must be a number"));
        };
        if digits.contains(['.', 'e', 'E']) {
            return Err(refuse(&"must be written as a whole number"));
        }
        // What does not even fit 64 bits is beyond every range.
        let number: i64 = digits.parse().map_err(|_| refuse(&"is out of range"))?;
        T::try_from(number).map_err(|range| refuse(&range))
    }
}

impl Read for bool {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        match json {
            Json::Bool(truth) => Ok(*truth),
            _ => Err(Refusal::invalid(path, "must be true or false")),
        }
    }
}

impl Read for String {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        match json {
            Json::Text(text) => Ok(text.clone().into_owned()),
            _ => Err(Refusal::invalid(path, "must be a text")),
        }
    }
}

impl Read for Text {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        Self::try_from(String::read(json, path)?).map_err(|bad| Refusal::invalid(path, bad))
    }
}

impl Read for Code {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        Self::try_from(Text::read(json, path)?).map_err(|blank| Refusal::invalid(path, blank))
    }
}

impl Read for Instant {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self> {
        Self::parse(&String::read(json, path)?).map_err(|bad| Refusal::invalid(path, bad))
    }
}

//! What is wrong with the settings, where it stands, and what would be right.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A settings file, and the line in it, counted from 1.
    File(PathBuf, usize),
    /// An environment variable.
    Env(String),
    /// A flag of the command.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}, line {line}", path.display()),
            Self::Env(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// One thing to correct. Never holds a secret: its text goes to terminals and logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the setting, when it is one that exists.
    pub setting: Option<&'static str>,
    /// Where the mistake stands.
    pub origin: Origin,
    /// What is wrong and what would be right.
    pub text: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(setting) = self.setting {
            write!(f, "{setting} ")?;
        }
        write!(f, "({}): {}", self.origin, self.text)
    }
}

/// Prints all mistakes on the error stream; the exit status says that the command was not
/// understood (2).
#[must_use]
pub fn refuse(mistakes: &[Mistake]) -> ExitCode {
    let count = mistakes.len();
    eprintln!("etalase: {count} mistake{} in the settings", if count == 1 { "" } else { "s" });
    for mistake in mistakes {
        eprintln!("  {mistake}");
    }
    ExitCode::from(2)
}

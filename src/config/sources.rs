//! Collects what the file, the variables and the flags say, as text with its origin.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::mistake::{Mistake, Origin};
use super::names::{NAMES, nearest};
use super::values;

const PREFIX: &str = "ETALASE_";
const DATABASE_URL: &str = "DATABASE_URL";
/// Secrets can be handed over as files, whose names these variables hold.
const FILES: [(&str, &str); 6] = [
    ("ETALASE_DATABASE_URL_FILE", "database_url"),
    ("ETALASE_FILES_URL_FILE", "files_url"),
    ("ETALASE_SMTP_URL_FILE", "smtp_url"),
    ("ETALASE_STRIPE_KEY_FILE", "stripe_key"),
    ("ETALASE_STRIPE_WEBHOOK_SECRETS_FILE", "stripe_webhook_secrets"),
    ("ETALASE_MIDTRANS_SERVER_KEY_FILE", "midtrans_server_key"),
];

// The flags that every command takes. All text: a wrong value is reported with all others. There is
// none for the database URL: other users of the machine can read a command line. This is no doc
// comment, because clap would show it as the description of the command.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Flags {
    /// Settings file [default: etalase.toml, if there is one]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<String>,
    /// Folder of everything the shop keeps on disk [default: data]
    #[arg(long, value_name = "FOLDER", global = true)]
    pub data_dir: Option<String>,
    /// Address to listen at [default: 127.0.0.1]
    #[arg(long, value_name = "IP", global = true)]
    pub host: Option<String>,
    /// TCP port to listen at [default: 8080]
    #[arg(long, value_name = "PORT", global = true)]
    pub port: Option<String>,
    /// How shoppers reach the shop [default: http://HOST:PORT]
    #[arg(long, value_name = "URL", global = true)]
    pub public_url: Option<String>,
}

/// The variables of this process. Bytes that are no text become U+FFFD, which [`super::load`] refuses.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into(), value.to_string_lossy().into()))
}

struct Given {
    setting: &'static str,
    text: String,
    origin: Origin,
}

/// Everything that was said, weakest source first.
#[derive(Default)]
pub(super) struct Sources {
    given: Vec<Given>,
    pub mistakes: Vec<Mistake>,
    pub origins: BTreeMap<&'static str, Origin>,
}

impl Sources {
    pub fn gather(flags: &Flags, env: impl Iterator<Item = (String, String)>) -> Self {
        let mut sources = Self::default();
        match &flags.config {
            Some(path) => sources.read_file(Path::new(path), Origin::Flag("--config")),
            None => sources.read_default_file(),
        }
        sources.read_environment(env);
        sources.read_flags(flags);
        sources
    }

    /// The strongest right value of a setting. Weaker ones are checked too.
    pub fn settle<T>(
        &mut self,
        setting: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let mut settled = None;
        for given in self.given.iter().filter(|given| given.setting == setting) {
            match values::readable(&given.text).and_then(&parse) {
                Ok(value) => {
                    self.origins.insert(setting, given.origin.clone());
                    settled = Some(value);
                }
                Err(text) => {
                    let origin = given.origin.clone();
                    self.mistakes.push(Mistake { setting: Some(setting), origin, text });
                }
            }
        }
        settled
    }

    /// One setting that is of no use without another.
    pub fn need(&mut self, setting: &'static str, other: &str) {
        if self.given.iter().any(|given| given.setting == other) {
            return;
        }
        if let Some(given) = self.given.iter().find(|given| given.setting == setting) {
            let (origin, text) = (given.origin.clone(), format!("is of no use without {other}"));
            self.mistakes.push(Mistake { setting: Some(setting), origin, text });
        }
    }

    fn read_environment(&mut self, env: impl Iterator<Item = (String, String)>) {
        // Sorted, so that the same mistakes are reported in the same order.
        let variables: BTreeMap<String, String> = env.filter(|(name, _)| is_ours(name)).collect();
        for (name, value) in &variables {
            self.read_variable(name, value);
        }
        for (file, setting) in FILES {
            let mut set = vec![variable(setting), file.to_owned()];
            if setting == "database_url" {
                set.insert(0, DATABASE_URL.to_owned());
            }
            set.retain(|name| variables.contains_key(name));
            if set.len() > 1 {
                // Guessing which one is meant would end with orders in the wrong database.
                let text = format!("{} are all set; keep one of them", set.join(" and "));
                self.mistake(Origin::Env(set[0].clone()), text);
            }
        }
    }

    fn read_variable(&mut self, name: &str, value: &str) {
        let origin = Origin::Env(name.to_owned());
        if let Some((_, setting)) = FILES.into_iter().find(|(known, _)| *known == name) {
            return self.read_secret_file(setting, Path::new(value), origin);
        }
        match name {
            DATABASE_URL => self.give("database_url", value.to_owned(), origin),
            _ => match NAMES.into_iter().find(|known| variable(known) == name) {
                Some(setting) => self.give(setting, value.to_owned(), origin),
                None => self.unknown_variable(name, origin),
            },
        }
    }

    fn read_secret_file(&mut self, setting: &'static str, path: &Path, origin: Origin) {
        match std::fs::read_to_string(path) {
            Ok(text) => self.give(setting, text.trim_end().to_owned(), origin),
            Err(error) => self.mistake(origin, cannot_read(path, &error)),
        }
    }

    fn unknown_variable(&mut self, name: &str, origin: Origin) {
        let variables: Vec<String> = NAMES.iter().map(|name| variable(name)).collect();
        let known = variables.iter().map(String::as_str).chain(FILES.map(|(name, _)| name));
        let near = nearest(name, known);
        self.mistake(origin, format!("no such setting; {near}"));
    }

    fn read_flags(&mut self, flags: &Flags) {
        let said = [
            ("data_dir", "--data-dir", &flags.data_dir),
            ("host", "--host", &flags.host),
            ("port", "--port", &flags.port),
            ("public_url", "--public-url", &flags.public_url),
        ];
        for (setting, flag, text) in said {
            if let Some(text) = text {
                self.give(setting, text.clone(), Origin::Flag(flag));
            }
        }
    }

    pub(super) fn give(&mut self, setting: &'static str, text: String, origin: Origin) {
        self.given.push(Given { setting, text, origin });
    }

    pub(super) fn mistake(&mut self, origin: Origin, text: String) {
        self.mistakes.push(Mistake { setting: None, origin, text });
    }
}

/// `ETALASE_TEST_*` belongs to the tests, which run with the shop's environment.
fn is_ours(name: &str) -> bool {
    name == DATABASE_URL || (name.starts_with(PREFIX) && !name.starts_with("ETALASE_TEST_"))
}

fn variable(setting: &str) -> String {
    format!("{PREFIX}{}", setting.to_uppercase())
}

pub(super) fn cannot_read(path: &Path, error: &io::Error) -> String {
    format!("cannot read {}: {error}", path.display())
}

//! The settings an operator can change: few, typed, each with the place it came from.
//!
//! Defaults come first, then `etalase.toml`, then `ETALASE_*` variables, then flags; the last one
//! wins. Every mistake is reported in one go, also in a value that a later source replaces, so that
//! a shop is never started twice to find out what is wrong. Owns no tables; the only files it writes
//! hold the [`Keys`].

mod bucket;
mod database;
mod file;
mod hosts;
mod gateways;
mod key_file;
mod keys;
mod limits;
mod mistake;
mod names;
mod patience;
mod proxies;
mod public_url;
mod smtp;
mod sources;
mod values;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

pub use bucket::Bucket;
pub use database::{Database, Secret};
pub use gateways::{MidtransAccount, StripeAccount};
pub use hosts::Hosts;
pub use key_file::KeyError;
pub use keys::{Keys, Purpose, PurposeKey, rotate_cookie_keys};
pub use limits::{By, Counter, Limit, Rate, Rates};
pub use mistake::{Mistake, Origin, refuse};
pub use names::near;
pub use patience::Patience;
pub use proxies::Proxies;
pub use public_url::PublicUrl;
pub use smtp::{Login, Smtp, Tls};
pub use sources::{Flags, environment};
pub use values::{LogFormat, Switch};

use crate::values::Email;
use sources::Sources;

/// The effective settings. Made by [`load`]; the fields are public so that a test can change one.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of everything the shop keeps on disk: SQLite file, pictures, search index,
    /// keys. Default `data`, seen from the working directory.
    pub data_dir: PathBuf,
    /// Where the rows are. Default: the file `etalase.sqlite3` in [`Settings::data_dir`].
    pub database: Database,
    /// The address to listen at. Default `127.0.0.1`: reachable from this machine only.
    pub host: IpAddr,
    /// The TCP port to listen at, 1 to 65535. Default 8080.
    pub port: u16,
    /// How shoppers reach the shop. Default `http://{host}:{port}`.
    pub public_url: PublicUrl,
    /// Names besides that of [`Settings::public_url`] by which the shop answers. Default none.
    pub allowed_hosts: Hosts,
    /// Who is believed about a client's address. Default nobody.
    pub trusted_proxies: Proxies,
    /// How often what may be done. Default: docs/limits.md.
    pub limits: Rates,
    /// How long slow clients are waited for. Set by tests only.
    pub patience: Patience,
    /// Threads that answer requests, 1 to 1024. Default: the number of cores.
    pub workers: usize,
    /// Database connections kept open, 2 to 1000. Default: twice the number of cores.
    pub database_connections: u32,
    /// Where pictures and other files are kept. Default: none, in [`Settings::data_dir`].
    pub files: Option<Bucket>,
    /// The server that sends mails. Default: none, mails are kept in [`Settings::data_dir`].
    pub smtp: Option<Smtp>,
    /// What mails come from. Default: the shop's own e-mail address.
    pub mail_from: Option<Email>,
    /// How much work it is to hash a password: each one more doubles it. 10 to 15, default 11.
    pub password_cost: u32,
    /// The account at Stripe. Default: none, Stripe is not offered.
    pub stripe: Option<StripeAccount>,
    /// The account at Midtrans. Default: none, Midtrans is not offered.
    pub midtrans: Option<MidtransAccount>,
    /// Whether the open shop does its jobs itself, or leaves them to `etalase worker`. Default on.
    pub jobs: Switch,
    /// Whether orders can be paid on a page where no money moves. Default off; the demo has it.
    pub test_payments: Switch,
    /// How log lines are written. Default text.
    pub log_format: LogFormat,
    /// What is logged: a level, or `tracing` directives such as `info,etalase::mail=debug`.
    /// Default `info`.
    pub log: String,
    origins: BTreeMap<&'static str, Origin>,
}

/// Puts the settings together from the file that `flags` name (or `etalase.toml` in the working
/// directory, if there is one), the variables in `env`, and `flags`.
///
/// Reads files, changes nothing and does not look at the process environment: pass
/// [`environment()`] for that.
///
/// # Errors
/// All mistakes of all sources; [`refuse`] prints them.
pub fn load(
    flags: &Flags,
    env: impl Iterator<Item = (String, String)>,
) -> Result<Settings, Vec<Mistake>> {
    let mut sources = Sources::gather(flags, env);
    let settings = settle(&mut sources);
    if sources.mistakes.is_empty() { Ok(settings) } else { Err(sources.mistakes) }
}

fn settle(sources: &mut Sources) -> Settings {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let connections = u32::try_from(2 * cores).unwrap_or(2).clamp(2, 1000);
    let data_dir = sources.settle("data_dir", values::folder).unwrap_or_else(|| "data".into());
    let database = sources.settle("database_url", database::read);
    let host = sources.settle("host", values::host).unwrap_or(Ipv4Addr::LOCALHOST.into());
    let port = sources.settle("port", |text| values::whole_number(text, 1..=65535)).unwrap_or(8080);
    let public_url = sources.settle("public_url", PublicUrl::parse);
    let workers = sources.settle("workers", |text| values::whole_number(text, 1..=1024));
    let wanted_connections =
        sources.settle("database_connections", |text| values::whole_number(text, 2..=1000));
    Settings {
        database: database.unwrap_or_else(|| Database::Sqlite(data_dir.join("etalase.sqlite3"))),
        data_dir,
        host,
        port,
        public_url: public_url.unwrap_or_else(|| PublicUrl::of(host, port)),
        allowed_hosts: sources.settle("allowed_hosts", hosts::read).unwrap_or_default(),
        patience: Patience::default(),
        trusted_proxies: sources.settle("trusted_proxies", proxies::read).unwrap_or_default(),
        limits: sources.settle("limits", limits::read).unwrap_or_default(),
        workers: workers.unwrap_or(cores.min(1024)),
        database_connections: wanted_connections.unwrap_or(connections),
        files: sources.settle("files_url", bucket::read),
        smtp: sources.settle("smtp_url", smtp::read),
        mail_from: sources.settle("mail_from", values::email),
        password_cost: sources
            .settle("password_cost", |text| values::whole_number(text, 10..=15))
            .unwrap_or(11),
        stripe: gateways::stripe(sources),
        midtrans: gateways::midtrans(sources),
        jobs: sources.settle("jobs", values::switch).unwrap_or(Switch::On),
        test_payments: sources.settle("test_payments", values::switch).unwrap_or(Switch::Off),
        log_format: sources.settle("log_format", values::log_format).unwrap_or(LogFormat::Text),
        log: sources.settle("log", values::log_filter).unwrap_or_else(|| "info".into()),
        origins: sources.origins.clone(),
    }
}

/// One line of `etalase config`: safe to show, a secret is masked.
#[derive(Debug)]
pub struct Row {
    /// The name in `etalase.toml`.
    pub name: &'static str,
    /// The effective value.
    pub value: String,
    /// Where the value came from.
    pub origin: Origin,
}

impl Settings {
    /// Every setting with its value and origin, in the order of the documentation.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let shown = [
            ("data_dir", self.data_dir.display().to_string()),
            ("database_url", self.database.to_string()),
            ("host", self.host.to_string()),
            ("port", self.port.to_string()),
            ("public_url", self.public_url.to_string()),
            ("allowed_hosts", self.allowed_hosts.to_string()),
            ("trusted_proxies", self.trusted_proxies.to_string()),
            ("limits", self.limits.to_string()),
            ("workers", self.workers.to_string()),
            ("database_connections", self.database_connections.to_string()),
            ("files_url", shown(self.files.as_ref())),
            ("smtp_url", shown(self.smtp.as_ref())),
            ("mail_from", shown(self.mail_from.as_ref().map(Email::as_str))),
            ("password_cost", self.password_cost.to_string()),
            ("stripe_key", shown(self.stripe.as_ref().map(StripeAccount::masked))),
            ("stripe_webhook_secrets", shown(self.stripe.as_ref().map(StripeAccount::secrets))),
            ("stripe_url", shown(self.stripe.as_ref().map(|account| &account.url))),
            ("midtrans_server_key", shown(self.midtrans.as_ref().map(MidtransAccount::masked))),
            (
                "midtrans_url",
                shown(self.midtrans.as_ref().and_then(|account| account.url.as_ref())),
            ),
            ("jobs", self.jobs.to_string()),
            ("test_payments", self.test_payments.to_string()),
            ("log_format", self.log_format.to_string()),
            ("log", self.log.clone()),
        ];
        shown.map(|(name, value)| Row { name, value, origin: self.origin(name) }).into()
    }

    fn origin(&self, name: &str) -> Origin {
        self.origins.get(name).cloned().unwrap_or(Origin::Default)
    }
}

/// What is sent there goes over no wire.
fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".into(), |value| value.to_string())
}

#[cfg(test)]
mod tests;

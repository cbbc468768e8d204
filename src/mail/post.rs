//! The way out: a mail server, or a folder where there is none.

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{Error as SmtpError, extension::ClientId};
use std::error::Error;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::message::{Sender, trial_message};
use super::model::{Mail, MailState, Name};
use crate::config::{Settings, Smtp, Tls};
use crate::jobs::Failure;
use crate::web::Shop;

/// To open a connection and say who we are.
const TO_OPEN: Duration = Duration::from_secs(15);
/// To hand one mail over.
const TO_SEND: Duration = Duration::from_secs(20);
/// To hear whether an open connection is still one.
const TO_ANSWER: Duration = Duration::from_secs(3);
/// An open connection is used again for so long: for the next mails of a batch.
const KEPT_OPEN: Duration = Duration::from_secs(10);

/// Where this process brings its mails.
pub struct Post {
    /// `None`: each mail is kept as a file.
    server: Option<Box<Server>>,
    folder: PathBuf,
    /// The operator's choice; `None` for the shop's own address.
    from: Option<String>,
}

/// A mail by which somebody finds out whether mails leave the shop.
#[derive(Debug)]
pub struct Trial {
    pub to: String,
    pub subject: String,
    pub text: String,
}

struct Server {
    smtp: Smtp,
    hello: ClientId,
    open: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Post {
    pub fn new(settings: &Settings) -> Self {
        let server = settings.smtp.as_ref().map(|smtp| {
            let hello = hello(settings.public_url.host());
            Box::new(Server { smtp: smtp.clone(), hello, open: Mutex::default() })
        });
        Self {
            server,
            folder: settings.data_dir.join("mail"),
            from: settings.mail_from.as_ref().map(|from| from.as_str().to_owned()),
        }
    }

    /// Says, once, where mails go.
    pub fn announce(&self) {
        match &self.server {
            Some(server) => tracing::info!(server = %server.smtp, "mails are sent"),
            None => {
                let folder = self.folder.display();
                tracing::warn!(%folder, "no smtp_url is set: mails are kept as files");
            }
        }
    }

    /// Whom mails come from: as the operator says, else the shop's address, else one at its host.
    pub(super) fn sender(&self, shop: &Shop) -> Sender {
        let settings = &shop.frame().settings;
        let own = Some(&settings.email).filter(|email| !email.is_empty()).cloned();
        let address = self.from.clone().or(own).unwrap_or_else(|| {
            let host = shop.public_url.host();
            format!("shop@{}", host.split(':').next().unwrap_or("localhost"))
        });
        Sender { name: settings.name.clone(), address }
    }

    /// Their address.
    pub fn sender_address(&self, shop: &Shop) -> String {
        self.sender(shop).address
    }

    /// Sends a mail while somebody waits: what the server answers, or why it was not sent.
    pub async fn try_out(&self, shop: &Shop, trial: &Trial) -> Result<String, String> {
        let Some(server) = &self.server else { return Err("no smtp_url is set".into()) };
        let message = trial_message(trial, &self.sender(shop))?;
        let answer = server.send(&message).await.map_err(|failure| failure.text().to_owned())?;
        let words: Vec<&str> = answer.message().collect();
        Ok(format!("{} {}", answer.code(), words.join(" ")))
    }

    /// Brings a mail to the server, or into the folder.
    pub(super) async fn deliver(
        &self,
        mail: &Mail,
        message: &Message,
    ) -> Result<MailState, Failure> {
        if let Some(server) = &self.server {
            return server.send(message).await.map(|_| MailState::Sent);
        }
        let path = self.folder.join(mail.name().file());
        let kept = keep(&path, &message.formatted());
        let failed = |error| Failure::Again(format!("{}: {error}", path.display()));
        kept.map(|()| MailState::Kept).map_err(failed)
    }

    /// Removes the file of a mail, if it has one.
    pub(super) fn forget(&self, mail: &Name) -> Result<(), Failure> {
        let path = self.folder.join(mail.file());
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::Again(format!("{}: {error}", path.display())))
            }
            _ => Ok(()),
        }
    }
}

impl Server {
    async fn send(&self, message: &Message) -> Result<Response, Failure> {
        // Nothing that goes wrong until the server knows us is the mail's fault.
        let mut line = self.line().await.map_err(Failure::Again)?;
        let bytes = message.formatted();
        match timeout(TO_SEND, line.send(message.envelope(), &bytes)).await {
            Ok(Ok(answer)) => {
                self.lines().push((line, Instant::now()));
                Ok(answer)
            }
            Ok(Err(error)) if is_for_good(&error) => Err(Failure::Never(error.to_string())),
            Ok(Err(error)) => Err(Failure::Again(error.to_string())),
            Err(_) => Err(Failure::Again("the mail server took too long".into())),
        }
    }

    /// A connection of the last mails that still answers, or a new one.
    async fn line(&self) -> Result<AsyncSmtpConnection, String> {
        while let Some((mut line, since)) = self.idle_line() {
            if since.elapsed() < KEPT_OPEN
                && matches!(timeout(TO_ANSWER, line.test_connected()).await, Ok(true))
            {
                return Ok(line);
            }
            let _ = timeout(TO_ANSWER, line.abort()).await;
        }
        match timeout(TO_OPEN, self.connect()).await {
            Ok(result) => result.map_err(|error| error.to_string()),
            Err(_) => Err("the mail server does not answer".into()),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Box<dyn Error + Send + Sync>> {
        let Smtp { host, tls, login, .. } = &self.smtp;
        let mut line = match tls {
            Tls::Whole => self.connect_encrypted().await?,
            Tls::Start | Tls::None => self.connect_in_the_clear().await?,
        };
        if *tls == Tls::Start {
            // An error where the server does not offer it: a password never goes in the clear.
            line.starttls(TlsParameters::new(host.clone())?, &self.hello).await?;
        }
        if let Some(login) = login {
            let (user, password) = (login.user.clone(), login.password.expose().to_owned());
            line.auth(DEFAULT_MECHANISMS, &Credentials::new(user, password)).await?;
        }
        Ok(line)
    }

    async fn connect_encrypted(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let Smtp { host, port, .. } = &self.smtp;
        let (address, tls) = ((host.as_str(), *port), TlsParameters::new(host.clone())?);
        AsyncSmtpConnection::connect_tokio1(address, None, &self.hello, Some(tls), None).await
    }

    async fn connect_in_the_clear(
        &self,
    ) -> Result<AsyncSmtpConnection, Box<dyn Error + Send + Sync>> {
        let stream = TcpStream::connect((self.smtp.host.as_str(), self.smtp.port)).await?;
        // A mail leaves in two pieces. The second would wait 40 ms for word that the first is there.
        stream.set_nodelay(true)?;
        Ok(AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await?)
    }

    fn idle_line(&self) -> Option<(AsyncSmtpConnection, Instant)> {
        self.lines().pop()
    }

    fn lines(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the server has said that it will never take this mail: no such mailbox (RFC 5321, 4.2.3).
/// What is against us and not the address (`5.7.…`, RFC 3463) can be set right.
fn is_for_good(error: &SmtpError) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(550 | 551 | 553)) && !error.to_string().contains(" 5.7.")
}

fn hello(host: &str) -> ClientId {
    let name = host.split(':').next().unwrap_or_default();
    let is_domain = name.contains('.') && name.contains(|letter: char| letter.is_alphabetic());
    if is_domain { ClientId::Domain(name.to_owned()) } else { ClientId::default() }
}

/// Writes a file that only the shop's user reads; nobody sees half of it.
fn keep(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let draft = path.with_extension("draft");
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(draft, path)
}

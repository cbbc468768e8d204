//! `etalase mail`: what was written to whom, word for word.

use clap::Subcommand;

use super::Outcome;
use crate::config::Settings;
use crate::db::Db;
use crate::ids::MailId;
use crate::mail::{self, Mail, MailState};
use crate::web::visit::now;

/// So many are listed at most.
const MOST: i64 = 100;

#[derive(Subcommand)]
pub enum Command {
    /// The latest mails
    List {
        /// waiting, sent, kept or failed
        #[arg(long, value_parser = state)]
        state: Option<MailState>,
    },
    /// A mail as it was sent
    Show {
        id: i64,
        /// Its HTML instead of its text
        #[arg(long)]
        html: bool,
    },
    /// Send a mail once more, word for word
    Resend { id: i64 },
}

fn state(code: &str) -> Result<MailState, String> {
    MailState::parse(code).ok_or_else(|| "give waiting, sent, kept or failed".into())
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::List { state } => list(&db, *state).await,
            Command::Show { id, html } => show(&db, MailId(*id), *html).await,
            Command::Resend { id } => {
                let id = MailId(*id);
                let again = db.write(move |conn| mail::resend(conn, id, now())).await?;
                println!("mail {id} goes out once more, as mail {again}");
                Ok(())
            }
        }
    })
}

async fn list(db: &Db, state: Option<MailState>) -> Outcome {
    for mail in db.read(move |conn| mail::list(conn, state, MOST)).await? {
        let Mail { id, status, recipient, subject, .. } = &mail;
        let at = mail.created_at.format("%Y-%m-%d %H:%M:%S");
        println!("{:>8}  {at}  {status:7}  {recipient}  {subject}", id.0);
    }
    Ok(())
}

async fn show(db: &Db, id: MailId, html: bool) -> Outcome {
    let found = db.read(move |conn| mail::find(conn, id)).await?;
    let mail = found.ok_or("there is no such mail")?;
    if html {
        print!("{}", mail.html);
        return Ok(());
    }
    println!("From: {}\nTo: {}\nReply-To: {}", mail.sender, mail.recipient, mail.reply_to);
    println!("Message-ID: <{}>\nSubject: {}", mail.message_id, mail.subject);
    println!("Event: {}\nState: {}, tries: {}", mail.event, mail.status, mail.attempts);
    if !mail.last_error.is_empty() {
        println!("Error: {}", mail.last_error);
    }
    println!("\n{}", mail.text);
    Ok(())
}

//! A mail that is stored.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::mail;
use crate::ids::MailId;

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// A job will send it.
    Waiting,
    /// A mail server has taken it.
    Sent,
    /// There is no mail server: it stands in a file.
    Kept,
    /// Given up: `etalase jobs` has the job.
    Failed,
}

impl MailState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Kept, Self::Failed];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Kept => "kept",
            Self::Failed => "failed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What names the file of a mail.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mail)]
pub(super) struct Name {
    pub id: MailId,
    pub template: String,
    pub created_at: NaiveDateTime,
}

impl Name {
    pub fn file(&self) -> String {
        format!("{}-{:06}-{}.eml", self.created_at.date(), self.id.0, self.template)
    }
}

/// A mail with everything that is in it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mail)]
pub struct Mail {
    pub id: MailId,
    pub event: String,
    pub template: String,
    pub recipient: String,
    pub locale: String,
    /// What it came from; empty until it has gone.
    pub sender: String,
    /// Whom an answer reaches; empty for the sender.
    pub reply_to: String,
    /// Stays the same however often it is sent, so that whoever gets it twice can tell.
    pub message_id: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub status: String,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    pub attempts: i64,
    pub last_error: String,
    /// Where one click ends mails of this kind; empty where there is nothing to end.
    pub unsubscribe: String,
}

impl Mail {
    pub(super) fn name(&self) -> Name {
        let Self { id, template, created_at, .. } = self;
        Name { id: *id, template: template.clone(), created_at: *created_at }
    }
}

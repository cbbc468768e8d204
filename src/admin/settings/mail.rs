//! `POST /admin/settings/mail/trial`: a mail to whoever presses the button, sent while she waits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::edit::{Staff, page};
use super::{MAIL, find};
use crate::admin::sent::Notice;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mail::{Post, Trial};

/// How mails leave the shop.
pub struct MailView {
    /// The server, without its password; empty where there is none.
    pub server: String,
    pub sender: String,
    /// Where the trial goes.
    pub to: String,
}

impl MailView {
    pub(super) fn of(staff: &Staff, config: &Settings) -> Self {
        Self {
            server: config.smtp.as_ref().map(ToString::to_string).unwrap_or_default(),
            sender: Post::new(config).sender_address(&staff.visit().shop),
            to: staff.member.account.email.clone(),
        }
    }
}

/// Shows what the mail server says, word for word.
pub async fn send(staff: Staff, config: Data<Settings>) -> Result<HttpResponse> {
    let part = find(MAIL).ok_or(Error::NotFound)?;
    let shell = staff.desk("admin-settings");
    let trial = Trial {
        to: staff.member.account.email.clone(),
        subject: shell.with("mail-trial-subject", "shop", shell.shop_name()),
        text: shell.t("mail-trial-text").to_owned(),
    };
    let said = Post::new(&config).try_out(&staff.visit().shop, &trial).await;
    let mut page = page(&staff, &config, part, None)?;
    page.notice = match &said {
        Ok(words) => {
            Notice { saved: shell.with("mail-trial-sent", "words", words), ..Notice::default() }
        }
        Err(words) => {
            Notice { wrong: shell.with("mail-trial-failed", "words", words), ..Notice::default() }
        }
    };
    if said.is_err() {
        // The shop itself is well: an answer that says otherwise would wake whoever watches it.
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    page.answer()
}

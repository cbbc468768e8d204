//! `GET /admin/account`: what somebody signs in with, and where she is signed in.

use askama::Template;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::roles::words;
use crate::error::Result;
use crate::sessions::{self, Session, Who};
use crate::staff::to;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/account/show.html")]
struct AccountPage {
    shell: Desk,
    email: String,
    role: String,
    has_second_factor: bool,
    is_required: bool,
    sessions: Vec<SessionView>,
}

struct SessionView {
    id: i64,
    device: String,
    since: String,
    is_this: bool,
}

pub async fn show(staff: Allowed<to::KeepOwnAccount>) -> Result<Html> {
    let (who, now) = (Who::Staff(staff.member.id()), staff.visit().now);
    let sessions = staff.visit().shop.db.read(move |conn| sessions::list(conn, who, now)).await?;
    let shell = staff.desk("admin-account");
    let account = &staff.member.account;
    let page = AccountPage {
        email: account.email.clone(),
        role: words(&shell, &account.role),
        has_second_factor: account.has_second_factor,
        is_required: shell.settings().second_factor_required,
        sessions: sessions.iter().map(|session| view(&shell, &staff, session)).collect(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn view(shell: &Desk, staff: &Allowed<to::KeepOwnAccount>, session: &Session) -> SessionView {
    let device = match session.device.as_str() {
        "" => shell.t("admin-unknown-device"),
        device => device,
    };
    let since = dates::instant(shell, session.created_at);
    SessionView {
        id: session.id.0,
        device: device.to_owned(),
        since: shell.with("admin-signed-in-since", "date", since),
        is_this: session.id == staff.member.session.id,
    }
}

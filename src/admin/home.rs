//! `GET /admin`: what needs doing.

use askama::Template;

use super::Allowed;
use super::desk::Desk;
use super::queries::{self, Waiting};
use crate::error::Result;
use crate::staff::{Permission, to};
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/home.html")]
struct HomePage {
    shell: Desk,
    tasks: Vec<Task>,
}

/// Something that somebody should see to.
struct Task {
    icon: &'static str,
    /// How urgent: the colour of its icon.
    tone: &'static str,
    text: String,
}

pub async fn show(staff: Allowed<to::Enter>) -> Result<Html> {
    let shell = staff.desk("admin-home");
    let shop = &staff.visit().shop;
    let mut tasks = match staff.may(Permission::ViewOrders) {
        true => tasks(&shell, &shop.db.read(queries::waiting).await?),
        false => Vec::new(),
    };
    if shop.has_unnamed_proxy() && staff.may(Permission::ChangeSettings) {
        let text = shell.t("admin-unnamed-proxy").to_owned();
        tasks.push(Task { icon: "circle-alert", tone: "bad", text });
    }
    Ok(Html::page(&HomePage { shell, tasks })?.personal())
}

fn tasks(shell: &Desk, waiting: &Waiting) -> Vec<Task> {
    let counted = [
        (waiting.to_pack, "package", "info", "admin-to-pack"),
        (waiting.to_be_paid, "landmark", "warn", "admin-to-be-paid"),
        (waiting.returns, "rotate-ccw", "", "admin-returns-waiting"),
        (waiting.refunds, "landmark", "warn", "admin-refunds-waiting"),
        (waiting.failed_mails, "mail", "bad", "admin-failed-mails"),
        (waiting.failed_jobs, "circle-alert", "bad", "admin-failed-jobs"),
    ];
    let open = counted.into_iter().filter(|(count, ..)| *count > 0);
    open.map(|(count, icon, tone, text)| Task { icon, tone, text: shell.count(text, count) })
        .collect()
}

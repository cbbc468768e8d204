//! `GET /admin/jobs`: what has failed, latest first, and what waits, next first.

use askama::Template;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::{self, Job, JobState};
use crate::staff::to;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/jobs/list.html")]
struct JobsPage {
    shell: Desk,
    failed: Vec<JobView>,
    waiting: Vec<JobView>,
    /// What has just been done to one; empty for nothing.
    done: String,
}

struct JobView {
    id: i64,
    /// What it is for.
    text: String,
    /// Its name, and what it is about if it is about one thing.
    kind: String,
    at: String,
    attempts: i64,
    is_taken: bool,
    last_error: String,
}

/// So many of each are shown.
const MOST: i64 = 100;

pub async fn show(staff: Allowed<to::ChangeSettings>) -> Result<Html> {
    let visit = staff.visit();
    let load = |conn: &mut Conn| {
        let failed = jobs::list(conn, JobState::Failed, MOST)?;
        Ok((failed, jobs::list(conn, JobState::Waiting, MOST)?))
    };
    let (failed, waiting) = visit.shop.db.read(load).await?;
    let (shell, query) = (staff.desk("settings-jobs"), visit.query()?);
    let deeds = [("retried", "jobs-retried"), ("dropped", "jobs-dropped"), ("gone", "jobs-gone")];
    let done = deeds.into_iter().find(|(name, _)| query.get(name).is_some());
    let page = JobsPage {
        failed: failed.iter().map(|job| view(&shell, job)).collect(),
        waiting: waiting.iter().map(|job| view(&shell, job)).collect(),
        done: done.map(|(_, key)| shell.t(key).to_owned()).unwrap_or_default(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn view(shell: &Desk, job: &Job) -> JobView {
    JobView {
        id: job.id.0,
        text: shell.t(&format!("job-{}", words(&job.kind))).to_owned(),
        kind: match job.payload.as_str() {
            "null" => job.kind.clone(),
            about => format!("{} {about}", job.kind),
        },
        at: dates::instant(shell, job.at),
        attempts: job.attempts,
        is_taken: job.is_taken,
        last_error: job.last_error.clone(),
    }
}

/// Which words there are for a kind.
fn words(kind: &str) -> &'static str {
    match kind.split_once('.') {
        Some((_, "sweep")) => "sweep",
        Some(("mail" | "order" | "staff" | "links" | "stock", _)) => "mail",
        Some(("payments" | "rehearsal", _)) => "payments",
        Some(("pictures", _)) => "pictures",
        Some(("privacy", _)) => "privacy",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_kind_has_words() {
        assert_eq!(words("pictures.sweep"), "sweep");
        assert_eq!(words("mail.send"), "mail");
        assert_eq!(words("pictures.make"), "pictures");
        assert_eq!(words("unknown"), "other");
    }
}

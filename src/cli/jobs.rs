//! `etalase jobs`: what waits, what has failed, and what to do about it.

use clap::Subcommand;

use super::Outcome;
use crate::config::Settings;
use crate::db::Db;
use crate::ids::JobId;
use crate::jobs::{self, Job, JobState};
use crate::web::visit::now;

/// So many are listed at most.
const MOST: i64 = 100;

#[derive(Subcommand)]
pub enum Command {
    /// What has failed for good, latest first
    Failed,
    /// What waits for its time, next first
    Waiting,
    /// Try a job again now; without an ID, all that have failed
    Retry { id: Option<i64> },
    /// End a job that failed or waits: what it was for will not happen
    Drop { id: i64 },
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::Failed => list(&db, JobState::Failed).await,
            Command::Waiting => list(&db, JobState::Waiting).await,
            Command::Retry { id: Some(id) } => {
                let id = JobId(*id);
                let found = db.write(move |conn| jobs::retry(conn, id, now())).await?;
                done(found, &format!("job {id} is due now"))
            }
            Command::Retry { id: None } => {
                let count = db.write(|conn| jobs::retry_failed(conn, now())).await?;
                done(true, &format!("{count} jobs are due now"))
            }
            Command::Drop { id } => {
                let id = JobId(*id);
                let found = db.write(move |conn| jobs::drop_job(conn, id, now())).await?;
                done(found, &format!("job {id} is dropped"))
            }
        }
    })
}

async fn list(db: &Db, state: JobState) -> Outcome {
    let jobs = db.read(move |conn| jobs::list(conn, state, MOST)).await?;
    for job in &jobs {
        println!("{}", line(job));
    }
    if jobs.is_empty() {
        println!("none");
    }
    Ok(())
}

fn line(job: &Job) -> String {
    let at = job.at.format("%Y-%m-%d %H:%M:%S");
    let taken = if job.is_taken { ", in work" } else { "" };
    let line = format!(
        "{:>8}  {at}  {} {}  tries: {}{taken}",
        job.id.0, job.kind, job.payload, job.attempts
    );
    match job.last_error.is_empty() {
        true => line,
        false => format!("{line}\n          {}", job.last_error.replace(['\r', '\n'], " ")),
    }
}

fn done(found: bool, text: &str) -> Outcome {
    if !found {
        return Err("there is no such job, it is done, or it is being done".into());
    }
    println!("{text}");
    Ok(())
}

//! Work that follows from a change: done once, by whoever is there, however it ends.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use futures_util::future::{join, join_all};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, watch};

use crate::both;
use crate::kit::FreshDatabase;
use etalase::db::schema::{job, setting};
use etalase::db::{Conn, Db};
use etalase::error::{Error, Result};
use etalase::jobs::{self, Crew, Failure, JobState, Kind, NewJob, Queue, Works};
use etalase::web::visit::now;

both!(
    a_job_comes_with_its_change_or_not_at_all,
    what_changes_rows_is_done_with_its_mark,
    a_job_that_fails_comes_again_later_and_ends_with_a_person,
    a_job_that_panics_is_a_job_that_fails,
    a_lease_that_has_run_out_passes_on,
    a_job_whose_crews_die_is_given_up,
    crews_share_the_work,
    a_job_of_another_version_is_left_alone,
    what_is_done_every_hour_is_done_by_one,
    what_was_done_long_ago_is_forgotten,
    a_crew_that_closes_gives_back_what_it_has,
    a_job_is_done_as_soon_as_it_is_written,
    what_waits_is_listed_over_all_queues_with_the_next_first,
);

const ROWS: Kind = Kind { queue: Queue::Shop, name: "test.rows" };
const OUTSIDE: Kind = Kind { queue: Queue::Mail, name: "test.outside" };

type Clock = Arc<Mutex<NaiveDateTime>>;

fn open(fresh: &FreshDatabase) -> (Db, Clock) {
    (Db::open(&fresh.database, 4).unwrap(), Arc::new(Mutex::new(now())))
}

fn crew(db: &Db, works: Works, clock: &Clock) -> Crew {
    let clock = clock.clone();
    Crew::new(db.clone(), works, move || *clock.lock().unwrap())
}

fn later(clock: &Clock, time: TimeDelta) {
    *clock.lock().unwrap() += time;
}

async fn enqueue(db: &Db, kind: Kind, about: i64, clock: &Clock) {
    let now = *clock.lock().unwrap();
    db.write(move |conn| jobs::enqueue(conn, &NewJob::new(kind, &about, now)?, now)).await.unwrap();
}

/// Work outside that fails until it is allowed to succeed, and counts its tries.
fn stubborn(tries: &Arc<AtomicUsize>, failure: fn() -> Result<(), Failure>) -> Works {
    let tries = tries.clone();
    Works::default().outside(OUTSIDE, move |_| {
        tries.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { failure() })
    })
}

async fn listed(db: &Db, state: JobState) -> Vec<jobs::Job> {
    db.read(move |conn| jobs::list(conn, state, 100)).await.unwrap()
}

async fn a_job_comes_with_its_change_or_not_at_all(fresh: FreshDatabase) {
    let (db, _) = open(&fresh);
    let change = |fails: bool| {
        db.write(move |conn| {
            jobs::enqueue(conn, &NewJob::new(ROWS, &1, now())?.only_once("one".into()), now())?;
            if fails { Err(Error::NotFound) } else { Ok(()) }
        })
    };
    assert!(change(true).await.is_err());
    assert!(listed(&db, JobState::Waiting).await.is_empty());
    change(false).await.unwrap();
    assert_eq!(listed(&db, JobState::Waiting).await.len(), 1);
    assert!(change(false).await.unwrap_err().is_duplicate());
}

async fn what_waits_is_listed_over_all_queues_with_the_next_first(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    for (kind, about) in [(OUTSIDE, 1), (ROWS, 2), (OUTSIDE, 3), (ROWS, 4)] {
        enqueue(&db, kind, about, &clock).await;
        later(&clock, TimeDelta::seconds(1));
    }
    let next = db.read(|conn| jobs::list(conn, JobState::Waiting, 3)).await.unwrap();
    let about: Vec<&str> = next.iter().map(|job| job.payload.as_str()).collect();
    assert_eq!(about, ["1", "2", "3"]);
}

async fn what_changes_rows_is_done_with_its_mark(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let is_broken = Arc::new(AtomicUsize::new(1));
    let broken = is_broken.clone();
    let works = Works::default().rows(ROWS, move |conn, task| {
        put(conn, &format!("done-{}", task.about::<i64>()?))?;
        if broken.load(Ordering::Relaxed) == 1 { Err(Error::NotFound) } else { Ok(()) }
    });
    let crew = crew(&db, works, &clock);
    enqueue(&db, ROWS, 7, &clock).await;
    assert_eq!(crew.work_off().await.unwrap(), 1);
    assert_eq!(keys(&fresh), [""; 0], "a deed that fails leaves nothing");
    is_broken.store(0, Ordering::Relaxed);
    later(&clock, TimeDelta::minutes(1));
    assert_eq!(crew.work_off().await.unwrap(), 1);
    assert_eq!(keys(&fresh), ["done-7"]);
    later(&clock, TimeDelta::days(1));
    assert_eq!(crew.work_off().await.unwrap(), 0);
}

async fn a_job_that_fails_comes_again_later_and_ends_with_a_person(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let tries = Arc::new(AtomicUsize::new(0));
    let works = stubborn(&tries, || Err(Failure::Again("no luck".into())));
    let works = works.given_up(OUTSIDE, |conn, task| put(conn, &format!("lost-{}", task.payload)));
    let crew = crew(&db, works, &clock);
    enqueue(&db, OUTSIDE, 1, &clock).await;
    for (n, seconds) in (1..).zip([10, 60, 300, 1_800, 7_200, 21_600, 86_400, 86_400, 86_400]) {
        assert_eq!(crew.work_off().await.unwrap(), 1, "try {n}");
        later(&clock, TimeDelta::seconds(seconds - 1));
        assert_eq!(crew.work_off().await.unwrap(), 0, "too early after try {n}");
        later(&clock, TimeDelta::seconds(seconds / 4 + 1));
        assert_eq!(keys(&fresh), [""; 0]);
    }
    assert_eq!(crew.work_off().await.unwrap(), 1);
    later(&clock, TimeDelta::days(30));
    assert_eq!(crew.work_off().await.unwrap(), 0, "given up");
    assert_eq!(tries.load(Ordering::Relaxed), 10);
    assert_eq!(keys(&fresh), ["lost-1"]);
    let failed = listed(&db, JobState::Failed).await;
    assert_eq!((failed.len(), &failed[0].last_error[..]), (1, "no luck"));
    let (id, instant) = (failed[0].id, *clock.lock().unwrap());
    assert!(db.write(move |conn| jobs::retry(conn, id, instant)).await.unwrap());
    assert_eq!(crew.work_off().await.unwrap(), 1, "a person says so");
    assert!(db.write(move |conn| jobs::drop_job(conn, id, now())).await.unwrap());
    let ended = db.read(move |conn| jobs::find(conn, id)).await.unwrap().unwrap();
    assert_eq!(ended.state, JobState::Done, "it stays on record");
    assert!(listed(&db, JobState::Failed).await.is_empty());
}

async fn a_job_that_panics_is_a_job_that_fails(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let tries = Arc::new(AtomicUsize::new(0));
    let works = stubborn(&tries, || panic!("a slip of ours"));
    let works = works.rows(ROWS, |_, _| panic!("another one"));
    let crew = crew(&db, works, &clock);
    enqueue(&db, OUTSIDE, 1, &clock).await;
    enqueue(&db, ROWS, 1, &clock).await;
    assert_eq!(crew.work_off().await.unwrap(), 2);
    let waiting = listed(&db, JobState::Waiting).await;
    assert!(waiting.iter().all(|job| !job.last_error.is_empty() && !job.is_taken), "{waiting:?}");
}

async fn a_lease_that_has_run_out_passes_on(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (begun.clone(), go_on.clone());
    let slow = Works::default().outside(OUTSIDE, move |_| {
        let (tell, wait) = (tell.clone(), wait.clone());
        Box::pin(async move {
            tell.notify_one();
            wait.notified().await;
            Ok(())
        })
    });
    let tries = Arc::new(AtomicUsize::new(0));
    let (paused, other) = (crew(&db, slow, &clock), crew(&db, stubborn(&tries, || Ok(())), &clock));
    enqueue(&db, OUTSIDE, 1, &clock).await;
    let story = async {
        begun.notified().await;
        assert_eq!(other.work_off().await.unwrap(), 0, "it is taken");
        later(&clock, TimeDelta::seconds(61));
        assert_eq!(other.work_off().await.unwrap(), 1, "its lease has run out");
        go_on.notify_one();
    };
    join(paused.work_off(), story).await.0.unwrap();
    assert_eq!(tries.load(Ordering::Relaxed), 1);
    let row: (i64, Option<String>) =
        job::table.select((job::attempts, job::worker)).first(&mut fresh.conn()).unwrap();
    assert_eq!(row, (2, None), "the mark of the one that was late changes nothing");
}

async fn a_job_whose_crews_die_is_given_up(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    enqueue(&db, OUTSIDE, 1, &clock).await;
    // Ten leases that nobody came back from.
    diesel::update(job::table).set(job::attempts.eq(10)).execute(&mut fresh.conn()).unwrap();
    let tries = Arc::new(AtomicUsize::new(0));
    crew(&db, stubborn(&tries, || Ok(())), &clock).work_off().await.unwrap();
    assert_eq!(tries.load(Ordering::Relaxed), 0);
    assert_eq!(listed(&db, JobState::Failed).await.len(), 1);
}

async fn crews_share_the_work(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    for n in 0..40 {
        enqueue(&db, ROWS, n, &clock).await;
    }
    let works =
        || Works::default().rows(ROWS, |conn, task| put(conn, &format!("n-{}", task.payload)));
    // Each with connections of its own, like other processes.
    let crews: Vec<Crew> =
        (0..4).map(|_| crew(&Db::open(&fresh.database, 4).unwrap(), works(), &clock)).collect();
    let tries = join_all(crews.iter().map(Crew::work_off)).await;
    let tries: usize = tries.into_iter().map(Result::unwrap).sum();
    assert_eq!(tries, 40, "nothing is tried twice");
    assert_eq!(keys(&fresh).len(), 40);
}

async fn a_job_of_another_version_is_left_alone(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    enqueue(&db, Kind { queue: Queue::Shop, name: "of.tomorrow" }, 1, &clock).await;
    enqueue(&db, ROWS, 1, &clock).await;
    let works = Works::default().rows(ROWS, |_, _| Ok(()));
    assert_eq!(crew(&db, works, &clock).work_off().await.unwrap(), 1);
    assert_eq!(listed(&db, JobState::Waiting).await[0].attempts, 0);
}

async fn what_is_done_every_hour_is_done_by_one(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let done = Arc::new(AtomicUsize::new(0));
    let works = || {
        let done = done.clone();
        Works::default().every(OUTSIDE, TimeDelta::hours(1), move |_| {
            let count = done.fetch_add(1, Ordering::Relaxed);
            let result = if count == 1 { Err(Failure::Again("once".into())) } else { Ok(()) };
            Box::pin(async move { result })
        })
    };
    let crews = [crew(&db, works(), &clock), crew(&db, works(), &clock)];
    let both = async || {
        join_all(crews.iter().map(Crew::begin)).await.into_iter().for_each(Result::unwrap);
        join_all(crews.iter().map(Crew::work_off))
            .await
            .into_iter()
            .for_each(|r| assert!(r.is_ok()));
        done.load(Ordering::Relaxed)
    };
    assert_eq!(both().await, 1);
    later(&clock, TimeDelta::minutes(59));
    assert_eq!(both().await, 1);
    later(&clock, TimeDelta::minutes(1));
    assert_eq!(both().await, 2, "an hour later, and it fails");
    later(&clock, TimeDelta::seconds(11));
    assert_eq!(both().await, 3, "so it is tried again soon");
    later(&clock, TimeDelta::hours(5));
    assert_eq!(both().await, 4, "what was missed is not made up for");
}

async fn what_was_done_long_ago_is_forgotten(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    for n in 0..1_200 {
        enqueue(&db, ROWS, n, &clock).await;
    }
    let works = Works::default().rows(ROWS, |_, _| Ok(())).with_sweep(&db);
    let crew = crew(&db, works, &clock);
    crew.work_off().await.unwrap();
    enqueue(&db, OUTSIDE, 1, &clock).await;
    later(&clock, TimeDelta::days(29));
    crew.begin().await.unwrap();
    crew.work_off().await.unwrap();
    assert_eq!(rows(&fresh), 1_202, "they can still be looked up");
    later(&clock, TimeDelta::days(2));
    crew.work_off().await.unwrap();
    assert_eq!(rows(&fresh), 2, "what waits stays, and so does the broom");
}

async fn a_crew_that_closes_gives_back_what_it_has(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    let endless = Works::default().outside(OUTSIDE, move |_| {
        tell.notify_one();
        Box::pin(std::future::pending())
    });
    let quick = endless.rows(ROWS, |conn, _| put(conn, "done"));
    let crew = Arc::new(crew(&db, quick, &clock));
    enqueue(&db, OUTSIDE, 1, &clock).await;
    enqueue(&db, ROWS, 1, &clock).await;
    let (close, closing) = watch::channel(false);
    let running = tokio::spawn(crew.run(closing));
    begun.notified().await;
    close.send_replace(true);
    running.await.unwrap();
    assert_eq!(keys(&fresh), ["done"], "what was in hand has ended");
    let waiting = listed(&db, JobState::Waiting).await;
    assert_eq!(waiting.len(), 1);
    assert!(!waiting[0].is_taken && waiting[0].attempts == 0, "{waiting:?}");
}

async fn a_job_is_done_as_soon_as_it_is_written(fresh: FreshDatabase) {
    let (db, clock) = open(&fresh);
    let done = Arc::new(Notify::new());
    let tell = done.clone();
    let works = Works::default().outside(OUTSIDE, move |_| {
        tell.notify_one();
        Box::pin(async { Ok(()) })
    });
    let (close, closing) = watch::channel(false);
    let running = tokio::spawn(Arc::new(crew(&db, works, &clock)).run(closing));
    for n in 0..20 {
        enqueue(&db, OUTSIDE, n, &clock).await;
        // Looking every three seconds would take a minute.
        done.notified().await;
    }
    close.send_replace(true);
    running.await.unwrap();
    assert!(listed(&db, JobState::Waiting).await.is_empty());
}

fn put(conn: &mut Conn, key: &str) -> Result<()> {
    diesel::insert_into(setting::table)
        .values((setting::key.eq(format!("test-{key}")), setting::value.eq("1")))
        .execute(conn)?;
    Ok(())
}

fn keys(fresh: &FreshDatabase) -> Vec<String> {
    let keys = setting::table.filter(setting::key.like("test-%")).order(setting::key);
    let keys: Vec<String> = keys.select(setting::key).load(&mut fresh.conn()).unwrap();
    keys.iter().map(|key| key.trim_start_matches("test-").to_owned()).collect()
}

fn rows(fresh: &FreshDatabase) -> i64 {
    job::table.count().get_result(&mut fresh.conn()).unwrap()
}

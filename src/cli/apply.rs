//! `etalase apply`: rules from files, all or nothing.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::serve;
use crate::audit::Who;
use crate::config::Settings;
use crate::db::Db;
use crate::rules::{Change, LARGEST_FILE, Mistake, Mode, Outcome, RuleFile, Tree, apply, apply_as};
use crate::web::visit::now;

/// How many mistakes are named; who has more has one that repeats.
const MOST_NAMED: usize = 200;

/// Applies the files at `paths` (a folder stands for its `.toml` files, `-` for the standard
/// input), or with [`Mode::Plan`] shows what they would change. Status 2 for mistakes in them.
///
/// # Errors
/// When the shop cannot be reached.
pub fn run(settings: &Settings, paths: &[String], mode: Mode) -> Result<ExitCode, super::Failure> {
    let files = match gather(paths) {
        Ok(files) => files,
        Err(mistakes) => return Ok(refuse(&mistakes)),
    };
    serve::prepare(settings)?;
    let db = Db::open(&settings.database, 2)?;
    let tree = Arc::new(Tree::read(&files));
    let applied = db.write(move |conn| match mode {
        Mode::Apply => apply_as(conn, &Who::operator(None, now()), &tree),
        Mode::Plan => apply(conn, &tree, mode, now()),
    });
    let Outcome { changes, mistakes } = actix_web::rt::System::new().block_on(applied)?;
    if !mistakes.is_empty() {
        return Ok(refuse(&mistakes));
    }
    report(&changes, mode);
    Ok(ExitCode::SUCCESS)
}

fn report(changes: &[Change], mode: Mode) {
    for change in changes {
        println!("{change}");
    }
    match (changes.len(), mode) {
        (0, _) => println!("nothing to change"),
        (count, Mode::Plan) => {
            println!("{} to make; nothing has been changed", counted(count, "change"))
        }
        (count, Mode::Apply) => println!("{} made", counted(count, "change")),
    }
}

fn refuse(mistakes: &[Mistake]) -> ExitCode {
    eprintln!(
        "etalase: {} in the rules; nothing has been changed",
        counted(mistakes.len(), "mistake")
    );
    for mistake in mistakes.iter().take(MOST_NAMED) {
        eprintln!("  {mistake}");
    }
    if mistakes.len() > MOST_NAMED {
        eprintln!("  and {} more", mistakes.len() - MOST_NAMED);
    }
    ExitCode::from(2)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The files' texts, or every one that cannot be read.
fn gather(paths: &[String]) -> Result<Vec<RuleFile>, Vec<Mistake>> {
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    for path in paths {
        for name in expand(path) {
            match read(&name) {
                Ok(text) => files.push(RuleFile::new(name, text)),
                Err(error) => {
                    mistakes.push(Mistake::of_file(&name, format!("cannot be read: {error}")))
                }
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}

/// A folder's files in the order of the alphabet; anything else is itself.
fn expand(path: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let files = entries.flatten().map(|entry| entry.path());
    let is_toml = |file: &Path| file.extension().is_some_and(|ending| ending == "toml");
    let mut names: Vec<String> =
        files.filter(|file| is_toml(file)).map(|file| file.display().to_string()).collect();
    names.sort();
    names
}

/// Not much more than a file may hold, however much there is.
fn read(name: &str) -> io::Result<String> {
    let most = LARGEST_FILE as u64 + 1;
    let mut text = String::new();
    match name {
        "-" => io::stdin().lock().take(most).read_to_string(&mut text)?,
        path => fs::File::open(path)?.take(most).read_to_string(&mut text)?,
    };
    Ok(text)
}

//! `etalase export`: the rules as files.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use super::{Failure, Outcome, serve};
use crate::config::Settings;
use crate::db::Db;
use crate::rules::{ExportError, Section, export};

/// Writes one file for each section into `folder`, or all of them to the standard output.
pub fn run(settings: &Settings, folder: Option<&str>) -> Outcome {
    serve::prepare(settings)?;
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let db = Db::open(&settings.database, 2)?;
    let folder = folder.map(Path::new).map(Path::to_path_buf);
    let written =
        db.read_long(move |conn| Ok(export(conn, |section| open(folder.as_deref(), section))));
    match actix_web::rt::System::new().block_on(written)? {
        // A reader who has gone is no failure.
        Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(Failure::from),
    }
}

fn open(folder: Option<&Path>, section: Section) -> io::Result<Box<dyn Write>> {
    match folder {
        None => {
            let mut out = BufWriter::new(io::stdout());
            if section != Section::ALL[0] {
                writeln!(out)?;
            }
            Ok(Box::new(out))
        }
        Some(folder) => {
            let file = File::create(folder.join(format!("{}.toml", section.name())))?;
            Ok(Box::new(BufWriter::new(file)))
        }
    }
}

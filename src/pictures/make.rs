//! The job that makes a picture in its widths. Done twice, it writes the same files once more.

use super::draw::{Rendition, draw};
use super::model::{Status, Uploaded, rendition};
use super::queries;
use crate::db::Db;
use crate::error::Result;
use crate::files::Files;
use crate::ids::MediaId;
use crate::jobs::Failure;
use crate::uploads::in_turn;

pub(super) async fn make(db: &Db, files: &Files, id: MediaId) -> Result<(), Failure> {
    let found = db.read(move |conn| queries::find(conn, id)).await?;
    let Some(picture) = found.filter(|picture| picture.status != Status::Ready.code()) else {
        return Ok(());
    };
    let Some(bytes) = files.find(&picture.original).await? else {
        return Err(Failure::Again(format!("there is no file {}", picture.original)));
    };
    let drawn = in_turn(move || draw(&bytes)).await?;
    let Some(Ok(renditions)) = drawn else {
        return Err(Failure::Never(format!("{} is damaged", picture.original)));
    };
    for (width, bytes) in &renditions {
        files.keep(&rendition(&picture.name, *width), bytes.clone()).await?;
    }
    let widths = widths(&renditions);
    if !db.write(move |conn| queries::set_ready(conn, id, &widths)).await? {
        clear(files, &picture).await?;
    }
    Ok(())
}

fn widths(renditions: &[Rendition]) -> String {
    let widths: Vec<String> = renditions.iter().map(|(width, _)| width.to_string()).collect();
    widths.join(",")
}

/// Removes all files of a picture that nobody shows any more.
pub(super) async fn clear(files: &Files, picture: &Uploaded) -> Result<()> {
    for name in picture.files() {
        files.remove(&name).await?;
    }
    Ok(())
}

//! `etalase sessions`: signing people out from outside.

use clap::Subcommand;

use super::Outcome;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::config::Settings;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::sessions;
use crate::web::visit::now;

#[derive(Subcommand)]
pub enum Command {
    /// Sign somebody out everywhere, or everybody
    End {
        /// The address of a customer or of somebody of the staff
        #[arg(required_unless_present = "all")]
        email: Option<String>,
        /// Everybody: customers and staff
        #[arg(long, conflicts_with = "email")]
        all: bool,
    },
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let Command::End { email, .. } = command;
    let email = email.clone();
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        let ended = db.write(move |conn| end(conn, email.as_deref())).await?;
        println!("{ended} sign-ins are ended");
        Ok(())
    })
}

fn end(conn: &mut Conn, email: Option<&str>) -> Result<usize> {
    let who = Who::operator(None, now());
    audit::write(conn, &who, &Deed::of(Action::SessionsEnded, Entity::Shop))?;
    match email {
        Some(email) => sessions::end_all_of(conn, email),
        None => sessions::end_everybodys(conn),
    }
}

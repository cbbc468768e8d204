//! `etalase customer`: what is known of a shopper, told and forgotten.

use clap::Subcommand;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::order::Who;
use super::{Failure, Outcome};
use crate::audit::{self, Action, Deed, Entity};
use crate::config::Settings;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::CustomerId;
use crate::privacy::{self, Outlook, Person};
use crate::values::Email;
use crate::web::visit::now;

#[derive(Subcommand)]
pub enum Command {
    /// Forget a shopper: what the law lets go of, at once or when her last order is done
    Erase {
        /// Her e-mail address, or the number of her account
        #[arg(value_name = "EMAIL|ID")]
        whom: String,
        /// Do it; without this only what would become of her orders is shown
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        by: Who,
    },
    /// Write everything that is known of a shopper into a file (JSON), for her
    Export {
        #[arg(value_name = "EMAIL|ID")]
        whom: String,
        /// A new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        by: Who,
    },
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::Erase { whom, yes, by } => erase(&db, whom, *yes, by.answers()).await,
            Command::Export { whom, out, by } => export(&db, whom, out, by.answers()).await,
        }
    })
}

async fn erase(db: &Db, whom: &str, yes: bool, who: audit::Who) -> Outcome {
    let person = find(db, whom).await?;
    let outlook = match yes {
        true => db.write(move |conn| privacy::erase(conn, &person, &who)).await?,
        false => db.read_long(move |conn| privacy::outlook(conn, &person, now())).await?,
    };
    let Outlook { done, waiting, has_invoices } = outlook;
    println!("{done} orders are forgotten at once");
    for number in waiting {
        println!("order {number} is forgotten when it is done");
    }
    if has_invoices {
        println!("invoices stay for ten years");
    }
    if !yes {
        println!("nothing is changed yet: say --yes");
    }
    Ok(())
}

async fn export(db: &Db, whom: &str, out: &Path, who: audit::Who) -> Outcome {
    let person = find(db, whom).await?;
    let entity = Entity::Customer(person.customer);
    let told = db.read_long(move |conn| privacy::export(conn, &person, now())).await?;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(out)?;
    file.write_all(&serde_json::to_vec_pretty(&told)?)?;
    let deed = Deed::of(Action::PersonTold, entity);
    Ok(db.write(move |conn| audit::write(conn, &who, &deed)).await?)
}

async fn find(db: &Db, whom: &str) -> std::result::Result<Person, Failure> {
    let (id, email) = (whom.parse().map(CustomerId), Email::parse(whom));
    let find = move |conn: &mut Conn| -> Result<Option<Person>> {
        match (id, &email) {
            (Ok(id), _) => privacy::find_customer(conn, id),
            (Err(_), Some(email)) => privacy::find(conn, email).map(Some),
            (Err(_), None) => Ok(None),
        }
    };
    let found = db.read(find).await?;
    found.ok_or_else(|| "give an e-mail address, or the number of an account".into())
}

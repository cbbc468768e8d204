//! `etalase staff`: who works here, from the command line; the way back in for a lost owner.

use clap::Subcommand;
use diesel::Connection;
use std::io::BufRead;

use super::{Failure, Outcome};
use crate::app;
use crate::audit::Who;
use crate::config::Settings;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::{LinkToken, StaffId};
use crate::links::{self, Purpose};
use crate::passwords::{Hash, Weakness, Whose};
use crate::settings;
use crate::staff::{self, Account, Changed, Giver, Newcomer, Permissions, Refused, Role, RoleName};
use crate::values::Email;
use crate::web::visit::now;

#[derive(Subcommand)]
pub enum Command {
    /// Everybody
    List,
    /// Make an account; prints the link to join by
    Add {
        email: String,
        /// owner, manager, packer, service, editor, or the name of a role of the shop's own
        #[arg(long)]
        role: String,
        /// Read the password from the standard input instead of printing a link
        #[arg(long, requires = "name")]
        password: bool,
        /// What she is called; with --password
        #[arg(long)]
        name: Option<String>,
    },
    /// Give somebody another role
    Role { email: String, role: String },
    /// For who has lost password, app and codes: ends all sign-ins, takes the second factor away,
    /// and prints a link to choose a new password by
    Reset { email: String },
    /// Shut an account and end its sign-ins
    Disable { email: String },
    /// Open an account again
    Enable { email: String },
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::List => list(&db).await,
            Command::Add { email, role, password: true, name } => {
                let name = name.clone().unwrap_or_default();
                let hash = typed_password(settings, &[email, &name]).await?;
                let (email, role) = (address(email)?, role.clone());
                let add = move |conn: &mut Conn, giver: &Giver<'_>| {
                    let new = Newcomer { email: None, name: name.clone(), password: hash.clone() };
                    match invited(conn, giver, &email, &role)? {
                        Ok(id) => join(conn, giver, id, &new),
                        Err(refused) => Ok(Err(refused)),
                    }
                };
                done(&db, add).await
            }
            Command::Add { email, role, .. } => {
                let (email, role) = (address(email)?, role.clone());
                let add = move |conn: &mut Conn, giver: &Giver<'_>| match invited(
                    conn, giver, &email, &role,
                )? {
                    Ok(id) => link_of(conn, giver, id).map(Ok),
                    Err(refused) => Ok(Err(refused)),
                };
                print_link(settings, "join", &done(&db, add).await?);
                Ok(())
            }
            Command::Role { email, role } => {
                let role = role.clone();
                let change =
                    move |conn: &mut Conn, giver: &Giver<'_>, id| match role_named(conn, &role)? {
                        Some(role) => staff::change_role(conn, giver, id, &role),
                        None => Ok(Err(Refused::Gone)),
                    };
                done(&db, about(email, change)).await
            }
            Command::Reset { email } => {
                let reset =
                    |conn: &mut Conn, giver: &Giver<'_>, id| match staff::reset(conn, giver, id)? {
                        Ok(()) => link_of(conn, giver, id).map(Ok),
                        Err(refused) => Ok(Err(refused)),
                    };
                print_link(settings, "password", &done(&db, about(email, reset)).await?);
                Ok(())
            }
            Command::Disable { email } => done(&db, about(email, staff::disable)).await,
            Command::Enable { email } => done(&db, about(email, staff::enable)).await,
        }
    })
}

async fn list(db: &Db) -> Outcome {
    for Account { email, name, role, is_disabled, has_joined, has_second_factor, .. } in
        db.read(staff::list).await?
    {
        let role = match &role {
            RoleName::BuiltIn(role) => role.code(),
            RoleName::Own(role) => &role.name,
        };
        let state = match (is_disabled, has_joined) {
            (true, _) => "disabled",
            (false, false) => "invited",
            (false, true) => "active",
        };
        let factor = if has_second_factor { "second factor" } else { "" };
        println!("{email:40}  {role:10}  {state:8}  {name}  {factor}");
    }
    Ok(())
}

/// Changes something as the operator, who may do everything, in one transaction.
async fn done<T: Send + 'static>(
    db: &Db,
    change: impl Fn(&mut Conn, &Giver<'_>) -> Changed<T> + Send + 'static,
) -> std::result::Result<T, Failure> {
    let (who, may) = (Who::operator(None, now()), Permissions::all());
    let changed = db.write(move |conn| {
        let giver = Giver { who: &who, may: &may, id: None };
        // What is refused half-way was not begun.
        match conn.transaction(|conn| change(conn, &giver)?.map_err(Stopped::Refused)) {
            Ok(changed) => Ok(Ok(changed)),
            Err(Stopped::Refused(refused)) => Ok(Err(refused)),
            Err(Stopped::Failed(error)) => Err(error),
        }
    });
    changed.await?.map_err(|refused| words(refused).into())
}

/// Why a transaction is undone.
enum Stopped {
    Refused(Refused),
    Failed(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<diesel::result::Error> for Stopped {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A change of the account with this address.
fn about<T>(
    email: &str,
    change: impl Fn(&mut Conn, &Giver<'_>, StaffId) -> Changed<T> + Send + 'static,
) -> impl Fn(&mut Conn, &Giver<'_>) -> Changed<T> + Send + 'static {
    let email = email.to_owned();
    move |conn, giver| match staff::find_email(conn, &email)? {
        Some(account) => change(conn, giver, account.id),
        None => Ok(Err(Refused::Gone)),
    }
}

fn invited(conn: &mut Conn, giver: &Giver<'_>, email: &Email, role: &str) -> Changed<StaffId> {
    match role_named(conn, role)? {
        Some(role) => staff::invite(conn, giver, email, &role),
        None => Ok(Err(Refused::Gone)),
    }
}

/// A built-in role by its code, one of the shop's own by its name.
fn role_named(conn: &mut Conn, name: &str) -> Result<Option<RoleName>> {
    let own = staff::list_roles(conn)?.into_iter().find(|role| role.name == name);
    let built_in = Role::parse(name).map(RoleName::BuiltIn);
    Ok(built_in.or(own.map(RoleName::Own)))
}

/// The link by which she joins, or chooses a new password, with its secret.
fn link_of(conn: &mut Conn, giver: &Giver<'_>, id: StaffId) -> Result<LinkToken> {
    let gone = || Error::internal("an account that is gone");
    let account = staff::find_account(conn, id)?.ok_or_else(gone)?;
    let language = settings::load(conn)?.own_language();
    staff::link(conn, &account, language, giver.who)
}

fn join(conn: &mut Conn, giver: &Giver<'_>, id: StaffId, new: &Newcomer) -> Changed {
    let token = link_of(conn, giver, id)?;
    let found = links::find(conn, &token, &[Purpose::Invite], giver.who.at)?;
    let joined = found.map(|link| staff::join(conn, giver.who, &link, new)).transpose()?.flatten();
    Ok(joined.map(|_| ()).ok_or(Refused::Gone))
}

fn address(email: &str) -> std::result::Result<Email, Failure> {
    Email::parse(email).ok_or_else(|| "give an e-mail address, such as ani@shop.example".into())
}

/// The first line of the standard input, hashed: nobody sees it among the arguments of processes.
async fn typed_password(settings: &Settings, known: &[&str]) -> std::result::Result<Hash, Failure> {
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    let typed = typed.trim_end_matches(['\r', '\n']);
    let passwords = app::passwords(settings)?;
    passwords.choose(typed, Whose::Staff, known).await?.map_err(|weakness| match weakness {
        Weakness::TooShort { least } => format!("the password needs {least} characters").into(),
        Weakness::TooLong { most } => format!("the password may have {most} characters").into(),
        Weakness::TooEasy => "the password is easy to guess".into(),
    })
}

fn print_link(settings: &Settings, path: &str, token: &LinkToken) {
    println!("{}/admin/{path}/{}", settings.public_url.as_str(), token.expose());
}

fn words(refused: Refused) -> &'static str {
    match refused {
        Refused::LastOwner => "the shop needs an owner who can sign in",
        Refused::TooMuch | Refused::Herself => "that cannot be done",
        Refused::Taken => "this address has an account already",
        Refused::InUse => "somebody has this role",
        Refused::Gone => "there is no such account or role",
    }
}

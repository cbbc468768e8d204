//! The people who work here.

pub mod edit;
pub mod invite;
pub mod list;

use super::roles::words;
use crate::db::Conn;
use crate::error::Result;
use crate::staff::{Account, Permissions, Refused, Role, RoleName, list_roles};
use crate::web::Shell;

/// The key of the words for a change that is refused.
pub(super) fn refused_text(refused: Refused) -> &'static str {
    match refused {
        Refused::LastOwner => "staff-last-owner",
        Refused::TooMuch => "staff-too-much",
        Refused::Herself => "staff-herself",
        Refused::Taken => "staff-taken",
        Refused::InUse => "staff-in-use",
        Refused::Gone => "staff-gone",
    }
}

/// Whether somebody gets in: words, and the colour of their badge.
fn state(shell: &Shell, account: &Account) -> (String, &'static str) {
    let (words, tone) = match (account.is_disabled, account.has_joined) {
        (true, _) => ("staff-disabled", ""),
        (false, true) => ("staff-active", "good"),
        (false, false) => ("staff-invited", "warn"),
    };
    (shell.t(words).to_owned(), tone)
}

/// All roles.
fn all_roles(conn: &mut Conn) -> Result<Vec<RoleName>> {
    let own = list_roles(conn)?.into_iter().map(RoleName::Own);
    Ok(Role::ALL.iter().copied().map(RoleName::BuiltIn).chain(own).collect())
}

/// Those that somebody may give, for a `select`: value, text, chosen.
fn choices(
    shell: &Shell,
    roles: &[RoleName],
    may: &Permissions,
    chosen: &str,
) -> Vec<(String, String, bool)> {
    let given = roles.iter().filter(|role| may.cover(&role.may()));
    given.map(|role| (role.code(), words(shell, role), role.code() == chosen)).collect()
}

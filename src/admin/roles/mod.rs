//! Roles: what each may do.

pub mod edit;
pub mod list;

use crate::staff::RoleName;
use crate::web::Shell;

/// What a role is called.
pub(super) fn words(shell: &Shell, role: &RoleName) -> String {
    match role {
        RoleName::BuiltIn(role) => shell.t(&format!("role-{}", role.code())).to_owned(),
        RoleName::Own(role) => role.name.clone(),
    }
}

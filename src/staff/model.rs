//! Roles and accounts.

use chrono::NaiveDateTime;

use super::permission::{Permission, Permissions};
use crate::ids::{RoleId, StaffId};
use crate::sessions::Session;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// A role that every shop has. Its words are `role-` and its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Role { $($(#[$doc])* $name,)+ }

        impl Role {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the database, in forms and on the command line.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.code() == code)
            }
        }
    };
}

roles! {
    Owner = "owner",
    Manager = "manager",
    Packer = "packer",
    /// Answers shoppers.
    Service = "service",
    /// Keeps the catalogue and the pages.
    Editor = "editor",
}

impl Role {
    pub fn may(self) -> Permissions {
        use Permission as P;
        let some: &[Permission] = match self {
            Self::Owner => return Permissions::all(),
            Self::Manager => {
                let all = P::ALL.iter().copied();
                return all.filter(|permission| *permission != P::ManageStaff).collect();
            }
            Self::Packer => &[P::ViewOrders, P::ShipOrders, P::ViewProducts, P::ChangeStock],
            Self::Service => &[
                P::ViewOrders,
                P::ShipOrders,
                P::ChangeOrders,
                P::RefundOrders,
                P::ViewProducts,
                P::ViewCustomers,
                P::ChangeCustomers,
            ],
            Self::Editor => &[
                P::ViewProducts,
                P::ChangeProducts,
                P::ChangeStock,
                P::ChangeDiscounts,
                P::ChangeContent,
                P::ViewReports,
            ],
        };
        some.iter().copied().collect()
    }
}

/// A role that the shop made itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRole {
    pub id: RoleId,
    pub name: String,
    pub may: Permissions,
}

/// Which role somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleName {
    BuiltIn(Role),
    Own(OwnRole),
}

impl RoleName {
    pub fn may(&self) -> Permissions {
        match self {
            Self::BuiltIn(role) => role.may(),
            Self::Own(role) => role.may.clone(),
        }
    }

    pub fn is_owner(&self) -> bool {
        *self == Self::BuiltIn(Role::Owner)
    }

    /// As forms name it: the code of a built-in one, the number of an own one.
    pub fn code(&self) -> String {
        match self {
            Self::BuiltIn(role) => role.code().to_owned(),
            Self::Own(role) => role.id.to_string(),
        }
    }

    /// As the audit log names it.
    pub(super) fn told(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.code(),
            Self::Own(role) => &role.name,
        }
    }
}

/// An account of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: StaffId,
    /// In small letters.
    pub email: String,
    /// Empty until she has joined.
    pub name: String,
    pub role: RoleName,
    pub has_joined: bool,
    pub has_second_factor: bool,
    pub created_at: NaiveDateTime,
    pub is_disabled: bool,
}

/// Somebody of the staff who is signed in.
#[derive(Debug, Clone)]
pub struct Member {
    pub account: Account,
    pub may: Permissions,
    pub session: Session,
}

impl Member {
    pub fn id(&self) -> StaffId {
        self.account.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_owners_give_roles() {
        for role in Role::ALL {
            assert_eq!(role.may().has(Permission::ManageStaff), *role == Role::Owner, "{role:?}");
        }
    }
}

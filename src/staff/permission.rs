//! The catalogue of what may be done in the back office, and what each page asks of it.

use std::collections::BTreeSet;

/// What a page of the back office asks of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To be of the staff. Open even to somebody who has yet to set up the second factor that the
    /// shop requires.
    OwnAccount,
    /// The same, and to have shown just now who she is.
    OwnSecrets,
    /// To be of the staff.
    Staff,
    May(Permission),
}

impl Need {
    pub fn is_met_by(self, may: &Permissions) -> bool {
        match self {
            Self::OwnAccount | Self::OwnSecrets | Self::Staff => true,
            Self::May(permission) => may.has(permission),
        }
    }

    /// Whether it can do so much harm that she shows once more who she is.
    pub fn is_sensitive(self) -> bool {
        match self {
            Self::OwnAccount | Self::Staff => false,
            Self::OwnSecrets => true,
            Self::May(permission) => permission.is_sensitive(),
        }
    }
}

/// A [`Need`] as a type: the argument of a handler names it.
pub trait Rule: 'static {
    const NEEDS: Need;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// What somebody of the staff may do. Its words are `may-` and its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Permission { $($(#[$doc])* $name,)+ }

        impl Permission {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the database and in forms: the area, and what may be done there.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }

        /// Each need as a type, for `Allowed`.
        pub mod to {
            use super::{Need, Permission, Rule};

            pub struct KeepOwnAccount;
            impl Rule for KeepOwnAccount {
                const NEEDS: Need = Need::OwnAccount;
            }

            pub struct KeepOwnSecrets;
            impl Rule for KeepOwnSecrets {
                const NEEDS: Need = Need::OwnSecrets;
            }

            pub struct Enter;
            impl Rule for Enter {
                const NEEDS: Need = Need::Staff;
            }

            $(
                $(#[$doc])*
                pub struct $name;
                impl Rule for $name {
                    const NEEDS: Need = Need::May(Permission::$name);
                }
            )+
        }
    };
}

permissions! {
    ViewOrders = "orders-view",
    /// Pack, and send off.
    ShipOrders = "orders-ship",
    /// Take money in, cancel, decide on returns.
    ChangeOrders = "orders-change",
    RefundOrders = "orders-refund",
    ExportOrders = "orders-export",
    ViewProducts = "products-view",
    ChangeProducts = "products-change",
    ChangeStock = "products-stock",
    ExportProducts = "products-export",
    ViewCustomers = "customers-view",
    ChangeCustomers = "customers-change",
    ExportCustomers = "customers-export",
    /// Forget them, and make one of two.
    EraseCustomers = "customers-erase",
    /// Promotions, prices and what is on the pages.
    ChangeDiscounts = "selling-discounts",
    ChangeContent = "selling-content",
    ViewReports = "selling-reports",
    ChangeSettings = "shop-settings",
    ViewStaff = "shop-staff",
    /// Invite, disable, and give roles.
    ManageStaff = "shop-roles",
    ViewAudit = "shop-audit",
}

/// Permissions that a form shows together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its words are `area-` and this.
    pub code: &'static str,
}

impl Permission {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.code() == code)
    }

    pub fn area(self) -> Area {
        let code = self.code();
        Area { code: code.split_once('-').map_or(code, |(area, _)| area) }
    }

    /// Whether it can do so much harm that whoever uses it shows once more who she is.
    pub fn is_sensitive(self) -> bool {
        use Permission as P;
        matches!(
            self,
            P::RefundOrders
                | P::ExportOrders
                | P::ExportProducts
                | P::ExportCustomers
                | P::EraseCustomers
                | P::ChangeSettings
                | P::ManageStaff
        )
    }
}

/// What somebody may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(BTreeSet<Permission>);

impl Permissions {
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// As they are stored; what this version does not know is left out.
    pub fn parse(codes: &str) -> Self {
        codes.split_whitespace().filter_map(Permission::parse).collect()
    }

    /// As they are stored.
    pub fn codes(&self) -> String {
        let codes: Vec<&str> = self.0.iter().map(|permission| permission.code()).collect();
        codes.join(" ")
    }

    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// Whether these are all of `others`, and perhaps more.
    pub fn cover(&self, others: &Self) -> bool {
        self.0.is_superset(&others.0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_stored_by_their_codes() {
        let some: Permissions =
            [Permission::RefundOrders, Permission::ViewOrders].into_iter().collect();
        assert_eq!(some.codes(), "orders-view orders-refund");
        assert_eq!(Permissions::parse(&some.codes()), some);
        assert_eq!(Permissions::parse("orders-view unknown-thing  orders-refund"), some);
        assert_eq!(Permissions::parse(&Permissions::all().codes()), Permissions::all());
    }

    #[test]
    fn who_has_more_covers_who_has_less() {
        let few: Permissions = [Permission::ViewOrders].into_iter().collect();
        assert!(Permissions::all().cover(&few) && few.cover(&few));
        assert!(!few.cover(&Permissions::all()));
        assert!(few.cover(&Permissions::default()));
    }
}

//! The frame around every page of the back office.

use std::ops::Deref;

use crate::staff::{Member, Need, Permission};
use crate::web::Shell;

/// What a page is shown with: texts, links, and the menu of what she may.
pub struct Desk {
    pub shell: Shell,
    /// Whose desk it is.
    pub name: String,
    /// Of her name: two letters.
    pub initials: String,
    menu: Vec<Entry>,
}

/// A line of the menu.
pub struct Entry {
    pub href: String,
    pub icon: &'static str,
    pub text: String,
    pub is_current: bool,
    /// Whether it stands under the heading of the shop's own matters.
    pub is_of_shop: bool,
}

/// Path, icon, words, what it needs, and whether it is about the shop itself.
type Line = (&'static str, &'static str, &'static str, Need, bool);

const MENU: &[Line] = &[
    ("/admin", "house", "admin-home", Need::Staff, false),
    ("/admin/orders", "inbox", "admin-orders", Need::May(Permission::ViewOrders), false),
    ("/admin/products", "tag", "admin-products", Need::May(Permission::ViewProducts), false),
    ("/admin/stock", "package", "admin-stock", Need::May(Permission::ViewProducts), false),
    (
        "/admin/discounts",
        "ticket-percent",
        "admin-discounts",
        Need::May(Permission::ChangeDiscounts),
        false,
    ),
    ("/admin/customers", "user", "admin-customers", Need::May(Permission::ViewCustomers), false),
    ("/admin/messages", "mail", "admin-messages", Need::May(Permission::ViewCustomers), false),
    ("/admin/reports", "receipt", "admin-reports", Need::May(Permission::ViewReports), false),
    ("/admin/pages", "file-text", "admin-pages", Need::May(Permission::ChangeContent), true),
    ("/admin/menus", "menu", "admin-menus", Need::May(Permission::ChangeContent), true),
    ("/admin/blocks", "store", "admin-blocks", Need::May(Permission::ChangeContent), true),
    (
        "/admin/redirects",
        "external-link",
        "admin-redirects",
        Need::May(Permission::ChangeContent),
        true,
    ),
    ("/admin/look", "eye", "admin-look", Need::May(Permission::ChangeSettings), true),
    ("/admin/delivery", "truck", "admin-delivery", Need::May(Permission::ChangeSettings), true),
    ("/admin/tax", "receipt", "admin-tax", Need::May(Permission::ChangeSettings), true),
    ("/admin/payments", "wallet", "admin-payments", Need::May(Permission::ChangeSettings), true),
    (
        "/admin/settings",
        "sliders-horizontal",
        "admin-settings",
        Need::May(Permission::ChangeSettings),
        true,
    ),
    ("/admin/staff", "users", "admin-staff", Need::May(Permission::ViewStaff), true),
    ("/admin/roles", "lock", "admin-roles", Need::May(Permission::ManageStaff), true),
    ("/admin/audit", "file-text", "admin-audit", Need::May(Permission::ViewAudit), true),
];

impl Desk {
    pub(super) fn new(shell: Shell, member: &Member) -> Self {
        let account = &member.account;
        let lines = MENU.iter().filter(|(.., need, _)| need.is_met_by(&member.may));
        let menu = lines.map(|&(path, icon, text, _, is_of_shop)| Entry {
            href: shell.href(path).into_owned(),
            icon,
            text: shell.t(text).to_owned(),
            is_current: is_within(&shell.path, path),
            is_of_shop,
        });
        Self {
            menu: menu.collect(),
            name: account.name.clone(),
            initials: initials(&account.name),
            shell,
        }
    }

    /// A share in parts per million as somebody types it in her language, in per cent: `12.5`, `12,5`.
    pub fn percent(&self, ppm: i64) -> String {
        self.decimal((ppm / 10_000, ppm % 10_000), 4)
    }

    /// A weight as somebody types it in her language: `1.5 kg`, `300 g`.
    pub fn weight(&self, grams: i64) -> String {
        match (grams / 1_000, grams % 1_000) {
            (0, grams) => format!("{grams} g"),
            kilograms => format!("{} kg", self.decimal(kilograms, 3)),
        }
    }

    /// Without decimals that say nothing.
    fn decimal(&self, (whole, rest): (i64, i64), decimals: usize) -> String {
        let point = if self.lang() == "id" { ',' } else { '.' };
        let rest = format!("{rest:0decimals$}");
        match rest.trim_end_matches('0') {
            "" => whole.to_string(),
            rest => format!("{whole}{point}{rest}"),
        }
    }

    pub fn menu(&self, is_of_shop: bool) -> Vec<&Entry> {
        self.menu.iter().filter(|entry| entry.is_of_shop == is_of_shop).collect()
    }
}

impl Deref for Desk {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.shell
    }
}

fn is_within(path: &str, entry: &str) -> bool {
    let below = path.strip_prefix(entry).is_some_and(|rest| rest.starts_with('/'));
    path == entry || below && entry != "/admin"
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = [words.next(), words.next_back()].into_iter().flatten();
    first.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_knows_where_one_is() {
        assert!(is_within("/admin/staff/7", "/admin/staff"));
        assert!(is_within("/admin", "/admin"));
        assert!(!is_within("/admin/staff", "/admin"));
        assert!(!is_within("/admin/staffing", "/admin/staff"));
    }

    #[test]
    fn two_letters_stand_for_a_name() {
        assert_eq!(initials("Sari Hartono"), "SH");
        assert_eq!(initials("Sari Ayu Hartono"), "SH");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials(""), "");
    }
}

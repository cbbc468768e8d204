//! The merchant's settings, section by section: a form asks one or several of them.

pub(super) mod change;
pub mod edit;
pub mod list;
pub mod mail;
pub(super) mod section;
pub(super) mod sections;

use section::Sections;
use sections::{ADDRESS, INVOICES, LANGUAGES, MAILS, MONEY, NAME, ORDERS, PLACE, WORDS};

/// A page of settings. Its words are `settings-` and its code.
pub struct Part {
    pub code: &'static str,
    pub icon: &'static str,
    pub sections: Sections,
}

static PARTS: [Part; 6] = [
    Part { code: "shop", icon: "store", sections: &[&NAME, &WORDS, &ADDRESS, &PLACE] },
    Part { code: "languages", icon: "globe", sections: &[&LANGUAGES] },
    Part { code: "money", icon: "wallet", sections: &[&MONEY] },
    Part { code: "orders", icon: "inbox", sections: &[&ORDERS] },
    Part { code: "invoices", icon: "receipt", sections: &[&INVOICES] },
    Part { code: MAIL, icon: "mail", sections: &[&MAILS] },
];

/// The part about mails, which can be tried out.
const MAIL: &str = "mail";

fn find(code: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| part.code == code)
}

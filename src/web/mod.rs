//! The page kit: what a request is (`Visit`), what surrounds a page (`Shell`), forms, session,
//! languages, errors, static files. Owns no table.

pub mod assets;
pub mod bounds;
pub mod cells;
pub mod choice;
pub mod client;
pub mod countries;
pub mod dates;
pub mod elsewhere;
pub mod error_page;
pub mod flood;
pub mod frame;
pub mod head;
pub mod headers;
pub mod health;
pub mod html;
pub mod locale;
pub mod logging;
pub mod media;
pub mod menus;
pub mod origin;
pub mod pack;
pub mod pager;
pub mod pages;
pub mod picture;
pub mod query;
pub mod rotation;
pub mod rules;
pub mod session;
pub mod shell;
pub mod shop;
pub mod texts;
pub mod theme;
pub mod visit;
pub mod vocabulary;

pub use choice::Choice;
pub use html::{Html, moved, see_other};
pub use pages::PageKind;
pub use picture::Picture;
pub use query::{Form, Query};
pub use rules::Rules;
pub use shell::{Head, Link, Shell};
pub use shop::Shop;
pub use visit::{SlugPath, View, Visit};

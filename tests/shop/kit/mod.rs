//! The harness: a shop with fresh rows, and people who use it.
//!
//! ```ignore
//! both!(a_guest_finds_a_mug);
//!
//! async fn a_guest_finds_a_mug(shop: TestShop) {
//!     let guest = shop.shopper();
//!     let results = guest.open("/").await.form("/search").fill("q", "mug").press("Search").await;
//!     results.see("Bumi Stoneware Mug");
//!     guest.add("bumi-stoneware-mug", &[("colour", "clay"), ("size", "350ml")], 2).await;
//!     guest.order().await.see("Rp 270.000");
//! }
//! ```

// Several test binaries share the kit, and each uses a part of it.
#![allow(dead_code, unused_imports)]
// `unwrap` and `panic!` are how a test fails.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod bucket;
pub mod colleague;
mod controls;
pub mod database;
pub mod form;
pub mod gateway;
pub mod goods;
mod ledger;
pub mod member;
pub mod office;
pub mod page;
pub mod process;
pub mod rules;
pub mod sale;
pub mod shop;
pub mod shopper;
pub mod smtp;
pub mod source;
#[path = "../../stand_in/mod.rs"]
pub mod stand_in;
pub mod upload;
pub mod visitor;

pub use database::{Dbms, FreshDatabase};
pub use gateway::Mood;
pub use goods::{Goods, goods};
pub use office::Office;
pub use page::Page;
pub use shop::TestShop;
pub use shopper::Shopper;
pub use smtp::{MailServer, Manner};
pub use stand_in::StandIn;
pub use visitor::Visitor;

/// What a story begins with: a whole shop, a database, or only the knowledge which database it is about.
pub trait Start {
    /// Makes it ready on that database.
    async fn start(dbms: Dbms) -> Self;
}

impl Start for Dbms {
    async fn start(dbms: Dbms) -> Self {
        dbms
    }
}

impl Start for FreshDatabase {
    /// Migrated and filled with the demo shop's goods.
    async fn start(dbms: Dbms) -> Self {
        Self::filled(dbms)
    }
}

impl Start for TestShop {
    async fn start(dbms: Dbms) -> Self {
        Self::open(dbms).await
    }
}

/// Tells one story on one database.
pub fn tell<S: Start, F: Future<Output = ()>>(dbms: Dbms, story: impl FnOnce(S) -> F) {
    actix_web::rt::System::new().block_on(async { story(S::start(dbms).await).await });
}

/// Makes two tests of every story: `story::sqlite` and `story::postgres`.
#[macro_export]
macro_rules! both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn sqlite() {
                $crate::kit::tell($crate::kit::Dbms::Sqlite, super::$story);
            }

            #[test]
            fn postgres() {
                $crate::kit::tell($crate::kit::Dbms::Postgres, super::$story);
            }
        }
    )+};
}

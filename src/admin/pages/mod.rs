//! Pages and articles: found, made, edited, looked at before shoppers do.

pub mod edit;
pub mod edition;
mod form;
pub mod list;
pub mod make;
pub mod preview;
pub mod remove;

use chrono::NaiveDateTime;

use super::Allowed;
use super::desk::Desk;
use crate::staff::to;
use crate::web::PageKind;

type Staff = Allowed<to::ChangeContent>;

/// Whether shoppers see a page, in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

fn badge(shell: &Desk, published: bool, publish_at: NaiveDateTime) -> Badge {
    let (key, tone) = match published {
        false => ("page-draft", "warn"),
        true if publish_at > shell.now() => ("page-scheduled", "info"),
        true => ("page-published", "good"),
    };
    Badge { text: shell.t(key).to_owned(), tone }
}

/// What a kind of page is called.
fn kind_name(shell: &Desk, kind: PageKind) -> String {
    shell.t(&format!("page-kind-{}", kind.code())).to_owned()
}

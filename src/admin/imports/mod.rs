//! Goods that come and go as tables: all products as a file, and files that bring some.

pub mod bring;
pub mod deeds;
pub mod export;
pub mod list;
pub mod show;
pub mod wrong;

use super::desk::Desk;
use crate::exchange::State;
use crate::ids::ImportId;

const LIST: &str = "/admin/products/imports";

fn address(id: ImportId) -> String {
    format!("{LIST}/{id}")
}

/// A state in words, and the colour of its badge.
fn state(shell: &Desk, state: State) -> (String, &'static str) {
    let tone = match state {
        State::Checking | State::Running | State::Undoing => "info",
        State::Checked | State::Stopped | State::Unread => "warn",
        State::Done => "good",
        State::Undone => "",
    };
    (shell.t(&format!("import-state-{}", state.code())).to_owned(), tone)
}

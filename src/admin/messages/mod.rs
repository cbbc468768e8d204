//! What visitors have written by the contact form: found, read, answered.

pub mod list;
pub mod moves;
pub mod show;

use super::desk::Desk;
use crate::messages::book::Message;

fn address(shell: &Desk, message: &Message) -> String {
    shell.href(&format!("/admin/messages/{}", message.id)).into_owned()
}

/// By her name, or by her address if she gave none.
fn writer(message: &Message) -> &str {
    if message.name.is_empty() { &message.email } else { &message.name }
}

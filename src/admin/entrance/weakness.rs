//! Passwords that somebody wants, and why she cannot have one.

use crate::admin::caller::Caller;
use crate::error::Result;
use crate::passwords::{Hash, Weakness, Whose};
use crate::web::Form;

/// What was typed as a new password, hashed, or the key of the words for what is wrong with it.
pub(in crate::admin) async fn choose(
    caller: &Caller,
    form: &Form,
    known: &[&str],
) -> Result<std::result::Result<Hash, &'static str>> {
    let typed = form.find("new_password").unwrap_or_default();
    let shop = caller.visit.frame.settings.name.as_str();
    let known = [known, &[shop]].concat();
    let chosen = caller.visit.shop.passwords.choose(typed, Whose::Staff, &known).await?;
    Ok(chosen.map_err(|weakness| match weakness {
        Weakness::TooShort { .. } => "admin-password-short",
        Weakness::TooLong { .. } => "admin-password-long",
        Weakness::TooEasy => "admin-password-easy",
    }))
}

//! Settings are changed one form after the other: whoever comes second is shown what changed.

use super::section::{Sections, stored};
use crate::admin::Allowed;
use crate::admin::meanwhile::{Merged, merge, seal};
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::Sent;
use crate::db::Conn;
use crate::error::Result;
use crate::opening::{self, Step};
use crate::settings::{self, ShopSettings};
use crate::staff::Rule;
use crate::web::Form;

/// Why settings were not saved.
pub enum Unsaved {
    Wrong(Form, Mistakes),
    /// Somebody else has saved some of them since the form was opened.
    Meanwhile(Merged),
}

impl Unsaved {
    /// As the page shows it again.
    pub fn sent<'a>(&'a self, none: &'a Mistakes) -> Sent<'a> {
        match self {
            Self::Wrong(form, mistakes) => Sent { form, mistakes, merged: None },
            Self::Meanwhile(merged) => {
                Sent { form: &merged.form, mistakes: none, merged: Some(merged) }
            }
        }
    }
}

/// Saves what was typed, and that it answers a question of the first five minutes.
pub async fn change<R: Rule>(
    staff: &Allowed<R>,
    (sections, answers): (Sections, Option<Step>),
    form: Form,
) -> Result<std::result::Result<(), Unsaved>> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    let write = move |conn: &mut Conn| {
        let saved = settings::change(conn, &who, |settings| put(sections, &form, settings))?;
        if let (Ok(()), Some(step)) = (&saved, answers) {
            opening::answer(conn, step, who.at)?;
        }
        Ok(saved)
    };
    let saved = shop.db.write(write).await?;
    shop.refresh().await?;
    Ok(saved)
}

fn put(
    sections: Sections,
    form: &Form,
    settings: &mut ShopSettings,
) -> std::result::Result<(), Unsaved> {
    let now = stored(sections, settings);
    if form.get("seen") != seal(&now) {
        return Err(Unsaved::Meanwhile(merge(form, &now)));
    }
    let mut reader = Reader::of(form);
    for section in sections {
        (section.read)(&mut reader, settings);
    }
    reader.end(()).map_err(|mistakes| Unsaved::Wrong(form.clone(), mistakes))
}

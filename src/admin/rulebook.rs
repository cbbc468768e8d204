//! How the pages of discounts, delivery, tax and payments change rules: as a file of rules would,
//! with what the rules refuse said at the field where it was typed.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::allowed::Allowed;
use super::desk::Desk;
use super::sent::Told;
use crate::db::Conn;
use crate::error::Result;
use crate::language::{Language, LocalText};
use crate::money::{Currency, Money};
use crate::pricing::Amount;
use crate::rules::{Book, Mistake, Section};
use crate::staff::Rule;
use crate::web::{Form, dates};

/// What becomes of a change.
pub(super) enum Saved<T = ()> {
    Done(T),
    Wrong(T, Vec<Mistake>),
    /// Somebody else has changed it since: nothing was written.
    Meanwhile,
}

/// Changes a section in somebody's name, and lets the shop take notice. `change` gives what it has
/// changed, and nothing when somebody else was faster.
pub(super) async fn change<R: Rule, T: Send + 'static>(
    staff: &Allowed<R>,
    section: Section,
    change: impl Fn(&mut Conn, &mut Book) -> Result<Option<T>> + Send + 'static,
) -> Result<Saved<T>> {
    let who = staff.who();
    let write = move |conn: &mut Conn| {
        let mut book = Book::open(conn, section)?;
        let Some(done) = change(conn, &mut book)? else { return Ok(Saved::Meanwhile) };
        let mistakes = book.save(conn, &who)?.mistakes;
        Ok(if mistakes.is_empty() { Saved::Done(done) } else { Saved::Wrong(done, mistakes) })
    };
    let saved = staff.visit().shop.db.write(write).await?;
    staff.visit().shop.refresh().await?;
    Ok(saved)
}

/// Mistakes in what stands at a path, at their fields. `say` gives the field of a key and the words
/// for it; an empty field is none.
pub(super) fn told(
    shell: &Desk,
    (path, mistakes): (&[&str], &[Mistake]),
    say: impl Fn(&str, &str) -> Option<(String, String)>,
) -> Told {
    let mut told = Told::default();
    for mistake in mistakes {
        let said = mistake.below(path).and_then(|key| say(key, &mistake.about));
        match said {
            Some((field, words)) if field.is_empty() => told.rest.push(words),
            Some((field, words)) => {
                told.fields.entry(field).or_insert(words);
            }
            None => told.rest.push(shell.t("rules-wrong").to_owned()),
        }
    }
    told
}

/// A text in each language as it was typed; of a language that the form does not ask, as it was.
pub(super) fn local<'a>(
    form: &'a Form,
    field: &str,
    known: Option<&'a LocalText>,
) -> impl Iterator<Item = (Language, &'a str)> {
    Language::ALL
        .map(|language| {
            let typed = form.find(&format!("{field}-{}", language.code()));
            (language, typed.unwrap_or_else(|| text_in(known, language)))
        })
        .into_iter()
}

/// The same as the fields of a form: one for each language that the shop speaks.
pub(super) fn local_fields(shell: &Desk, field: &str, text: &LocalText) -> Vec<(String, String)> {
    let in_one = |language: &Language| {
        (format!("{field}-{}", language.code()), text_in(Some(text), *language).to_owned())
    };
    shell.settings().languages.iter().map(in_one).collect()
}

fn text_in(text: Option<&LocalText>, language: Language) -> &str {
    let mut known = text.into_iter().flat_map(LocalText::iter);
    known.find(|(known, _)| *known == language).map_or("", |(_, text)| text)
}

/// Fields under their names.
pub(super) fn named<const N: usize>(fields: [(&str, String); N]) -> Vec<(String, String)> {
    fields.map(|(name, text)| (name.to_owned(), text)).into()
}

/// What stands for an amount that is none: a file cannot hold it where one stands either.
const NO_AMOUNT: &str = "?";

/// An amount as a file has it; what is none in her language is none there either.
pub(super) fn typed_amount(text: &str, currency: Currency, language: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let money = Money::parse_typed(text, currency, language);
    money.map_or_else(|_| NO_AMOUNT.to_owned(), |money| money.plain())
}

/// An amount as she types it.
pub(super) fn shown_amount(shell: &Desk, amount: Amount, currency: Currency) -> String {
    Money::new(amount.get(), currency).typed(shell.lang())
}

/// A time that she has not touched keeps its seconds, which the field does not show.
pub(super) fn typed_time(text: &str, known: Option<NaiveDateTime>, zone: Tz) -> String {
    match known.filter(|known| dates::typed(*known, zone) == text) {
        Some(known) => known.and_utc().to_rfc3339(),
        None => text.to_owned(),
    }
}

/// A time by the clock of the shop, as a field has it.
pub(super) fn shown_time(shell: &Desk, at: Option<NaiveDateTime>) -> String {
    at.map(|at| dates::typed(at, shell.settings().time_zone)).unwrap_or_default()
}

/// When something holds: "from 1 Dec 2026 until 1 Jan 2027"; empty for always.
pub(super) fn window(
    shell: &Desk,
    from: Option<NaiveDateTime>,
    until: Option<NaiveDateTime>,
) -> String {
    let from = from.map(|at| shell.with("sale-from", "at", dates::brief(shell, at)));
    let until = until.map(|at| shell.with("sale-until", "at", dates::brief(shell, at)));
    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}

/// A weight as a file has it: `1,5 kg`, `300 g`.
pub(super) fn typed_weight(text: &str) -> String {
    text.replace(',', ".")
}

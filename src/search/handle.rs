//! Handles: the names of things in addresses, made of what people call them.

use super::terms::fold;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::values::Slug;

/// How many letters of a name a handle takes: a number may follow.
const LONGEST: usize = 80;
/// How many numbers are tried before chance decides.
const TRIES: u32 = 50;

/// The words of a name, as an address writes them; `instead` for a name without a Latin letter.
pub fn handle_of(name: &str, instead: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut handle = words.collect::<Vec<_>>().join("-");
    handle.truncate(LONGEST);
    match handle.trim_end_matches('-') {
        "" => instead.to_owned(),
        handle => handle.to_owned(),
    }
}

/// The handle that is wanted, with a number behind it where something else has it.
pub fn free_handle(
    conn: &mut Conn,
    wanted: &str,
    is_taken: impl Fn(&mut Conn, &str) -> Result<bool>,
) -> Result<Slug> {
    let slug = free(conn, wanted, is_taken)?;
    Slug::parse(&slug).ok_or_else(|| Error::internal(format!("{slug:?} is no handle")))
}

/// A name that nothing has: the wanted one, or with a number behind it.
pub fn free(
    conn: &mut Conn,
    wanted: &str,
    is_taken: impl Fn(&mut Conn, &str) -> Result<bool>,
) -> Result<String> {
    if !is_taken(conn, wanted)? {
        return Ok(wanted.to_owned());
    }
    for number in 2..TRIES {
        let numbered = format!("{wanted}-{number}");
        if !is_taken(conn, &numbered)? {
            return Ok(numbered);
        }
    }
    Ok(format!("{wanted}-{:08x}", rand::random::<u32>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_made_of_the_words_of_a_name() {
        let handle_of = |name| handle_of(name, "product");
        assert_eq!(handle_of("Bumi Stoneware Mug, 250 ml"), "bumi-stoneware-mug-250-ml");
        assert_eq!(handle_of("  Crème brûlée! "), "creme-brulee");
        assert_eq!(handle_of("杯子"), "product");
        assert_eq!(handle_of(&"long ".repeat(40)).len(), 79);
    }
}

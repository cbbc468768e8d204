//! An entry by itself, without the rest of its section: what a page tries out before it is saved.

use super::entry::Entry;
use super::read::{Fields, Mistake, Reading, RuleFile, Spot, Tree, Wrong};
use super::settings::ground;
use crate::settings::ShopSettings;

/// What `read` makes of an entry at its path, or everything that is wrong with it.
pub(super) fn alone<T>(
    entry: &Entry,
    shop: &ShopSettings,
    read: impl FnOnce(&Spot<'_>, &[String]) -> Result<Option<T>, Wrong>,
) -> Result<T, Vec<Mistake>> {
    let tree = Tree::read(&[RuleFile::new("", entry.toml())]);
    let reading = Reading::of(&tree, ground(shop));
    let spot = Fields::root(&reading).at(&entry.path);
    let read = spot.and_then(|spot| spot.try_with(|spot| read(spot, &entry.path)));
    match (read, reading.mistakes()) {
        (Some(read), mistakes) if mistakes.is_empty() => Ok(read),
        (_, mistakes) => Err(mistakes),
    }
}

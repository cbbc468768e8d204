//! What products stand on and are found by, as the staff keep it: categories, brands, attributes,
//! tags. Every change moves the shop's version on, which also lets one change of them come after
//! the other, and stands in the audit log. The words that find products follow by a job.

pub mod attribute;
pub mod brand;
pub mod category;
pub mod choices;
mod places;
mod reindex;
pub mod tag;

pub use reindex::works;

use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::web::frame::Frame;

/// Something as it stands.
#[derive(Debug, Clone)]
pub struct Kept<Sheet> {
    /// Moves on with every change.
    pub version: i64,
    pub sheet: Sheet,
}

/// Who changes what, and as which version she has seen it.
#[derive(Clone)]
pub struct Edit<'a, Id> {
    pub who: &'a Who,
    pub frame: &'a Frame,
    pub id: Id,
    pub version: i64,
}

/// Which way something goes among its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
}

impl Shift {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }

    /// The same things with one of them moved by one place; `None` where it stays.
    pub(super) fn of<Id: PartialEq>(self, mut order: Vec<Id>, id: &Id) -> Option<Vec<Id>> {
        let at = order.iter().position(|known| known == id)?;
        let to = match self {
            Self::Up => at.checked_sub(1)?,
            Self::Down => at + 1,
        };
        (to < order.len()).then(|| {
            order.swap(at, to);
            order
        })
    }
}

/// A thing as it is written down: fields and what stands in them.
type Fields = [(String, String)];

/// Writes down what has changed, field by field; all of what is new, and all of what is gone.
fn told(
    conn: &mut Conn,
    who: &Who,
    (action, entity): (Action, Entity),
    (before, after): (&Fields, &Fields),
) -> Result<()> {
    let (before, after) = match after {
        [] => {
            let (nothing, gone) = audit::differing(&[], before);
            (gone, nothing)
        }
        _ => audit::differing(before, after),
    };
    audit::write(conn, who, &Deed { action, entity, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_move_by_one_place_and_stop_at_the_ends() {
        let moved = |shift: Shift, id| shift.of(vec![1, 2, 3], &id);
        assert_eq!(moved(Shift::Up, 2), Some(vec![2, 1, 3]));
        assert_eq!(moved(Shift::Down, 2), Some(vec![1, 3, 2]));
        assert_eq!((moved(Shift::Up, 1), moved(Shift::Down, 3)), (None, None));
        assert_eq!(moved(Shift::Up, 4), None);
    }
}

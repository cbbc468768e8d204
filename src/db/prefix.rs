//! A text that begins with what somebody typed, found by an index: `LIKE` is none that a prepared
//! statement finds rows by. Latin letters are alike in either case, and no other letters are.

use diesel::expression::{Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};

use super::conn::MultiBackend;

/// `column` begins with `typed`: by an index of `lower(column)`.
pub fn begins_with<C>(column: C, typed: &str) -> BeginsWith<C> {
    BeginsWith::new(column, Part::Whole, typed)
}

/// The last word of `column` begins with `typed`: by an index of that word.
pub fn last_word_begins_with<C>(column: C, typed: &str) -> BeginsWith<C> {
    BeginsWith::new(column, Part::LastWord, typed)
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Whole,
    LastWord,
}

impl Part {
    /// As migrations write it for an index; `_` is the column.
    fn sql(self, backend: &MultiBackend) -> &'static str {
        match (self, backend) {
            (Self::Whole, MultiBackend::Sqlite(_)) => "lower(_)",
            (Self::Whole, MultiBackend::Postgres(_)) => "lower(_ COLLATE \"C\")",
            (Self::LastWord, MultiBackend::Sqlite(_)) => {
                "lower(replace(_, rtrim(_, replace(_, ' ', '')), ''))"
            }
            (Self::LastWord, MultiBackend::Postgres(_)) => {
                "lower(substring(_ COLLATE \"C\" FROM '[^ ]*$'))"
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct BeginsWith<C> {
    column: C,
    part: Part,
    from: String,
    before: String,
}

impl<C> BeginsWith<C> {
    fn new(column: C, part: Part, typed: &str) -> Self {
        let from = typed.to_ascii_lowercase();
        let before = format!("{from}\u{10ffff}");
        Self { column, part, from, before }
    }
}

impl<C: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for BeginsWith<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let sql = self.part.sql(out.backend());
        for (sign, bound) in [("(", &self.from), (" AND ", &self.before)] {
            out.push_sql(sign);
            for (at, piece) in sql.split('_').enumerate() {
                if at > 0 {
                    self.column.walk_ast(out.reborrow())?;
                }
                out.push_sql(piece);
            }
            out.push_sql(if sign == "(" { " >= " } else { " < " });
            out.push_bind_param::<Text, String>(bound)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl<C> Expression for BeginsWith<C> {
    type SqlType = Bool;
}
impl<T: ?Sized, C: AppearsOnTable<T>> AppearsOnTable<T> for BeginsWith<C> {}
impl<T: ?Sized, C: SelectableExpression<T>> SelectableExpression<T> for BeginsWith<C> where
    Self: AppearsOnTable<T>
{
}
impl<C> ValidGrouping<()> for BeginsWith<C> {
    type IsAggregate = is_aggregate::No;
}
impl<C> QueryId for BeginsWith<C> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

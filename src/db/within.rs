//! `column IN (…)`, as both databases take it and as diesel's own `eq_any` cannot say it here:
//! with a boxed query inside, and with a list of ids whose statement stays prepared.

use diesel::expression::{Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};

use super::conn::MultiBackend;

/// The rows of `query` hold `column`.
pub fn within<C, Q>(column: C, query: Q) -> Within<C, Q> {
    Within { column, query }
}

/// `column` is one of `ids`.
///
/// The list is one argument, so a page that asks for other ids, or for more, runs the statement
/// that is prepared already: preparing costs more than running.
pub fn any_of<C, Id: std::fmt::Display>(column: C, ids: &[Id]) -> AnyOf<C> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    AnyOf { column, ids: format!("[{}]", ids.join(",")) }
}

#[derive(Debug, Clone, QueryId)]
pub struct Within<C, Q> {
    column: C,
    query: Q,
}

impl<C, Q> QueryFragment<MultiBackend> for Within<C, Q>
where
    C: QueryFragment<MultiBackend>,
    Q: QueryFragment<MultiBackend>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<C, Q> Expression for Within<C, Q> {
    type SqlType = Bool;
}
impl<T: ?Sized, C: AppearsOnTable<T>, Q> AppearsOnTable<T> for Within<C, Q> {}
impl<T: ?Sized, C: SelectableExpression<T>, Q> SelectableExpression<T> for Within<C, Q> where
    Self: AppearsOnTable<T>
{
}
impl<C, Q> ValidGrouping<()> for Within<C, Q> {
    type IsAggregate = is_aggregate::No;
}

#[derive(Debug, Clone, QueryId)]
pub struct AnyOf<C> {
    column: C,
    /// A JSON array of whole numbers.
    ids: String,
}

impl<C: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for AnyOf<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let (before, after) = match out.backend() {
            MultiBackend::Sqlite(_) => (" IN (SELECT value FROM json_each(", "))"),
            MultiBackend::Postgres(_) => {
                (" = ANY(ARRAY(SELECT json_array_elements_text((", ")::json)::bigint))")
            }
        };
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(before);
        out.push_bind_param::<Text, String>(&self.ids)?;
        out.push_sql(after);
        Ok(())
    }
}

impl<C> Expression for AnyOf<C> {
    type SqlType = Bool;
}
impl<T: ?Sized, C: AppearsOnTable<T>> AppearsOnTable<T> for AnyOf<C> {}
impl<T: ?Sized, C: SelectableExpression<T>> SelectableExpression<T> for AnyOf<C> where
    Self: AppearsOnTable<T>
{
}
impl<C> ValidGrouping<()> for AnyOf<C> {
    type IsAggregate = is_aggregate::No;
}

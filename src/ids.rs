//! Ids of rows, each its own type, so that two of them cannot be swapped.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            Serialize, Deserialize, AsExpression, FromSqlRow,
        )]
        #[diesel(sql_type = BigInt)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                i64::from_sql(bytes).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A row of `media`.
    MediaId,
    /// A row of `page`.
    PageId,
    /// A row of `category`.
    CategoryId,
    /// A row of `brand`.
    BrandId,
    /// A row of `product`.
    ProductId,
    /// A row of `variant`: the thing that has a SKU, a price and stock.
    VariantId,
    /// A row of `option_type`: colour, size.
    OptionTypeId,
    /// A row of `option_value`: clay, 350 ml.
    OptionValueId,
    /// A row of `attribute`.
    AttributeId,
    /// A row of `attribute_choice`.
    ChoiceId,
    /// A row of `orders`. Never shown: a shopper sees the order's number.
    OrderId,
}

//! Ids, each its own type, so that two of them cannot be swapped: numbers of rows, which stay
//! inside, and unguessable names, which go out.

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

macro_rules! unguessable {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        /// 128 random bits in hexadecimal.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            pub fn random() -> Self {
                Self(format!("{:032x}", rand::random::<u128>()))
            }

            pub fn parse(text: &str) -> Option<Self> {
                let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                (text.len() == 32 && text.bytes().all(is_hex)).then(|| Self(text.to_owned()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

unguessable! {
    /// Names one cart, and with it the one order that may come of it.
    CartId,
    /// Names one try to pay, to the gateway and for ever.
    AttemptToken,
    /// Opens an order's page to whoever has it.
    OrderToken,
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
    /// A row of `promotion`. Others know it by its slug.
    PromotionId,
    /// A row of `order_line`.
    OrderLineId,
    /// A row of `shipment`.
    ShipmentId,
    /// A row of `order_return`.
    ReturnId,
    /// A row of `orders`. Never shown: a shopper sees the order's number.
    OrderId,
    /// A row of `invoice`: an invoice or a credit note.
    InvoiceId,
    /// A row of `invoice_series`.
    InvoiceSeriesId,
    /// A row of `payment`.
    PaymentId,
    /// A row of `refund`.
    RefundId,
    /// A row of `staff`.
    StaffId,
    /// A row of `staff_role`: one that the shop made itself.
    RoleId,
    /// A row of `job`. The operator sees it.
    JobId,
    /// A row of `mail`. The operator sees it.
    MailId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_128_bits() {
        let token = OrderToken::random();
        assert_eq!(OrderToken::parse(token.as_str()), Some(token));
        assert_eq!(OrderToken::parse("482-177-305"), None);
    }
}

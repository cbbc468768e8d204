//! Ids, each its own type, so that two of them cannot be swapped: numbers of rows, which stay
//! inside, and unguessable names, which go out.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        /// 256 random bits in hexadecimal. Tables hold what [`Self::hash`] makes of it, so that who
        /// reads one can do nothing with it. Does not print.
        #[derive(Clone, PartialEq, Eq)]
        #[must_use]
        pub struct $name(String);

        impl $name {
            pub fn random() -> Self {
                let half = || rand::random::<u128>();
                Self(format!("{:032x}{:032x}", half(), half()))
            }

            pub fn parse(text: &str) -> Option<Self> {
                let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                (text.len() == 64 && text.bytes().all(is_hex)).then(|| Self(text.to_owned()))
            }

            /// For whom it is made, and for nobody else.
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// SHA-256 in hexadecimal.
            pub fn hash(&self) -> String {
                let digest = Sha256::digest(self.0.as_bytes());
                digest.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("***")
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
    /// Names the wishlist of a guest, in her cookie.
    WishlistKey,
    /// Opens a wishlist to whoever has it.
    ShareToken,
}

secrets! {
    /// What the cookie of somebody who is signed in holds.
    SessionToken,
    /// What stands in a link that can be used once.
    LinkToken,
}

ids! {
    /// A row of `media`.
    MediaId,
    /// A row of `page`.
    PageId,
    /// A row of `menu_item`.
    MenuItemId,
    /// A row of `home_block`.
    BlockId,
    /// A row of `redirect`.
    RedirectId,
    /// A row of `category`.
    CategoryId,
    /// A row of `brand`.
    BrandId,
    /// A row of `product`.
    ProductId,
    /// A row of `saved_view`.
    SavedViewId,
    /// A row of `bulk_edit`.
    BulkEditId,
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
    /// A row of `customer`.
    CustomerId,
    /// A row of `customer_address`.
    CustomerAddressId,
    /// A row of `draft`.
    DraftId,
    /// A row of `stock_alert`.
    StockAlertId,
    /// A row of `wishlist`.
    WishlistId,
    /// A row of `session`: one sign-in.
    SessionId,
    /// A row of `link`: one that can be used once.
    LinkId,
    /// A row of `order_line`.
    OrderLineId,
    /// A row of `shipment`.
    ShipmentId,
    /// A row of `order_return`.
    ReturnId,
    /// A row of `message`: what somebody wrote to the shop.
    MessageId,
    /// A row of `message_entry`: an answer or a note.
    MessageEntryId,
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
    /// A row of `stocktake`: a count sheet.
    StocktakeId,
    /// A row of `staff`.
    StaffId,
    /// A row of `staff_role`: one that the shop made itself.
    RoleId,
    /// A row of `goods_import`: a file of goods that somebody brings.
    ImportId,
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

    #[test]
    fn a_secret_is_256_bits_and_does_not_print() {
        let secret = LinkToken::random();
        assert_eq!(LinkToken::parse(secret.expose()), Some(secret.clone()));
        assert_eq!(LinkToken::parse(&secret.expose()[1..]), None);
        assert_eq!(format!("{secret:?}"), "***");
    }

    #[test]
    fn a_table_knows_a_secret_without_having_it() {
        let secret = SessionToken::parse(&"0".repeat(64)).unwrap();
        let known = "60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55";
        assert_eq!(secret.hash(), known);
        assert_ne!(secret.hash(), SessionToken::random().hash());
    }
}

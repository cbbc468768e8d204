//! Why something was not put into the cart, by name: the product page says it in words.

/// What the shopper has to decide anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddProblem {
    /// No value was chosen for these options, by their codes.
    ChoiceMissing { options: Vec<String> },
    /// The values exist, but not together, or not any more.
    NoSuchChoice,
    /// Chosen well, but none is left.
    SoldOut,
    /// `left` are on the shelf, of which `in_cart` are in this cart already.
    TooMany { left: i64, in_cart: i64 },
    /// The quantity is not a whole number from 1 to 9,999.
    BadQuantity,
    /// The cart has as many different things as it holds.
    CartFull { most: usize },
}

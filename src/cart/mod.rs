//! The cart: what a shopper wants to buy. A guest's lives in the encrypted cookie session
//! (`web/session.rs`), a customer's in the table `customer_cart`, which this room owns; what is in it
//! is only a wish. Names, prices and stock are read anew for
//! every page, and what has become dearer, short or gone since is named on its line, never altered
//! behind the shopper's back. Also holds [`quote`], the one way from cart lines to a bill, which
//! the cart page, the checkout and the placing of an order share. Codes for discounts stay with the
//! cart, too: what they are good for is asked anew each time.

pub mod add;
pub mod again;
pub mod change;
mod code_view;
pub mod codes;
mod delivery;
mod goods;
mod join;
mod keep;
mod line_view;
mod model;
mod offers;
mod ordered;
mod pass_on;
mod queries;
mod quote;
mod reduced;
pub mod show;
mod totals;

pub use add::{choose, find_goods};
pub use code_view::{CodeView, code_views, unusable};
pub use codes::{CodeProblem, apply_code, remove_code, shown_again};
pub use delivery::{Deliveries, Delivery, Unfit, need_delivery};
pub use goods::{Goods, Item, Offer, Trouble};
pub use join::{Joined, join};
pub use model::{Cart, CartFull, CartLine, MOST_CODES, MOST_LINES};
pub use offers::offers;
pub use ordered::{find_order, forget, to_order};
pub use pass_on::pass_on;
pub use queries::{OnShelf, Shelf, find_order_of, find_shelf, items};
pub use quote::{Quote, Terms, line, quote};
pub use reduced::{Reduced, reduced};
pub use totals::{TotalRow, rows, to_free};

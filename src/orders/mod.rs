//! Orders. Owns the tables `orders`, `order_line`, `order_tax` and `order_address`. An order is a
//! copy: names, options, prices, taxes, addresses and the bill stand in it as they were when it was
//! placed, and nothing is reckoned anew. It is shown at an address that nobody can guess, and its
//! `cart_id` is unique: of one cart comes one order.

mod model;
mod queries;
mod rows;
pub mod show;

pub use model::{Address, AddressKind, OrderNumber, Payment};
pub use queries::insert;
pub use rows::{NewAddress, NewLine, NewOrder, NewTax};

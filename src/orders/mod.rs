//! Orders. Owns the tables `orders`, `order_line`, `order_tax`, `order_discount`, `order_address`,
//! `order_event` and `order_edit`. An order is a
//! copy: names, options, prices, taxes, addresses and the bill stand in it as they were when it was
//! placed, and nothing is reckoned anew, but when staff change what is in it (`revise.rs`). It is shown at an address that nobody can guess, and its
//! `cart_id` is unique: of one cart comes one order. What happens to it afterwards moves one of its
//! three statuses (`status.rs`), each by one function (`moves.rs`), and is written in its timeline with a
//! job for whoever follows it ([`HAPPENED`]).

mod audited;
pub mod book;
mod cancellable;
mod causes;
pub mod export;
pub mod lists;
mod model;
mod moves;
mod pass_on;
mod paying;
mod queries;
mod returnable;
mod revise;
mod rows;
pub mod show;
pub mod slips;
mod state;
mod status;
mod stops;
mod timeline;
mod told;
mod waits;

pub use audited::audited;
pub use cancellable::{Cancellable, cancellable};
pub use causes::numbers_of;
pub use model::{Address, AddressKind, Ending, Handover, OrderNumber, Payment};
pub use moves::{
    Held, MoveError, Moved, complete, end, hold, move_fulfilment, move_order, move_payment, pay_by,
    reopen, unmoved, wait_on, wait_until,
};
pub use pass_on::pass_on;
pub use queries::{
    Receipt, adopt, find_by_number, find_handover, find_receipt, find_receipt_of, give_to, insert,
    insert_discounts, is_test, kept, load_discounts, named,
};
pub use returnable::{ReturnWindow, Returnable, returnable};
pub use revise::{Revision, Way, count_edits, readdress, revise};
pub use rows::{NewAddress, NewLine, NewOrder, NewTax};
pub use state::{BackView, ParcelView};
pub use status::{FulfilmentStatus, OrderStatus, PaymentStatus, ReturnStatus, Units};
pub use stops::{LONGEST_STOP, hold_to_send, let_go, stop};
pub use timeline::{
    By, Event, EventKind, HAPPENED, Happened, count_events, find_event, find_last, latest, note,
    rounds, timeline,
};
pub use told::{PaperView, Told, address_lines, shop_address};
pub use waits::Waits;

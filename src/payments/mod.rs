//! The money of an order. Owns the tables `payment`, `payment_receipt`, `payment_proof`,
//! `payment_inbox`, `payment_dispute`, `refund` and `refund_line`. Every try to pay is a row with a random name of its
//! own, written before anybody is asked for money. Whoever brings news of it (a gateway's notice,
//! the way back from its page, staff with a bank statement, the sweeper) hands them to
//! [`apply`], the one rule that moves anything; what is said twice changes nothing. Money goes back
//! in two steps: a row is written and counted by the database against what was captured, and only
//! then, with no transaction open, the gateway is asked.

pub mod again;
mod apply;
pub mod back;
mod call_off;
pub mod cancel;
mod choice;
mod close;
mod deadline;
mod disputes;
mod forget;
mod gateway;
mod gateways;
mod http;
mod inbox;
mod midtrans;
mod missed;
mod model;
pub mod notices;
mod offline;
mod page;
pub mod pay;
mod payable;
pub mod proof;
mod queries;
mod rebill;
mod receive;
mod refund;
mod settle;
mod start;
mod stripe;
mod surplus;
mod sweep;

pub use apply::apply;
pub use call_off::call_off;
pub use choice::choice;
pub use deadline::deadline;
pub use gateway::{
    Gateway, GatewayError, Notice, NoticeError, Refunding, Sale, Sought, Start, Started,
};
pub use gateways::Gateways;
pub use inbox::{keep, process};
pub use midtrans::Midtrans;
pub use model::{
    Applied, Dispute, DisputeState, Mismatch, Observed, PaymentState, Receipt, RefundKind,
    RefundState, Seen, sums_of,
};
pub use page::page;
pub use queries::{
    PaymentRow, ReceiptRow, RefundRow, find_proof, payments_of, receipts_of, refunds_of,
};
pub use rebill::{Received, rebill, received};
pub use receive::receive;
pub use refund::{Giving, left_besides_goods, refund, refund_return};
pub use settle::{confirm_sent, settle};
pub use start::{begin, start};
pub use stripe::Stripe;
pub use sweep::{Swept, sweep, works};

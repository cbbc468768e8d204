//! Invoices and credit notes. Owns the tables `invoice_series`, `invoice` and `invoice_credit`. A
//! paper is made once, of what its order stored, and kept as JSON: nothing in it changes with the
//! catalogue, the settings or the order, and the database refuses to change or delete it. Numbers
//! have no gaps: each is taken by the very transaction that writes the paper, which others wait
//! for. Page and PDF are two prints of one [`Sheet`](sheet::Sheet).

mod credit;
mod document;
pub mod download;
mod issue;
mod model;
pub mod pdf;
mod queries;
#[cfg(test)]
mod samples;
mod sheet;
pub mod show;
mod sweep;

pub use credit::{NotCredited, Returned, credit};
pub use document::{Document, Row};
pub use issue::{has_invoice, issue, renew};
pub use model::{Kind, RowKey, local_date, number};
pub use queries::of_orders;
pub use sheet::Sheet;
pub use sweep::works;

//! What was sold, in tables over days, each as a file too; and all orders as a file for the books.

mod cells;
pub mod download;
pub mod orders;
pub mod searches;
pub mod show;
pub mod stock;
mod table;

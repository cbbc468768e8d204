//! How shoppers pay: the ways in their order, on which terms each is offered, and which gateways the
//! operator has set up.

pub mod edit;
mod example;
mod form;
pub mod keep;
mod ways;

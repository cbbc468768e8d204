//! Attempts to break in, each kept because it taught something or guards a promise. What is tried at one room alone (a
//! changed price, somebody else's picture, a link used twice) is told with that room.

mod alike;
mod looking;
mod nonsense;
mod staff;

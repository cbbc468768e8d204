//! Invented goods.

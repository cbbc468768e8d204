//! The staff: how they get in, what each may do, and what is written down of it.

mod blocks;
mod bulk;
mod counting;
mod customers;
mod entrance;
mod discounts;
mod editing;
mod home;
mod menus;
mod mistakes;
mod orders;
mod packing;
mod pages;
mod people;
mod permissions;
mod products;
mod redirects;
mod related;
mod reports;
mod second_factor;
mod settings;
mod stock;
mod shelves;
mod telling;
mod typing;
mod variants;

//! The merchant's settings, section by section: a form asks one or several of them.

pub(super) mod change;
pub(super) mod section;
pub(super) mod sections;

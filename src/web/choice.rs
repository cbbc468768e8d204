//! One of several that a form offers (`_choices.html`).

/// Ready to print.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub code: String,
    pub name: String,
    pub detail: String,
    /// A line below; may be empty.
    pub note: String,
    pub price: String,
    /// Shown in place of the price; empty for none.
    pub icon: &'static str,
    pub is_chosen: bool,
}

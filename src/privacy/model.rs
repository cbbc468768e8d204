//! What is declared of a table.

/// A table, with every column of it.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    /// Which of its rows are hers: a condition in SQL, which may speak of `person (email, customer)` and of
    /// `hers (id)`, her orders. Empty where no row is a shopper's.
    pub hers: &'static str,
    pub personal: &'static [Personal],
    /// The other columns: they say nothing of a person, once the personal ones are gone.
    pub plain: &'static str,
}

/// Columns that are about a person.
#[derive(Debug, Clone, Copy)]
pub struct Personal {
    /// With spaces between them.
    pub columns: &'static str,
    pub whose: Whose,
    pub fate: Fate,
}

/// Whom a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Somebody with an account.
    Customer,
    /// Somebody who ordered, with an account or as a guest.
    Shopper,
    /// Somebody who works here.
    Staff,
    /// A shopper, or somebody who works here.
    Anybody,
}

/// What becomes of a column when a shopper is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its row is deleted.
    Goes,
    /// It is empty.
    Emptied,
    /// It is this, in SQL: where it has to stay unique, or to be read.
    Replaced(&'static str),
    /// It stays, and that is lawful.
    Kept(Ground),
}

/// Why something may stay although a person wants to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Invoices are kept for ten years: GDPR Art. 17(3)(b) with the tax law of a member state (in Germany
    /// § 147 AO: eight), in Indonesia Art. 28(11) UU KUP and Art. 15(1) UU 27/2022.
    Invoices,
    /// Who works here is named in what she did, for as long as it can be asked about: GDPR Art. 6(1)(b),
    /// (f) and 17(3)(e).
    Staff,
    /// A hash under the shop's key, without which it names nobody; swept within a day.
    Hidden,
}

impl Table {
    /// Every column, in no order.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        let personal = self.personal.iter().flat_map(|personal| personal.columns.split(' '));
        personal.chain(self.plain.split(' ')).filter(|column| !column.is_empty())
    }
}

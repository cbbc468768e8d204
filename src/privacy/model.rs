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
    /// Somebody who wants newsletters.
    Subscriber,
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
    /// Who was shut out for what she did stays so: GDPR Art. 6(1)(f) and 17(3)(e).
    ShutOut,
    /// A hash under the shop's key, without which it names nobody; swept within a day.
    Hidden,
}

/// What the shop itself knows only the hash of.
const SECRETS: [&str; 2] = ["password_hash", "token_hash"];

impl Personal {
    /// `email = ''`, a column each.
    fn changes(&self) -> Vec<String> {
        let value = match self.fate {
            Fate::Emptied => "''",
            Fate::Replaced(value) => value,
            Fate::Goes | Fate::Kept(_) => return Vec::new(),
        };
        self.columns.split(' ').map(|column| format!("{column} = {value}")).collect()
    }
}

impl Table {
    /// Every column, in no order.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        let personal = self.personal.iter().flat_map(|personal| personal.columns.split(' '));
        personal.chain(self.plain.split(' ')).filter(|column| !column.is_empty())
    }

    /// The columns that a person may see of her rows: no secrets, and nothing about staff.
    pub(super) fn shown(&self) -> Vec<&'static str> {
        let of_staff = self.personal.iter().filter(|personal| personal.whose == Whose::Staff);
        let of_staff: Vec<&str> = of_staff.flat_map(|it| it.columns.split(' ')).collect();
        let hidden = |column: &&str| of_staff.contains(column) || SECRETS.contains(column);
        self.columns().filter(|column| !hidden(column)).collect()
    }

    /// The statement that forgets her rows; `None` where nothing changes.
    pub(super) fn forgetting(&self) -> Option<String> {
        let Self { name, hers, personal, .. } = self;
        if hers.is_empty() {
            return None;
        }
        if personal.iter().any(|it| it.fate == Fate::Goes) {
            return Some(format!("DELETE FROM {name} WHERE {hers}"));
        }
        let changes: Vec<String> = personal.iter().flat_map(Personal::changes).collect();
        let is_changed = !changes.is_empty();
        is_changed.then(|| format!("UPDATE {name} SET {} WHERE {hers}", changes.join(", ")))
    }
}

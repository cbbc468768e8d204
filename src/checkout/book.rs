//! A customer's address book at the checkout: what the form begins with, and what she picks from it.

use super::address::{filled, filled_company};
use crate::addresses::{self, Entry};
use crate::error::Result;
use crate::orders::{Address, AddressKind, address_lines};
use crate::sessions::SignedIn;
use crate::web::{Choice, Form, Shell, Visit};

/// Stands for an address that is not in the book.
const OTHER: &str = "other";

/// Her addresses; none of a guest.
#[derive(Debug, Clone, Default)]
pub(super) struct Book(Vec<Entry>);

impl Book {
    pub async fn of(visit: &Visit) -> Result<Self> {
        let Some(customer) = &visit.customer else { return Ok(Self::default()) };
        let owner = customer.id;
        visit.shop.db.read(move |conn| addresses::list(conn, owner)).await.map(Self)
    }

    /// The form before anything is typed: what she has told us already is not asked again.
    pub fn begin(&self, customer: Option<&SignedIn>) -> Form {
        let form = Form::filled(&[("billing_same", "yes")]);
        let Some(customer) = customer else { return form };
        let form = form.with([pair("email", &customer.email), pair("name", &customer.name)]);
        let delivery = self.0.iter().find(|entry| entry.is_for_delivery);
        let billing = self.0.iter().find(|entry| entry.is_for_billing);
        let form = delivery.map_or(form.clone(), |entry| take(&form, AddressKind::Delivery, entry));
        match (delivery, billing) {
            (Some(one), Some(other)) if one.id != other.id => {
                take(&form, AddressKind::Billing, other)
            }
            (_, Some(same)) => form.with(filled_company("billing_", &same.address)),
            _ => form,
        }
    }

    /// The form with what she has picked since its page was made; `None` where she has not.
    pub fn picked(&self, form: &Form) -> Option<Form> {
        let kinds = [AddressKind::Delivery, AddressKind::Billing];
        let picked: Vec<AddressKind> =
            kinds.into_iter().filter(|kind| is_new(form, *kind)).collect();
        (!picked.is_empty())
            .then(|| picked.iter().fold(form.clone(), |form, kind| self.fill(&form, *kind)))
    }

    fn fill(&self, form: &Form, kind: AddressKind) -> Form {
        let picked = form.get(fields(kind).0);
        match self.0.iter().find(|entry| entry.id.to_string() == picked) {
            Some(entry) => take(form, kind, entry),
            None => clear(form, kind),
        }
    }

    /// Her addresses and another one; nothing where there is nothing to pick from.
    pub fn choices(&self, shell: &Shell, form: &Form, kind: AddressKind) -> Vec<Choice> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let picked = form.get(fields(kind).0);
        let known = self.0.iter().map(|entry| choice(shell, entry, picked));
        let is_known = self.0.iter().any(|entry| entry.id.to_string() == picked);
        let name = shell.t("checkout-book-other").to_owned();
        let other = Choice { code: OTHER.into(), name, is_chosen: !is_known, ..Choice::default() };
        known.chain([other]).collect()
    }

    /// Whether one more can be kept.
    pub fn has_room(&self) -> bool {
        i64::try_from(self.0.len()).is_ok_and(|count| count < addresses::MOST)
    }
}

/// What is picked, what the fields were filled from, and what the fields' names begin with.
fn fields(kind: AddressKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        AddressKind::Delivery => ("book", "filled_from", ""),
        AddressKind::Billing => ("billing_book", "billing_filled_from", "billing_"),
    }
}

fn is_new(form: &Form, kind: AddressKind) -> bool {
    let (picked, filled_from, _) = fields(kind);
    let filled_from = form.find(filled_from).filter(|from| !from.is_empty()).unwrap_or(OTHER);
    form.find(picked).is_some_and(|picked| picked != filled_from)
}

fn take(form: &Form, kind: AddressKind, entry: &Entry) -> Form {
    let (picked, _, prefix) = fields(kind);
    let form =
        form.with([pair(picked, &entry.id.to_string())]).with(filled(prefix, &entry.address));
    match kind {
        AddressKind::Delivery => form.with([pair("phone", &entry.phone)]),
        // Who picks another address for the bill wants another one.
        AddressKind::Billing => {
            form.with(filled_company(prefix, &entry.address)).without("billing_same")
        }
    }
}

/// Leaves the country, whose fields stay.
fn clear(form: &Form, kind: AddressKind) -> Form {
    let (_, _, prefix) = fields(kind);
    let country = form.get(&format!("{prefix}country")).to_owned();
    form.with(filled(prefix, &Address { country, ..Address::default() }))
}

fn choice(shell: &Shell, entry: &Entry, picked: &str) -> Choice {
    let code = entry.id.to_string();
    // Several are of the same person: the street tells them apart.
    let name = entry.address.line1.clone();
    let mut lines = address_lines(shell, &entry.address);
    lines.retain(|line| *line != name);
    Choice { is_chosen: code == picked, name, detail: lines.join(", "), code, ..Choice::default() }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

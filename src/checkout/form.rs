//! The checkout's form: from what was typed to an order that can be placed, or to mistakes.

use super::address;
use super::desk::Desk;
use super::fields::{Mistake, Reader};
use super::formats::Part;
use crate::addresses::NewEntry;
use crate::ids::CartId;
use crate::money::Money;
use crate::orders::{Address, Handover, Payment};
use crate::payments::Sale;
use crate::values::{Country, Place};
use crate::web::{Form, countries};

/// What a company's name may be at most, and a tax number.
pub(super) const LONGEST_COMPANY: usize = 120;
pub(super) const LONGEST_TAX_NUMBER: usize = 30;
pub(super) const LONGEST_NOTE: usize = 500;

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Look at the address and show choices and costs for it.
    Continue,
    /// Show the total for what is chosen now, and leave the rest alone.
    Update,
    /// Take out of the cart what cannot be had, and go on.
    Mend,
    /// Apply a code for a discount, or take one away.
    Code,
    Place,
}

impl Step {
    pub fn of(form: &Form) -> Self {
        match form.get("step") {
            _ if form.find("remove_code").is_some() => Self::Code,
            // A code that was typed but not applied: the total is not the one to order for.
            "" if !form.get("code").is_empty() => Self::Code,
            "" => Self::Place,
            "code" => Self::Code,
            "update" => Self::Update,
            "mend" => Self::Mend,
            _ => Self::Continue,
        }
    }
}

/// An order as the shopper wants it, every value right.
#[derive(Debug, Clone)]
pub struct Placeable {
    pub email: String,
    pub phone: String,
    /// `None` for what needs no delivery.
    pub delivery: Option<Address>,
    /// With company and tax number, where they were given.
    pub billing: Address,
    pub note: String,
    /// Whether she wants newsletters too, which a mail then asks her to confirm.
    pub newsletter: bool,
    /// What tax and delivery were reckoned for.
    pub place: Place,
    pub handover: Handover,
    /// The code of the delivery method, unless nothing is delivered.
    pub method: Option<String>,
    pub payment: Payment,
    /// An address to keep in her book.
    pub keep: Option<NewEntry>,
    /// The total that she saw, in minor units; -1 when the form does not say. `None` where nobody
    /// looks at one: the order is placed for what it comes to.
    pub seen_total: Option<i64>,
}

impl Placeable {
    /// What is to be paid, when it comes to so much.
    pub fn sale(&self, total: Money) -> Sale {
        Sale { total, country: self.place.country, handover: self.handover }
    }
}

/// What stands above the button "Continue".
pub(super) struct Addressed {
    email: String,
    phone: String,
    /// `None` for what needs no delivery.
    delivery: Option<Address>,
    billing: Address,
}

/// The id of the cart that the page was made for.
pub(super) fn cart_id(form: &Form) -> Option<CartId> {
    CartId::parse(form.get("cart"))
}

/// Whether the fields on the page are those of the countries that are chosen now.
pub(super) fn fits_countries(form: &Form) -> bool {
    fits_country(form, "") && (is_same(form) || fits_country(form, "billing_"))
}

/// Whether the fields of the address whose names begin so are those of its country.
pub fn fits_country(form: &Form, prefix: &str) -> bool {
    let (chosen, made_for) = (format!("{prefix}country"), format!("{prefix}made_for"));
    form.find(&made_for).is_none() || form.get(&chosen) == form.get(&made_for)
}

/// Whether the bill goes where the parcel goes.
pub(super) fn is_same(form: &Form) -> bool {
    form.find("billing_same").is_some()
}

/// The country of the billing address: the one that was chosen, else where the parcel goes.
pub(super) fn billing_country(form: &Form, delivery: Country) -> Country {
    named_country(form, "billing_country").unwrap_or(delivery)
}

/// The country that a field names, if there is one.
pub fn named_country(form: &Form, field: &str) -> Option<Country> {
    Country::parse(form.get(field)).filter(|country| countries::exists(*country))
}

/// Reads contact and addresses.
pub(super) fn addressed(reader: &mut Reader<'_>, desk: &Desk) -> Addressed {
    let email = reader.email("email");
    let phone = reader.phone("phone", desk.country());
    if !desk.delivers_to_named(reader.form()) {
        reader.wrong("country", "wrong-country");
    }
    let typed = match desk.handover(reader.form()) {
        Handover::Pickup => collector(reader, desk),
        Handover::Parcel | Handover::Nothing => address::read(reader, "", desk.country()),
    };
    let delivery = match desk.handover(reader.form()) {
        Handover::Parcel => Some(typed.clone()),
        Handover::Pickup => Some(shop_address(desk, &typed)),
        Handover::Nothing => None,
    };
    let billing = billing(reader, typed, desk);
    Addressed { email, phone, delivery, billing }
}

/// Where it goes, or where it is paid from if nothing is brought.
pub(super) fn destination(form: &Form, desk: &Desk) -> Address {
    let Addressed { delivery, billing, .. } = addressed(&mut Reader::new(form), desk);
    delivery.unwrap_or(billing)
}

/// Who fetches it: a name is enough for that.
fn collector(reader: &mut Reader<'_>, desk: &Desk) -> Address {
    let name = address::read_name(reader, desk.country());
    let country = desk.view.frame.settings.country.code().to_owned();
    Address { name, country, ..Address::default() }
}

/// Where it is fetched.
fn shop_address(desk: &Desk, collector: &Address) -> Address {
    let settings = &desk.view.frame.settings;
    Address {
        company: settings.name.clone(),
        line1: settings.street.clone(),
        city: settings.city.clone(),
        region: settings.region.clone(),
        postcode: settings.postcode.clone(),
        ..collector.clone()
    }
}

/// Everything, for an order.
pub(super) fn placeable(form: &Form, desk: &Desk) -> Result<Placeable, Vec<Mistake>> {
    let mut reader = Reader::new(form);
    let Addressed { email, phone, delivery, billing } = addressed(&mut reader, desk);
    let method = desk.deliveries.find(form.get("delivery")).map(|chosen| chosen.code().to_owned());
    if desk.needs_delivery() && method.is_none() {
        reader.wrong("delivery", missing_delivery(desk));
    }
    let open = desk.payments(form);
    let payment = match open[..] {
        [Payment::Free] => Some(Payment::Free),
        _ => Payment::parse(form.get("payment")).filter(|payment| open.contains(payment)),
    };
    if payment.is_none() {
        reader.wrong("payment", if open.is_empty() { "no-payment" } else { "missing-payment" });
    }
    let note = reader.long_text("note", LONGEST_NOTE);
    let keep = keep(form, &phone, (delivery.as_ref(), &billing), desk);
    match payment {
        Some(payment) if reader.mistakes.is_empty() => Ok(Placeable {
            email,
            phone,
            delivery,
            billing,
            note,
            newsletter: form.find("newsletter").is_some(),
            keep,
            place: desk.place.clone(),
            handover: desk.handover(form),
            method,
            payment,
            seen_total: Some(form.get("total").parse().unwrap_or(-1)),
        }),
        _ => Err(reader.mistakes),
    }
}

/// The address that the goods go to, with the company that the bill names if it goes there, too.
fn keep(
    form: &Form,
    phone: &str,
    (delivery, billing): (Option<&Address>, &Address),
    desk: &Desk,
) -> Option<NewEntry> {
    let is_wanted = form.find("keep_address").is_some();
    let address = match desk.handover(form) {
        Handover::Pickup => return None,
        Handover::Parcel if !is_same(form) => delivery?,
        Handover::Parcel | Handover::Nothing => billing,
    };
    is_wanted.then(|| NewEntry { address: address.clone(), phone: phone.to_owned() })
}

fn missing_delivery(desk: &Desk) -> &'static str {
    match desk.deliveries.offered.is_empty() {
        true => "no-delivery",
        false => "missing-delivery",
    }
}

/// Whether the fields of the billing address hold anything that the delivery address does not,
/// which browsers fill in there too.
fn types_another_address(form: &Form) -> bool {
    [Part::Name, Part::Line1, Part::City, Part::Postcode].into_iter().any(|part| {
        let typed = form.get(&format!("billing_{}", part.code())).to_owned();
        !typed.is_empty() && typed != form.get(part.code())
    })
}

/// The address that the bill goes to: `typed`, unless another one is asked for.
fn billing(reader: &mut Reader<'_>, typed: Address, desk: &Desk) -> Address {
    let is_only_address = desk.handover(reader.form()) == Handover::Nothing;
    let address = match is_only_address || is_same(reader.form()) {
        true => {
            if !is_only_address && types_another_address(reader.form()) {
                reader.wrong("billing_same", "wrong-billing-same");
            }
            typed
        }
        false => {
            let country = billing_country(reader.form(), desk.country());
            address::read(reader, "billing_", country)
        }
    };
    address::read_company(reader, "billing_", address)
}

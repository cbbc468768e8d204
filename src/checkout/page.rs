//! The checkout page as it is shown: empty, with choices for an address, or with what was typed
//! and what is wrong with it.

use askama::Template;
use std::collections::BTreeMap;

use super::changes::changes;
use super::desk::Desk;
use super::field_view::{FieldView, errors, in_words};
use super::fields::Mistake;
use super::form;
use super::form_view::Fields;
use super::reach::{NoDelivery, assumed, no_delivery};
use crate::cart::{
    CodeView, Delivery, Item, Quote, TotalRow, code_views, rows, shown_again, to_free,
};
use crate::error::Result;
use crate::orders::{AddressKind, Handover, Payment};
use crate::payments;
use crate::promotions::PromotionCode;
use crate::web::{Choice, Form, Head, Html, Picture, Shell, Visit, dates};

#[derive(Template)]
#[template(path = "checkout/show.html")]
struct CheckoutPage<'a> {
    shell: &'a Shell,
    mistakes: Vec<MistakeView>,
    /// What has changed since the shopper looked, each a sentence.
    changes: Vec<String>,
    can_mend: bool,
    /// What happened, when it is nothing bad.
    status: &'a str,
    contact: Vec<FieldView>,
    address: Vec<FieldView>,
    /// Those of her address book, to pick from; the second for the bill.
    book: Vec<Choice>,
    billing_book: Vec<Choice>,
    /// Which of them the fields were filled from.
    filled_from: &'a str,
    billing_filled_from: &'a str,
    /// Whether this one is to be kept there; `None` where that cannot be.
    keep_address: Option<bool>,
    /// Typed before, and not asked for now.
    kept: Vec<(String, String)>,
    handover: Handover,
    billing_same: bool,
    billing_is_open: bool,
    billing: Vec<FieldView>,
    company: Vec<FieldView>,
    note: FieldView,
    /// Whether the box is ticked: never before she has done it.
    newsletter: bool,
    deliveries: Vec<Choice>,
    /// Whose prices these are, while no address is typed.
    assumed: String,
    /// Why nothing is brought there, and what can be done.
    no_delivery: Option<NoDelivery>,
    /// How much is missing for a delivery that costs nothing.
    to_free: String,
    payments: Vec<Choice>,
    /// Whether there is nothing to pay.
    is_free: bool,
    /// By the name of the field.
    errors: &'a BTreeMap<String, String>,
    lines: Vec<LineView>,
    totals: Vec<TotalRow>,
    codes: Vec<CodeView>,
    /// What was typed as a code and is none.
    typed_code: String,
    total: String,
    total_minor: i64,
    count: i64,
    cart_id: &'a str,
    made_for: String,
    billing_made_for: String,
    shown_delivery: String,
}

impl CheckoutPage<'_> {
    fn error(&self, field: &str) -> &str {
        self.errors.get(field).map_or("", String::as_str)
    }
}

struct MistakeView {
    field: String,
    text: String,
}

pub(super) struct LineView {
    pub name: String,
    pub options: String,
    pub picture: Option<Picture>,
    pub quantity: i64,
    pub sum: String,
    /// Without its discounts; empty where that is the same.
    pub regular: String,
    pub discounts: Vec<String>,
}

/// What the page says besides the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    None,
    /// The address is fine; the choices are those for it.
    Looked,
    /// The fields hold what was picked from her address book.
    Picked,
    /// The fields are those of another country now.
    OtherCountry,
    /// What could not be had was taken out.
    Mended,
    /// A code was applied or taken away.
    Codes,
    /// Price, stock or delivery is not what was shown: nothing was ordered.
    Changed,
    /// The cart was filled anew in another window.
    OtherCart,
}

/// Shows the page with everything that was typed. Without a quote nothing in the cart can be had
/// any more: the page names it, and has no total and no button to order.
pub(super) fn show(
    visit: &Visit,
    desk: &Desk,
    quote: Option<&Quote>,
    form: &Form,
    (news, mistakes): (News, &[Mistake]),
) -> Result<Html> {
    let mut shell = visit.shell(Head::private(""));
    let is_error = !mistakes.is_empty() || matches!(news, News::Changed | News::OtherCart);
    let title = shell.t("checkout-heading").to_owned();
    shell.head.title = if is_error { shell.with("error-title", "title", &title) } else { title };
    let errors = errors(&shell, mistakes);
    let fields = Fields::new(&shell, desk, form, &errors);
    let delivery = desk.delivery(form);
    let total = quote.map(|quote| quote.bill.money(quote.bill.totals.payable));
    let billing_same = form::is_same(form);
    let company = fields.company();
    let page = CheckoutPage {
        mistakes: mistakes.iter().map(|mistake| mistake_view(&shell, mistake)).collect(),
        changes: changes(&shell, desk, form, news, total),
        can_mend: !desk.is_whole(),
        status: status(&shell, news),
        contact: fields.contact(),
        address: fields.delivery(),
        book: desk.book.choices(&shell, form, AddressKind::Delivery),
        billing_book: desk.book.choices(&shell, form, AddressKind::Billing),
        filled_from: form.get("book"),
        billing_filled_from: form.get("billing_book"),
        keep_address: (visit.customer.is_some() && desk.book.has_room())
            .then(|| form.find("keep_address").is_some()),
        kept: fields.kept(),
        handover: desk.handover(form),
        billing_same,
        billing_is_open: !billing_same
            || errors.keys().any(|field| field.starts_with("billing_"))
            || company.iter().any(|field| !field.value.is_empty()),
        billing: fields.billing(),
        company,
        note: fields.note(),
        newsletter: form.find("newsletter").is_some(),
        deliveries: deliveries(&shell, desk, form),
        assumed: desk.assumed(form).map(|place| assumed(&shell, place)).unwrap_or_default(),
        no_delivery: no_delivery(&shell, desk),
        to_free: delivery.map(|delivery| to_free(&shell, delivery)).unwrap_or_default(),
        payments: payments(&shell, desk, form),
        is_free: desk.payment(form) == Some(Payment::Free),
        lines: desk.items.iter().map(|item| line(&shell, item, quote)).collect(),
        codes: code_views(&shell, &desk.offers, quote),
        typed_code: untaken_code(desk, form),
        totals: quote.map(|quote| totals(&shell, quote, desk, delivery)).unwrap_or_default(),
        total: total.map(|total| shell.money(&total)).unwrap_or_default(),
        total_minor: total.map(|total| total.minor()).unwrap_or_default(),
        count: desk.cart.units(),
        cart_id: desk.cart.id.as_str(),
        made_for: desk.country().code().to_owned(),
        billing_made_for: form::billing_country(form, desk.country()).code().to_owned(),
        shown_delivery: delivery.map(|delivery| delivery.code().to_owned()).unwrap_or_default(),
        errors: &errors,
        shell: &shell,
    };
    Ok(Html::page(&page)?.personal())
}

/// In the summary a field of the billing address says which address it belongs to.
fn mistake_view(shell: &Shell, mistake: &Mistake) -> MistakeView {
    let text = in_words(shell, mistake);
    let is_billing = mistake.field.starts_with("billing_") && mistake.field != "billing_same";
    MistakeView {
        field: mistake.field.clone(),
        text: if is_billing { shell.with("checkout-of-billing", "text", text) } else { text },
    }
}

pub(super) fn totals(
    shell: &Shell,
    quote: &Quote,
    desk: &Desk,
    delivery: Option<&Delivery>,
) -> Vec<TotalRow> {
    let delivery =
        delivery.map(|delivery| shell.with("checkout-delivery-by", "name", desk.name_of(delivery)));
    rows(shell, &quote.bill, quote.request.prices_include_tax, delivery, &quote.given)
}

/// What was typed as a code, unless it is kept by now.
fn untaken_code(desk: &Desk, form: &Form) -> String {
    match PromotionCode::parse(form.get("code")) {
        Some(code) if desk.cart.codes.contains(&code) => String::new(),
        _ => shown_again(form.get("code")),
    }
}

fn status(shell: &Shell, news: News) -> &str {
    match news {
        News::Looked => shell.t("checkout-looked"),
        News::Picked => shell.t("checkout-picked"),
        News::OtherCountry => shell.t("checkout-other-country"),
        News::Mended => shell.t("checkout-mended"),
        News::Codes => shell.t("checkout-codes"),
        News::None | News::Changed | News::OtherCart => "",
    }
}

fn deliveries(shell: &Shell, desk: &Desk, form: &Form) -> Vec<Choice> {
    let chosen = desk.delivery(form).map(Delivery::code);
    let choices = desk.deliveries.offered.iter().map(|delivery| Choice {
        code: delivery.code().to_owned(),
        name: desk.name_of(delivery).to_owned(),
        detail: dates::days(shell.texts(), delivery.promise.from, delivery.promise.until),
        note: shell.local(&delivery.method.note).to_owned(),
        price: match delivery.amount() {
            0 => shell.t("free").to_owned(),
            amount => shell.money(&delivery.quote.bill.money(amount)),
        },
        icon: "",
        is_chosen: chosen == Some(delivery.code()),
    });
    choices.collect()
}

pub(super) fn payments(shell: &Shell, desk: &Desk, form: &Form) -> Vec<Choice> {
    let chosen = desk.payment(form);
    let open = desk.payments(form).into_iter().filter(|payment| *payment != Payment::Free);
    let choices = open.map(|payment| Choice {
        is_chosen: chosen == Some(payment),
        ..payments::choice(shell, payment, desk.fee(payment).as_ref())
    });
    choices.collect()
}

pub(super) fn line(shell: &Shell, item: &Item, quote: Option<&Quote>) -> LineView {
    let goods = item.goods.as_ref();
    let reduced = quote.map(|quote| quote.own_discounts(shell, item)).unwrap_or_default();
    let sum =
        item.billable().and_then(|(_, offer, quantity)| offer.price.times(quantity.get()).ok());
    let (sum, regular) = match sum {
        Some(sum) => reduced.prices(shell, sum, None),
        None => (shell.t("checkout-cannot-be-had").to_owned(), String::new()),
    };
    LineView {
        name: goods.map_or_else(
            || shell.t("cart-unknown").to_owned(),
            |goods| shell.local(&goods.name).to_owned(),
        ),
        options: goods.map(|goods| goods.options.clone()).unwrap_or_default(),
        picture: goods.and_then(|goods| goods.picture.clone()),
        quantity: item.line.quantity.get(),
        sum,
        regular,
        discounts: reduced.words,
    }
}

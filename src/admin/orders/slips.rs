//! `GET /admin/orders/slips`: a packing slip for each order that was ticked, to be printed: a sheet
//! each, in the language of its shopper, without a price.

use askama::Template;

use super::chosen;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::language::Language;
use crate::orders::slips::{Slip, SlipLine};
use crate::staff::to;
use crate::values::Country;
use crate::web::texts::{self, Texts};
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/orders/slips.html")]
struct SlipsPage {
    shell: Desk,
    slips: Vec<SlipView>,
}

struct SlipView {
    lang: &'static str,
    texts: &'static Texts,
    heading: String,
    date: String,
    delivery: String,
    to: Vec<String>,
    phone: String,
    note: String,
    lines: Vec<SlipLine>,
}

pub async fn show(staff: Allowed<to::ViewOrders>) -> Result<Html> {
    let slips = chosen::load(&staff).await?;
    let shell = staff.desk("orders-print-slips");
    let slips = slips.into_iter().filter(|slip| !slip.lines.is_empty());
    let slips = slips.map(|slip| view(&shell, slip)).collect();
    Ok(Html::page(&SlipsPage { shell, slips })?.personal())
}

fn view(shell: &Desk, slip: Slip) -> SlipView {
    let Slip { order, to, lines } = slip;
    let language = Language::parse(&order.locale).unwrap_or(shell.language());
    let texts = texts::of(language);
    let mut address = to.lines();
    let country =
        Country::parse(&to.country).filter(|country| *country != shell.settings().country);
    address.extend(
        country.map(|country| texts.get(&format!("country-{}", country.code())).to_owned()),
    );
    SlipView {
        lang: language.code(),
        heading: texts.with("order-number", &[("number", order.number.into())]),
        date: dates::local_date(texts, order.placed_at, shell.settings().time_zone),
        delivery: order.delivery_name,
        to: address,
        phone: order.phone,
        note: order.note,
        lines,
        texts,
    }
}

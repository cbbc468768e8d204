//! Orders to arrange a story with, without a checkout: of any request that has a bill.

use etalase::db::Conn;
use etalase::error::Result;
use etalase::ids::{CartId, OrderId, OrderToken};
use etalase::language::Language;
use etalase::orders::{
    self, Address, AddressKind, NewAddress, NewLine, NewOrder, NewTax, OrderNumber,
};
use etalase::pricing::{Bill, Request, quote};
use etalase::web::visit::now;

/// An order of Rani Wijaya's, who reads `language`.
pub struct Sold {
    pub id: OrderId,
    pub token: OrderToken,
    pub number: String,
    pub bill: Bill,
}

/// Places an order for what this request (docs/pricing.md) comes to.
pub fn sell(conn: &mut Conn, request: &str, language: Language) -> Result<Sold> {
    let request = Request::from_json(request).expect("the test writes a request");
    let bill = quote(&request).expect("the test writes a request that has a bill");
    let (number, token) = (OrderNumber::random(), OrderToken::random());
    let order = NewOrder {
        number: number.as_str().to_owned(),
        token: token.as_str().to_owned(),
        ..order(&request, &bill, language)
    };
    let id = orders::insert(conn, &order, &lines(&request, &bill), &taxes(&bill), &addresses())?;
    Ok(Sold { id, token, number: order.number, bill })
}

fn order(request: &Request, bill: &Bill, language: Language) -> NewOrder {
    let totals = &bill.totals;
    NewOrder {
        number: String::new(),
        token: String::new(),
        cart_id: CartId::random().as_str().to_owned(),
        placed_at: now(),
        pay_until: None,
        email: "rani.wijaya@example.com".into(),
        phone: "+6281234567890".into(),
        locale: language.code(),
        note: String::new(),
        payment_method: "bank_transfer",
        delivery_kind: "parcel",
        delivery_code: "regular".into(),
        delivery_name: "Regular".into(),
        delivery_rule: "flat",
        chargeable_weight_g: 0,
        deliver_from: None,
        deliver_until: None,
        currency: bill.currency.code().to_owned(),
        prices_include_tax: request.prices_include_tax,
        goods_amount: totals.list,
        discount_amount: totals.discount,
        delivery_amount: totals.shipping,
        fee_amount: totals.fees,
        tax_amount: totals.tax,
        rounding_amount: totals.rounding,
        total_amount: totals.payable,
        quote_request: serde_json::to_string(request).unwrap(),
        bill: serde_json::to_string(bill).unwrap(),
        terms_edition: None,
        privacy_edition: None,
    }
}

fn lines(request: &Request, bill: &Bill) -> Vec<NewLine> {
    let priced = request.lines.iter().zip(&bill.lines).zip(0..);
    let lines = priced.map(|((line, bill), position)| NewLine {
        position,
        variant_id: None,
        sku: line.sku.as_str().to_owned(),
        product_slug: line.product.as_str().to_owned(),
        name: format!("The {}", line.product.as_str()),
        options: String::new(),
        picture: String::new(),
        quantity: line.quantity.get(),
        requires_shipping: line.requires_shipping,
        unit_amount: line.unit_price.get(),
        list_amount: bill.list,
        discount_amount: bill.discount,
        net_amount: bill.net,
        tax_amount: bill.tax,
        gross_amount: bill.gross,
        weight_grams: line.weight_g.get(),
    });
    lines.collect()
}

fn taxes(bill: &Bill) -> Vec<NewTax> {
    let taxes = bill.taxes.iter().zip(0..).map(|(tax, position)| NewTax {
        position,
        name: tax.name.clone(),
        ppm: tax.ppm,
        net_amount: tax.net,
        tax_amount: tax.amount,
    });
    taxes.collect()
}

fn addresses() -> [NewAddress; 2] {
    let delivery = Address {
        name: "Rani Wijaya".into(),
        line1: "Jl. Cihampelas 112, RT 03/RW 05".into(),
        district: "Coblong".into(),
        city: "Kota Bandung".into(),
        region: "Jawa Barat".into(),
        postcode: "40131".into(),
        country: "ID".into(),
        ..Address::default()
    };
    let billing = Address {
        name: "Bagian Keuangan".into(),
        company: "PT Contoh Makmur".into(),
        tax_number: "01.234.567.8-901.000".into(),
        ..delivery.clone()
    };
    [
        NewAddress { kind: AddressKind::Delivery, address: delivery },
        NewAddress { kind: AddressKind::Billing, address: billing },
    ]
}

//! How long a bill takes: the usual cart, and the largest that a request may hold.
//!
//! `cargo bench --bench pricing`. Wanted: the usual cart under 10 µs, the largest under 5 ms.

use divan::{Bencher, black_box};
use etalase::money::Currency;
use etalase::pricing::{
    Benefit, Instant, Line, LineBenefit, Promotion, Rate, Request, Shipping, SumBenefit, TaxRate,
    TaxRounding, Text, WeightSteps, Whole, quote,
};

fn main() {
    divan::main();
}

#[divan::bench(args = [TaxRounding::Line, TaxRounding::Group])]
fn usual_cart(bencher: Bencher<'_, '_>, rounding: TaxRounding) {
    let request = cart(5, 3, rounding);
    bencher.bench(|| quote(black_box(&request)));
}

#[divan::bench(args = [TaxRounding::Line, TaxRounding::Group])]
fn largest_cart(bencher: Bencher<'_, '_>, rounding: TaxRounding) {
    let request = cart(500, 100, rounding);
    bencher.bench(|| quote(black_box(&request)));
}

#[divan::bench(args = [(5, 3), (500, 100)])]
fn reading_json(bencher: Bencher<'_, '_>, (lines, promotions): (usize, usize)) {
    let request = cart(lines, promotions, TaxRounding::Line);
    let json = serde_json::to_string(&request).expect("a request can be written");
    bencher.bench(|| Request::from_json(black_box(&json)));
}

/// Lines in three categories, promotions in turn on a category, on two skus and on everything.
fn cart(lines: usize, promotions: usize, tax_rounding: TaxRounding) -> Request {
    Request {
        currency: Currency::IDR,
        at: Instant::parse("2026-11-23T03:00:00Z").expect("an instant"),
        prices_include_tax: true,
        tax_rounding,
        cash_rounding: of(100),
        codes: vec![text("HEMAT10")],
        lines: (0..lines).map(line).collect(),
        promotions: (0..promotions).map(promotion).collect(),
        shipping: Some(courier()),
        fees: vec![],
        tax_rates: vec![TaxRate {
            id: text("ppn"),
            name: text("PPN 11%"),
            tax_class: text("standard"),
            ppm: of(110_000),
        }],
    }
}

fn line(at: usize) -> Line {
    Line {
        id: text(&format!("line-{at}")),
        sku: text(&format!("SKU-{at}")),
        product: text(&format!("product-{at}")),
        categories: vec![text(&format!("category-{}", at % 3))],
        quantity: of(1 + at as i64 % 4),
        unit_price: of(15_000 + 777 * at as i64),
        tax_class: text("standard"),
        requires_shipping: true,
        weight_g: of(360),
        size_mm: Some([of(100), of(100), of(90)]),
    }
}

fn promotion(at: usize) -> Promotion {
    let ppm = of(20_000);
    let percent = Benefit::Order(SumBenefit::Percent { ppm });
    let bundle = LineBenefit::BuyXGetY { buy: of(2), get: of(1), ppm };
    let each = Benefit::Line(LineBenefit::Percent { ppm });
    let benefit = [each, percent, Benefit::Line(bundle)][at % 3];
    let mut promotion = Promotion::new(text(&format!("promotion-{at}")), benefit);
    match at % 3 {
        0 => promotion.target.categories = vec![text("category-0")],
        1 => promotion.max_discount = Some(of(50_000)),
        _ => promotion.target.skus = vec![text("SKU-1"), text("SKU-4")],
    }
    promotion.exclusive = at % 10 == 9;
    promotion
}

fn courier() -> Shipping {
    let steps = WeightSteps {
        first_g: of(1_000),
        first_amount: of(18_000),
        step_g: of(1_000),
        step_amount: of(18_000),
        tolerance_g: of(300),
    };
    let rate = Rate::WeightSteps(steps);
    let shipping = Shipping::new(text("jne-reg"), text("standard"), rate);
    Shipping { volumetric_divisor: Some(of(6_000)), ..shipping }
}

fn of<T: Whole>(number: i64) -> T {
    T::try_from(number).expect("a number within its range")
}

fn text(text: &str) -> Text {
    Text::try_from(text).expect("a text of a fair length")
}

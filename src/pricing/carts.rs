//! Random carts for the properties: small enough to be read, mixed enough to meet each other's
//! rules. Every one of them has a bill.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::samples::{at, of, text};
use super::*;
use crate::money::Currency;

pub(super) fn carts() -> impl Strategy<Value = Request> {
    let head = (
        select(&["IDR", "JPY", "USD", "EUR", "KWD", "BHD"][..]),
        any::<bool>(),
        select(&[TaxRounding::Line, TaxRounding::Group][..]),
        select(&[0, 0, 1, 5, 100, 997][..]),
    );
    let lists = (
        vec(lines(), 1..8),
        vec(promotions(), 0..6),
        option::of(shippings()),
        vec((amounts(), classes()), 0..3),
        vec((rates(), classes()), 0..5),
    );
    (head, lists).prop_map(|((code, prices_include_tax, tax_rounding, cash), lists)| {
        let (lines, promotions, shipping, fees, rates) = lists;
        let mut request = Request {
            currency: Currency::parse(code).expect("an active code"),
            at: at("2026-11-23T03:00:00Z"),
            prices_include_tax,
            tax_rounding,
            cash_rounding: of(cash),
            codes: vec![text("a")],
            lines,
            promotions,
            shipping,
            fees: fees
                .into_iter()
                .map(|(amount, tax_class)| Fee { id: text("f"), amount, tax_class })
                .collect(),
            tax_rates: rates
                .into_iter()
                .map(|(ppm, tax_class)| TaxRate { id: text("r"), name: text("r"), tax_class, ppm })
                .collect(),
        };
        number(request.lines.iter_mut().map(|line| &mut line.id));
        number(request.promotions.iter_mut().map(|promotion| &mut promotion.id));
        number(request.fees.iter_mut().map(|fee| &mut fee.id));
        number(request.tax_rates.iter_mut().map(|rate| &mut rate.id));
        request
    })
}

fn number<'a>(ids: impl Iterator<Item = &'a mut Text>) {
    ids.enumerate().for_each(|(position, id)| *id = text(&position.to_string()));
}

fn amounts() -> impl Strategy<Value = Amount> {
    prop_oneof![Just(0), 1..20_i64, 1..10_000_i64, 1..10_000_000_i64].prop_map(of)
}

fn parts() -> impl Strategy<Value = BenefitPpm> {
    prop_oneof![Just(0), Just(100_000), Just(333_333), Just(1_000_000), 0..1_000_000_i64]
        .prop_map(of)
}

fn rates() -> impl Strategy<Value = TaxRatePpm> {
    prop_oneof![Just(0), Just(110_000), Just(88_750), 0..300_000_i64, 0..=10_000_000_i64]
        .prop_map(of)
}

fn classes() -> impl Strategy<Value = Text> {
    select(&["standard", "reduced"][..]).prop_map(text)
}

fn names() -> impl Strategy<Value = Text> {
    select(&["a", "b", "c"][..]).prop_map(text)
}

fn lines() -> impl Strategy<Value = Line> {
    let names = (names(), names(), vec(names(), 0..3), classes());
    let numbers = (1..30_i64, amounts(), any::<bool>(), 0..2_000_i64);
    (names, numbers, option::of([1..300_i64, 1..300, 1..300])).prop_map(
        |(names, numbers, sides)| {
            let (sku, product, categories, tax_class) = names;
            let (quantity, unit_price, requires_shipping, weight) = numbers;
            Line {
                id: text("l"),
                sku,
                product,
                categories,
                quantity: of(quantity),
                unit_price,
                tax_class,
                requires_shipping,
                weight_g: of(weight),
                size_mm: sides.map(|sides| sides.map(of)),
            }
        },
    )
}

fn promotions() -> impl Strategy<Value = Promotion> {
    let target = (vec(names(), 0..2), vec(names(), 0..2), any::<Index>());
    let rules = (-2..3_i64, any::<bool>(), any::<bool>(), option::of(amounts()), 0..10_i64);
    (benefits(), target, rules).prop_map(|(benefit, (skus, categories, kind), rules)| {
        let (priority, exclusive, remaining, max_discount, min_quantity) = rules;
        let target = match kind.index(2) {
            0 => Target::default(),
            _ => Target { skus, products: vec![], categories },
        };
        let basis = if remaining { SubtotalBasis::Remaining } else { SubtotalBasis::List };
        Promotion {
            priority: of(priority),
            exclusive: exclusive && kind.index(3) == 0,
            target,
            subtotal_basis: basis,
            min_subtotal: of(min_quantity * 10),
            min_quantity: of(min_quantity),
            max_discount,
            ..Promotion::new(text("p"), benefit)
        }
    })
}

fn benefits() -> impl Strategy<Value = Benefit> {
    let line = prop_oneof![
        parts().prop_map(|ppm| LineBenefit::Percent { ppm }),
        amounts().prop_map(|amount| LineBenefit::AmountPerUnit { amount }),
        amounts().prop_map(|amount| LineBenefit::FixedPrice { amount }),
        (1..4_i64, 1..4_i64, parts()).prop_map(|(buy, get, ppm)| LineBenefit::BuyXGetY {
            buy: of(buy),
            get: of(get),
            ppm
        }),
    ];
    let sum = || {
        prop_oneof![
            parts().prop_map(|ppm| SumBenefit::Percent { ppm }),
            amounts().prop_map(|amount| SumBenefit::Amount { amount }),
        ]
    };
    prop_oneof![
        line.prop_map(Benefit::Line),
        sum().prop_map(Benefit::Order),
        sum().prop_map(Benefit::Shipping),
    ]
}

/// Deliveries that are never unavailable, so that every cart has a bill.
fn shippings() -> impl Strategy<Value = Shipping> {
    let table = (any::<bool>(), amounts(), amounts()).prop_map(|(weighed, first, last)| {
        let by = if weighed { TableBy::Weight } else { TableBy::Subtotal };
        let tiers = [(5_000, first), (LARGEST, last)];
        let tiers = tiers.map(|(up_to, amount)| Tier { up_to: of(up_to), amount });
        Rate::Table { by, tiers: tiers.to_vec() }
    });
    let steps = (0..1_000_i64, amounts(), 1..1_000_i64, amounts()).prop_map(
        |(first_g, first_amount, step_g, step_amount)| {
            let (first_g, tolerance_g, step_g) = (of(first_g), of(first_g / 3), of(step_g));
            Rate::WeightSteps(WeightSteps {
                first_g,
                first_amount,
                step_g,
                step_amount,
                tolerance_g,
            })
        },
    );
    let rates = prop_oneof![
        amounts().prop_map(|amount| Rate::Flat { amount }),
        amounts().prop_map(|amount| Rate::PerItem { amount }),
        table,
        steps,
    ];
    (rates, classes(), option::of(1..10_000_i64), option::of(amounts())).prop_map(
        |(rate, tax_class, divisor, free)| Shipping {
            volumetric_divisor: divisor.map(of),
            free_over: free.map(|amount| FreeOver { amount, basis: FreeOverBasis::AfterDiscount }),
            ..Shipping::new(text("s"), tax_class, rate)
        },
    )
}

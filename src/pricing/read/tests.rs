//! One request with every key there is, changed at every place in turn.

use serde_json::{Value, json};

use super::*;
use crate::pricing::RefusalCode;

/// A request with every key there is.
fn everything() -> Value {
    json!({
        "currency": "IDR", "at": "2026-11-23T03:00:00Z", "prices_include_tax": true,
        "tax_rounding": "line", "cash_rounding": 100, "codes": ["HEMAT"],
        "lines": [{
            "id": "l", "sku": "s", "product": "p", "categories": ["c"], "quantity": 2,
            "unit_price": 3, "tax_class": "t", "requires_shipping": true, "weight_g": 4,
            "size_mm": [5, 6, 7]
        }],
        "promotions": [
            {
                "id": "p", "lane": "line", "priority": -1, "code": "HEMAT",
                "starts_at": "2026-01-01T00:00:00Z", "ends_at": "2027-01-01T00:00:00Z",
                "exclusive": true, "target": {"skus": ["s"], "products": ["p"], "categories": []},
                "min_subtotal": 1, "subtotal_basis": "remaining", "min_quantity": 1,
                "max_discount": 9, "benefit": {"kind": "buy_x_get_y", "buy": 1, "get": 1, "ppm": 5}
            },
            {"id": "q", "lane": "order", "benefit": {"kind": "amount", "amount": 1}},
            {"id": "r", "lane": "shipping", "benefit": {"kind": "percent", "ppm": 1}},
            {"id": "s", "lane": "line", "benefit": {"kind": "amount_per_unit", "amount": 1}},
            {"id": "t", "lane": "line", "benefit": {"kind": "fixed_price", "amount": 1}},
            {"id": "u", "lane": "line", "benefit": {"kind": "percent", "ppm": 1}}
        ],
        "shipping": {
            "id": "s", "tax_class": "t", "volumetric_divisor": 6000,
            "rate": {
                "kind": "weight_steps", "first_g": 1, "first_amount": 2, "step_g": 3,
                "step_amount": 4, "tolerance_g": 5
            },
            "free_over": {"amount": 500000, "basis": "after_discount"},
            "min_weight_g": 0, "max_weight_g": 99999, "min_subtotal": 0, "max_subtotal": 99999
        },
        "fees": [{"id": "f", "amount": 5, "tax_class": "t"}],
        "tax_rates": [{"id": "r", "name": "n", "tax_class": "t", "ppm": 1}]
    })
}

fn places(json: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match json {
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (format!("/{key}"), value)).collect()
        }
        Value::Array(entries) => {
            entries.iter().enumerate().map(|(at, value)| (format!("/{at}"), value)).collect()
        }
        _ => vec![],
    };
    let deeper = |(step, value): (String, &Value)| {
        let below = places(value).into_iter().map(|place| format!("{step}{place}"));
        [step.clone()].into_iter().chain(below).collect::<Vec<_>>()
    };
    children.into_iter().flat_map(deeper).collect()
}

/// `/lines/0/id` as the SPEC writes it: `lines[0].id`.
fn path(pointer: &str) -> String {
    let steps = pointer.split('/').skip(1).map(|step| match step.parse::<usize>() {
        Ok(position) => format!("[{position}]"),
        Err(_) => format!(".{step}"),
    });
    steps.collect::<String>().trim_start_matches('.').to_owned()
}

/// Where reading fails when the value at this place is another, or none; None when it is read.
fn with(pointer: &str, value: Option<Value>) -> Option<String> {
    let mut request = everything();
    let (parent, key) = pointer.rsplit_once('/').expect("a place has a parent");
    let parent = request.pointer_mut(parent).expect("the test names a place");
    match (parent, value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(key.to_owned(), value)),
        (Value::Object(fields), None) => drop(fields.remove(key)),
        (parent, value) => {
            let position: usize = key.parse().expect("the test counts");
            parent[position] = value.unwrap_or(Value::Null);
        }
    }
    mistake(&request.to_string())
}

fn mistake(json: &str) -> Option<String> {
    let refusal = Request::from_json(json).err()?;
    assert_eq!(refusal.code, RefusalCode::Invalid);
    Some(refusal.path)
}

const OPTIONAL: [&str; 25] = [
    "/cash_rounding",
    "/codes",
    "/lines/0/categories",
    "/lines/0/weight_g",
    "/lines/0/size_mm",
    "/promotions",
    "/promotions/0/priority",
    "/promotions/0/code",
    "/promotions/0/starts_at",
    "/promotions/0/ends_at",
    "/promotions/0/exclusive",
    "/promotions/0/target",
    "/promotions/0/target/skus",
    "/promotions/0/target/products",
    "/promotions/0/target/categories",
    "/promotions/0/min_subtotal",
    "/promotions/0/subtotal_basis",
    "/promotions/0/min_quantity",
    "/promotions/0/max_discount",
    "/shipping",
    "/shipping/volumetric_divisor",
    "/shipping/rate/tolerance_g",
    "/shipping/free_over",
    "/fees",
    "/tax_rates",
];
const LIMITS: [&str; 4] = ["min_weight_g", "max_weight_g", "min_subtotal", "max_subtotal"];

fn is_optional(place: &str) -> bool {
    let limit = place.strip_prefix("/shipping/").is_some_and(|key| LIMITS.contains(&key));
    limit || OPTIONAL.contains(&place)
}

fn is_field(place: &str) -> bool {
    place.rsplit('/').next().is_some_and(|key| key.parse::<usize>().is_err())
}

#[test]
fn everything_can_be_read_and_written_again() {
    let read = Request::from_json(&everything().to_string());
    let written = read.map(|request| json!(request));
    let again = written.map(|json| Request::from_json(&json.to_string()));
    assert_eq!(again, Ok(Request::from_json(&everything().to_string())));
}

#[test]
fn an_absent_field_is_named_unless_it_is_optional_and_null_is_absent() {
    for place in places(&everything()).iter().filter(|place| is_field(place)) {
        let expected = (!is_optional(place)).then(|| path(place));
        assert_eq!(with(place, None), expected, "{place}");
        assert_eq!(with(place, Some(Value::Null)), expected, "{place}");
    }
}

#[test]
fn a_value_of_another_type_is_named_and_so_is_null_in_a_list() {
    for place in places(&everything()) {
        let value = everything().pointer(&place).cloned().expect("a place has a value");
        let strange = [json!(true), json!("?"), json!(2.5), json!([]), json!({}), json!([{}])];
        for other in strange.into_iter().filter(|other| !is_like(&value, other)) {
            let named = with(&place, Some(other.clone())).unwrap_or_default();
            assert!(named.starts_with(&path(&place)), "{place} as {other}: {named}");
        }
        if !is_field(&place) {
            assert_eq!(with(&place, Some(Value::Null)), Some(path(&place)));
        }
    }
}

/// Could the other value stand in this one's place?
fn is_like(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Bool(_), Value::Bool(_)) | (Value::Object(_), Value::Object(_)) => true,
        (Value::Array(_), Value::Array(entries)) => entries.is_empty(),
        (Value::String(text), Value::String(_)) => !text.contains(['-', '_']),
        _ => false,
    }
}

#[test]
fn unknown_and_repeated_keys_are_named_at_every_level() {
    let all = everything();
    let places = places(&all).into_iter().chain([String::new()]);
    for place in places.filter(|place| all.pointer(place).is_some_and(Value::is_object)) {
        let unknown = format!("{place}/colour");
        assert_eq!(with(&unknown, Some(Value::Null)), Some(path(&unknown)));
        assert_repeated_keys_are_named(&place);
    }
}

fn assert_repeated_keys_are_named(place: &str) {
    let all = everything();
    let object = all.pointer(place).cloned().expect("the test names a place");
    for (key, value) in object.as_object().into_iter().flatten() {
        let mut marked = all.clone();
        *marked.pointer_mut(place).expect("the test names a place") = json!("HERE");
        // The second key is written with an escape, which makes it no other key.
        let body = object.to_string();
        let escaped = format!("\\u{:04x}{}", key.as_bytes()[0], &key[1..]);
        let twice = format!("{{\"{escaped}\":{value},{}", &body[1..]);
        let json = marked.to_string().replace("\"HERE\"", &twice);
        assert_eq!(mistake(&json), Some(path(&format!("{place}/{key}"))));
    }
}

#[test]
fn numbers_are_plain_integers_within_their_range() {
    for place in places(&everything()) {
        if !everything().pointer(&place).is_some_and(Value::is_i64) {
            continue;
        }
        for digits in [
            "1.0",
            "1e3",
            "1E0",
            "0.0",
            "-0.0",
            "10000000000000",
            "-1000001",
            "9e999",
            "123456789012345678901234567890",
        ] {
            let marked = {
                let mut all = everything();
                *all.pointer_mut(&place).expect("a place has a value") = json!("HERE");
                all.to_string()
            };
            assert_eq!(mistake(&marked.replace("\"HERE\"", digits)), Some(path(&place)));
        }
    }
}

#[test]
fn a_minus_before_zero_is_zero() {
    let json = everything().to_string().replace("\"weight_g\":4", "\"weight_g\":-0");
    assert_eq!(mistake(&json), None);
}

#[test]
fn every_number_has_the_range_of_the_spec() {
    let ranges = [
        ("/lines/0/quantity", 1, 1_000_000),
        ("/lines/0/unit_price", 0, 1_000_000_000_000),
        ("/lines/0/weight_g", 0, 100_000_000),
        ("/lines/0/size_mm/1", 1, 100_000),
        ("/cash_rounding", 0, 1_000_000_000),
        ("/promotions/0/priority", -1_000_000, 1_000_000),
        ("/promotions/0/min_subtotal", 0, 1_000_000_000_000),
        ("/promotions/0/min_quantity", 0, 1_000_000_000),
        ("/promotions/0/max_discount", 0, 1_000_000_000_000),
        ("/promotions/0/benefit/buy", 1, 1_000_000),
        ("/promotions/0/benefit/get", 1, 1_000_000),
        ("/promotions/0/benefit/ppm", 0, 1_000_000),
        ("/promotions/1/benefit/amount", 0, 1_000_000_000_000),
        ("/promotions/2/benefit/ppm", 0, 1_000_000),
        ("/promotions/3/benefit/amount", 0, 1_000_000_000_000),
        ("/shipping/volumetric_divisor", 1, 1_000_000),
        ("/shipping/rate/first_g", 0, 100_000_000),
        ("/shipping/rate/first_amount", 0, 1_000_000_000_000),
        ("/shipping/rate/step_g", 1, 100_000_000),
        ("/shipping/rate/step_amount", 0, 1_000_000_000_000),
        ("/shipping/rate/tolerance_g", 0, 100_000_000),
        ("/shipping/free_over/amount", 0, 1_000_000_000_000),
        ("/shipping/min_weight_g", 0, 1_000_000_000_000),
        ("/shipping/max_weight_g", 0, 1_000_000_000_000),
        ("/shipping/min_subtotal", 0, 1_000_000_000_000),
        ("/shipping/max_subtotal", 0, 1_000_000_000_000),
        ("/fees/0/amount", 0, 1_000_000_000_000),
        ("/tax_rates/0/ppm", 0, 10_000_000),
    ];
    for (place, least, most) in ranges {
        assert_eq!(with(place, Some(json!(least))), None, "{place}");
        assert_eq!(with(place, Some(json!(most))), None, "{place}");
        assert_eq!(with(place, Some(json!(least - 1))), Some(path(place)));
        assert_eq!(with(place, Some(json!(most + 1_i64))), Some(path(place)));
    }
}

#[test]
fn a_kind_stays_in_its_lane_and_keeps_to_its_keys() {
    let line = ["amount_per_unit", "fixed_price", "buy_x_get_y"];
    for (lane, kinds) in [("1", &line[..]), ("2", &line[..]), ("0", &["amount", "free"][..])] {
        for kind in kinds {
            let place = format!("/promotions/{lane}/benefit/kind");
            assert_eq!(with(&place, Some(json!(kind))), Some(path(&place)));
        }
    }
    let foreign = "/promotions/1/benefit/ppm";
    assert_eq!(with(foreign, Some(json!(1))), Some(path(foreign)));
    assert_eq!(
        with("/shipping/rate/amount", Some(Value::Null)),
        Some("shipping.rate.amount".into())
    );
    assert_eq!(with("/promotions/0/lane", Some(json!("cart"))), Some("promotions[0].lane".into()));
}

#[test]
fn every_rate_can_be_read() {
    let table = |by: &str| json!({"kind": "table", "by": by, "tiers": [{"up_to": 9007199254740991_i64, "amount": 1}]});
    let flat = |kind: &str| json!({"kind": kind, "amount": 1});
    for rate in [flat("flat"), flat("per_item"), table("weight"), table("subtotal")] {
        assert_eq!(with("/shipping/rate", Some(rate)), None);
    }
    let by = "shipping.rate.by".to_owned();
    assert_eq!(with("/shipping/rate", Some(table("volume"))), Some(by));
    assert_eq!(with("/shipping/rate", Some(flat("free"))), Some("shipping.rate.kind".into()));
    assert_eq!(with("/shipping/free_over/basis", Some(json!("before_discount"))), None);
    assert_eq!(with("/tax_rounding", Some(json!("group"))), None);
    assert_eq!(with("/promotions/0/subtotal_basis", Some(json!("list"))), None);
}

#[test]
fn texts_have_one_to_two_hundred_bytes_and_codes_are_not_blank() {
    for place in ["/lines/0/sku", "/tax_rates/0/name", "/codes/0", "/lines/0/categories/0"] {
        assert_eq!(with(place, Some(json!("é".repeat(100)))), None);
        assert_eq!(with(place, Some(json!("é".repeat(100) + "x"))), Some(path(place)));
        assert_eq!(with(place, Some(json!(""))), Some(path(place)));
    }
    let code = "/promotions/0/code";
    assert_eq!(with(code, Some(json!(" \t"))), Some(path(code)));
    assert_eq!(with("/codes/0", Some(json!(" \t"))), None);
    assert_eq!(with("/currency", Some(json!("idr"))), Some("currency".into()));
}

#[test]
fn a_size_has_three_sides() {
    for sides in [json!([1, 2]), json!([1, 2, 3, 4])] {
        assert_eq!(with("/lines/0/size_mm", Some(sides)), Some("lines[0].size_mm".into()));
    }
}

#[test]
fn what_is_no_request_at_all_has_no_path() {
    for json in ["", " ", "[]", "null", "7", "\"x\"", "{", "{}x", "\u{feff}{}"] {
        assert_eq!(mistake(json), Some(String::new()), "{json}");
    }
    assert_eq!(mistake("{}"), Some("currency".into()));
}

#[test]
fn an_empty_cart_can_be_read_but_not_one_that_is_invalid_besides() {
    assert_eq!(with("/lines", Some(json!([]))), None);
    assert_eq!(with("/lines", Some(json!({}))), Some("lines".into()));
}

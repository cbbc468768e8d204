//! Values as they are written, and files that nobody should have written.

use chrono::NaiveDateTime;
use proptest::prelude::*;

use super::entry::Entry;
use super::read::{Fields, Ground, Mistake, Read, Reading, RuleFile, Tree, Write};
use super::{delivery, promotions, settings, tax};
use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{Amount, BenefitPpm, Grams, TaxRatePpm, WeightLimit};
use crate::promotions::{Opens, PromotionCode, Rule};
use crate::settings::ShopSettings;

const PAGE: &str = include_str!("../../docs/rules.md");

fn ground(currency: Currency) -> Ground {
    let time_zone = chrono_tz::Asia::Jakarta;
    Ground { currency, time_zone, language: crate::language::Language::En }
}

/// Reads `x = …` in a shop of this currency.
fn read<T: Read>(value: &str, currency: Currency) -> Result<T, String> {
    let tree = Tree::read(&[RuleFile::new("a.toml", format!("x = {value}"))]);
    let reading = Reading::of(&tree, ground(currency));
    let value = Fields::root(&reading).required("x");
    value.ok_or_else(|| reading.mistakes().remove(0).text)
}

#[test]
fn amounts_are_exact_or_refused() {
    let amount = |value: &str, currency| read::<Amount>(value, currency).map(|it| it.get()).ok();
    for (value, minor) in [("18000", 18_000), ("18_000", 18_000), ("\"18000\"", 18_000), ("0", 0)] {
        assert_eq!(amount(value, Currency::IDR), Some(minor), "{value}");
    }
    for (value, minor) in
        [("12", 1_200), ("\"12.5\"", 1_250), ("\"0.05\"", 5), ("\"12.500\"", 1_250)]
    {
        assert_eq!(amount(value, Currency::EUR), Some(minor), "{value}");
    }
    for bad in [
        "12.50",
        "\"12,50\"",
        "\"1.255\"",
        "-1",
        "\"-1\"",
        "\".5\"",
        "\"5.\"",
        "\"\"",
        "true",
        "\"1e3\"",
        "\"٣\"",
        "99999999999999999999",
    ] {
        assert_eq!(amount(bad, Currency::EUR), None, "{bad}");
    }
    assert_eq!(amount("\"18.000\"", Currency::IDR), None);
    assert_eq!(amount("1000000000001", Currency::IDR), None);
}

#[test]
fn percentages_are_exact_or_refused() {
    let rate = |value: &str| read::<TaxRatePpm>(value, Currency::IDR).map(|it| it.get()).ok();
    for (value, ppm) in
        [("\"11%\"", 110_000), ("11", 110_000), ("\"8.875 %\"", 88_750), ("\"0.0001%\"", 1)]
    {
        assert_eq!(rate(value), Some(ppm), "{value}");
    }
    for bad in ["11.0", "\"11\"", "\"0.00001%\"", "\"1001%\"", "-1", "\"%\""] {
        assert_eq!(rate(bad), None, "{bad}");
    }
}

#[test]
fn weights_are_exact_or_refused() {
    let weight = |value: &str| read::<Grams>(value, Currency::IDR).map(|it| it.get()).ok();
    for (value, grams) in
        [("300", 300), ("\"300 g\"", 300), ("\"1.5 kg\"", 1_500), ("\"2kg\"", 2_000)]
    {
        assert_eq!(weight(value), Some(grams), "{value}");
    }
    for bad in ["1.5", "\"1.5 g\"", "\"1.2345 kg\"", "\"1 lb\"", "\"kg\"", "-1"] {
        assert_eq!(weight(bad), None, "{bad}");
    }
}

#[test]
fn texts_hold_no_control_characters() {
    for bad in [
        "\"a\\u0007\"",
        "\"a\\nb\"",
        "\"\"\"a\nb\"\"\"",
        "\"\\u202e\"",
        "{ en = \"\\u001b\" }",
        "{ fr = \"a\" }",
        "5",
    ] {
        assert!(read::<LocalText>(bad, Currency::IDR).is_err(), "{bad}");
    }
    let long = format!("\"{}\"", "a".repeat(3_000));
    let refused = read::<String>(&long, Currency::IDR).unwrap_err();
    assert!(refused.len() < 200, "{refused}");
}

/// Everything that the files say, without a shop.
fn read_all(text: &str) -> Vec<Mistake> {
    let tree = Tree::read(&[RuleFile::new("a.toml", text)]);
    let reading = Reading::of(&tree, ground(Currency::IDR));
    let root = Fields::root(&reading);
    if let Some(spot) = root.spot("settings") {
        spot.told(settings::read(&spot, &mut ShopSettings::default()));
    }
    let _ = root.spot("tax").map(|spot| spot.told(tax::read(&spot)));
    let _ = root.spot("delivery").map(|spot| spot.told(delivery::read(&spot)));
    let _ = root.spot("promotions").map(|spot| spot.told(promotions::read(&spot)));
    let _ = root.spot("prices").map(|spot| spot.told(super::prices::read(&spot)));
    root.close();
    reading.mistakes()
}

fn blocks() -> Vec<&'static str> {
    PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// One rule with everything that a promotion can say.
fn promotion(
    benefit: crate::pricing::Benefit,
    times: [Option<NaiveDateTime>; 2],
    numbers: [i64; 4],
) -> Option<Rule> {
    let [amount, count, least, priority] = numbers;
    let slug = crate::values::Slug::parse("any-rule")?;
    let mut rule = Rule::new(slug, Currency::EUR, benefit);
    rule.name = [(crate::language::Language::Id, "Apa \"saja\" \\ di sini")].into();
    rule.opens = Opens::Codes(PromotionCode::parse("É-1_x").into_iter().collect());
    [rule.starts_at, rule.ends_at] = times;
    rule.min_subtotal = Amount::new(amount)?;
    rule.max_discount = Amount::new(amount / 2);
    rule.min_quantity = crate::pricing::MinQuantity::new(count)?;
    rule.priority = crate::pricing::Priority::new(priority)?;
    rule.usage_limit = Some(least);
    rule.exclusive = amount % 2 == 0;
    Some(rule)
}

fn benefits() -> impl Strategy<Value = crate::pricing::Benefit> {
    use crate::pricing::{Benefit, LineBenefit, Quantity, SumBenefit};
    let ppm = (0_i64..=1_000_000).prop_filter_map("ppm", BenefitPpm::new);
    let amount = (0_i64..=1_000_000_000_000).prop_filter_map("amount", Amount::new);
    let count = (1_i64..=1_000_000).prop_filter_map("count", Quantity::new);
    prop_oneof![
        ppm.clone().prop_map(|ppm| Benefit::Line(LineBenefit::Percent { ppm })),
        amount.clone().prop_map(|amount| Benefit::Line(LineBenefit::AmountPerUnit { amount })),
        amount.clone().prop_map(|amount| Benefit::Line(LineBenefit::FixedPrice { amount })),
        (count.clone(), count, ppm.clone())
            .prop_map(|(buy, get, ppm)| Benefit::Line(LineBenefit::BuyXGetY { buy, get, ppm })),
        ppm.clone().prop_map(|ppm| Benefit::Order(SumBenefit::Percent { ppm })),
        amount.prop_map(|amount| Benefit::Shipping(SumBenefit::Amount { amount })),
    ]
}

fn times() -> impl Strategy<Value = Option<NaiveDateTime>> {
    // Whole days and odd microseconds, from 1980 to 2100.
    let time = (315_532_800_i64..4_102_444_800, 0_u32..1_000_000);
    let time = time.prop_filter_map("a time", |(second, micro)| {
        chrono::DateTime::from_timestamp(second, micro * 1_000).map(|time| time.naive_utc())
    });
    proptest::option::of(time)
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(minor in 0_i64..=1_000_000_000_000, ppm in 0_i64..=1_000_000, grams in 0_i64..=100_000_000) {
        for currency in [Currency::IDR, Currency::EUR, Currency::parse("KWD").unwrap()] {
            let ground = ground(currency);
            let amount = Amount::new(minor).unwrap();
            prop_assert_eq!(read(&amount.write(&ground), currency), Ok(amount));
            let rate = BenefitPpm::new(ppm).unwrap();
            prop_assert_eq!(read(&rate.write(&ground), currency), Ok(rate));
            let weight = WeightLimit::new(grams).unwrap();
            prop_assert_eq!(read(&weight.write(&ground), currency), Ok(weight));
        }
    }

    #[test]
    fn any_promotion_comes_back_as_it_was(
        benefit in benefits(),
        starts_at in times(),
        ends_at in times(),
        numbers in (0_i64..=1_000_000_000_000, 0_i64..=1_000_000_000, 0_i64..=1_000_000, -1_000_000_i64..=1_000_000),
    ) {
        let numbers = [numbers.0, numbers.1, numbers.2, numbers.3];
        let rule = promotion(benefit, [starts_at, ends_at], numbers).unwrap();
        for currency in [Currency::IDR, Currency::EUR] {
            let entries = promotions::entries(std::slice::from_ref(&rule), &ground(currency));
            let text: String = entries.iter().map(Entry::toml).collect();
            let tree = Tree::read(&[RuleFile::new("a.toml", &text)]);
            let reading = Reading::of(&tree, ground(currency));
            let spot = Fields::root(&reading).spot("promotions").unwrap();
            let read = promotions::read(&spot).ok();
            prop_assert_eq!(read.as_deref(), Some(std::slice::from_ref(&rule)), "{}", text);
            prop_assert_eq!(reading.mistakes(), vec![]);
        }
    }

    #[test]
    fn no_file_is_too_strange_to_be_refused(
        at in any::<prop::sample::Index>(),
        cut in 0_usize..40,
        put in prop_oneof![".*", "[\\[\\]{}=\".,0-9a-z\\n-]{0,12}", Just("9999999999999999999".to_owned())],
    ) {
        for block in blocks() {
            let letters: Vec<char> = block.chars().collect();
            let start = at.index(letters.len());
            let end = (start + cut).min(letters.len());
            let text: String = letters[..start].iter().copied().chain(put.chars()).chain(letters[end..].iter().copied()).collect();
            for mistake in read_all(&text) {
                prop_assert!(mistake.line.is_some());
                let shown = mistake.to_string();
                prop_assert!(!shown.contains(char::is_control), "{:?}", shown);
                prop_assert!(shown.len() < 1_500, "{}", shown);
            }
        }
    }
}

#[test]
fn the_page_itself_holds_no_mistake() {
    for block in blocks() {
        assert_eq!(read_all(block), [], "{block}");
    }
}

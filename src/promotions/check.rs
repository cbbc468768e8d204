//! What must hold of rules before they are saved: everything that is wrong is named at once.

use chrono::NaiveDateTime;
use std::collections::BTreeSet;

use super::model::{MOST_AUTOMATIC, MOST_CODES, Rule, RuleMistake, RuleProblem};
use super::rules::MOST_RULES;
use crate::pricing::{Instant, Text};

/// How long a promotion's name may be: it stands in one line of the totals.
const LONGEST_NAME: usize = 100;
/// How many things of a kind a target may name (docs/pricing.md, Numbers).
const MOST_TARGETS: usize = 1_000;

/// Gathers what is wrong.
#[derive(Default)]
pub(super) struct Checked {
    pub mistakes: Vec<RuleMistake>,
}

/// Everything that is wrong with these rules, but for names of goods that do not exist.
pub(super) fn check(rules: &[Rule], now: NaiveDateTime) -> Vec<RuleMistake> {
    let mut checked = Checked::default();
    let (mut slugs, mut codes) = (BTreeSet::new(), BTreeSet::new());
    for rule in rules {
        if !slugs.insert(&rule.slug) {
            checked.wrong(rule, "slug", RuleProblem::Twice(rule.slug.to_string()));
        }
        for code in rule.codes().iter().filter(|code| !codes.insert(*code)) {
            checked.wrong(rule, "codes", RuleProblem::Twice(code.as_str().to_owned()));
        }
        checked.rule(rule);
    }
    checked.most(rules, "rules", usize::try_from(MOST_RULES).unwrap_or(usize::MAX));
    let is_open = |rule: &&Rule| rule.is_active && rule.is_automatic() && !rule.is_over(now);
    let automatic: Vec<Rule> = rules.iter().filter(is_open).cloned().collect();
    checked.most(&automatic, "automatic", MOST_AUTOMATIC);
    checked.mistakes
}

impl Checked {
    pub fn wrong(&mut self, rule: &Rule, field: &'static str, problem: RuleProblem) {
        self.mistakes.push(RuleMistake { rule: rule.slug.to_string(), field, problem });
    }

    /// Names the first rule that is too many.
    fn most(&mut self, rules: &[Rule], field: &'static str, most: usize) {
        if let Some(rule) = rules.get(most) {
            self.wrong(rule, field, RuleProblem::TooMany(most));
        }
    }

    fn rule(&mut self, rule: &Rule) {
        if rule.name.iter().all(|(_, name)| name.trim().is_empty()) {
            self.wrong(rule, "name", RuleProblem::Missing);
        }
        for (_, name) in rule.name.iter().filter(|(_, name)| name.chars().count() > LONGEST_NAME) {
            self.wrong(rule, "name", RuleProblem::TooLong(name.to_owned()));
        }
        self.window(rule);
        for (field, limit, least) in [
            ("usage_limit", rule.usage_limit, 0),
            ("per_customer_limit", rule.per_customer_limit, 1),
        ] {
            if limit.is_some_and(|limit| limit < least) {
                self.wrong(rule, field, RuleProblem::TooLow(least));
            }
        }
        self.lists(rule);
    }

    fn window(&mut self, rule: &Rule) {
        for (field, at) in [("starts_at", rule.starts_at), ("ends_at", rule.ends_at)] {
            if at.is_some_and(|at| Instant::try_from(at).is_err()) {
                self.wrong(rule, field, RuleProblem::NoInstant);
            }
        }
        if let (Some(start), Some(end)) = (rule.starts_at, rule.ends_at)
            && end <= start
        {
            self.wrong(rule, "ends_at", RuleProblem::NeverOpens);
        }
    }

    fn lists(&mut self, rule: &Rule) {
        if rule.codes().len() > MOST_CODES {
            self.wrong(rule, "codes", RuleProblem::TooMany(MOST_CODES));
        }
        let target = &rule.target;
        for (field, names) in [
            ("categories", &target.categories),
            ("products", &target.products),
            ("skus", &target.skus),
        ] {
            if names.len() > MOST_TARGETS {
                self.wrong(rule, field, RuleProblem::TooMany(MOST_TARGETS));
            }
            let mut seen = BTreeSet::new();
            for name in names.iter().filter(|name| !seen.insert(*name)) {
                self.wrong(rule, field, RuleProblem::Twice(name.as_str().to_owned()));
            }
        }
    }
}

/// A name that the shop does not have.
pub(super) fn unknown(rule: &Rule, field: &'static str, name: &Text) -> RuleMistake {
    let problem = RuleProblem::Unknown(name.as_str().to_owned());
    RuleMistake { rule: rule.slug.to_string(), field, problem }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::language::Language::En;
    use crate::money::Currency;
    use crate::pricing::{Amount, Benefit, SumBenefit, Target};
    use crate::promotions::{Opens, PromotionCode};
    use crate::values::Slug;
    use chrono::{NaiveDate, TimeDelta};

    fn rule(slug: &str) -> Rule {
        let benefit = Benefit::Order(SumBenefit::Amount { amount: Amount::default() });
        let rule = Rule::new(Slug::parse(slug).unwrap(), Currency::IDR, benefit);
        Rule { name: [(En, "Off")].into(), ..rule }
    }

    fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(3, 0, 0).unwrap()
    }

    fn mistakes(change: impl Fn(&mut Rule)) -> Vec<String> {
        let mut changed = rule("off");
        change(&mut changed);
        check(&[changed], now()).iter().map(|mistake| mistake.to_string()).collect()
    }

    #[test]
    fn a_rule_with_nothing_but_a_name_is_fine() {
        assert_eq!(mistakes(|_| ()), [""; 0]);
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let wrong = mistakes(|rule| {
            rule.name = [(En, " ")].into();
            (rule.starts_at, rule.ends_at) = (Some(now()), Some(now()));
            (rule.usage_limit, rule.per_customer_limit) = (Some(-1), Some(0));
            let bowl = Text::try_from("bowl").unwrap();
            rule.target = Target { skus: vec![bowl.clone(), bowl], ..Target::default() };
        });
        let all = [
            "off: name is missing",
            "off: ends_at is not after the start",
            "off: usage_limit must be at least 0",
            "off: per_customer_limit must be at least 1",
            "off: skus is there twice: bowl",
        ];
        assert_eq!(wrong, all);
    }

    #[test]
    fn a_code_and_a_slug_name_one_rule() {
        let opens = Opens::Codes(vec![PromotionCode::parse("a").unwrap()]);
        let same = Rule { opens, ..rule("off") };
        let wrong = check(&[same.clone(), same], now());
        let fields: Vec<&str> = wrong.iter().map(|mistake| mistake.field).collect();
        assert_eq!(fields, ["slug", "codes"]);
    }

    #[test]
    fn no_more_automatic_promotions_than_fit_a_request() {
        let many = |change: &dyn Fn(&mut Rule)| {
            let mut rules: Vec<Rule> =
                (0..=MOST_AUTOMATIC).map(|at| rule(&format!("r{at}"))).collect();
            change(rules.last_mut().unwrap());
            check(&rules, now()).len()
        };
        assert_eq!(many(&|_| ()), 1);
        assert_eq!(many(&|rule| rule.is_active = false), 0);
        assert_eq!(many(&|rule| rule.opens = Opens::Codes(vec![])), 0);
        assert_eq!(many(&|rule| rule.ends_at = Some(now())), 0);
        assert_eq!(many(&|rule| rule.ends_at = Some(now() + TimeDelta::seconds(1))), 1);
    }
}

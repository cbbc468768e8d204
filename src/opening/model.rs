//! The questions, and how far the shop is.

use std::collections::BTreeSet;

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// Something that the owner of a new shop is asked. Its words are `step-` and its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step { $($(#[$doc])* $name,)+ }

        impl Step {
            /// In the order in which they are asked.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the database and in addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

steps! {
    Name = "name",
    /// The country and its clock.
    Place = "place",
    /// The currency, and whether prices are with tax.
    Money = "money",
    Languages = "languages",
    /// Colour, corners, type.
    Look = "look",
    /// A zone that is delivered to, and how.
    Delivery = "delivery",
    /// How one pays.
    Payment = "payment",
    Product = "product",
}

impl Step {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.code() == code)
    }

    /// The one that is asked after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| *step > self)
    }
}

/// What a shop should have before it is opened. Its words are `lacks-` and its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is called what every new shop is called.
    Name,
    /// Nothing is brought anywhere.
    Delivery,
    /// Nobody can pay.
    Payment,
    /// There is nothing of its own to buy.
    Product,
    /// Not missing but too much: goods that nobody will ever get.
    DemoGoods,
}

impl Missing {
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Delivery => "delivery",
            Self::Payment => "payment",
            Self::Product => "product",
            Self::DemoGoods => "demo",
        }
    }
}

/// How far a shop is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readiness {
    pub answered: BTreeSet<Step>,
    /// It has a name of its own.
    pub is_named: bool,
    pub delivers: bool,
    pub takes_payment: bool,
    /// Something of its own is on sale.
    pub sells: bool,
    pub has_demo_goods: bool,
    /// Shoppers see a look of its own.
    pub has_look: bool,
}

impl Readiness {
    /// Whether a question needs no answer any more, in the first five minutes or elsewhere.
    pub fn is_done(&self, step: Step) -> bool {
        match step {
            Step::Name => self.is_named || self.answered.contains(&step),
            Step::Delivery => self.delivers,
            Step::Payment => self.takes_payment,
            Step::Product => self.sells,
            Step::Look => self.has_look,
            Step::Place | Step::Money | Step::Languages => self.answered.contains(&step),
        }
    }

    pub fn missing(&self) -> Vec<Missing> {
        let all = [
            (Missing::Name, !self.is_done(Step::Name)),
            (Missing::Delivery, !self.delivers),
            (Missing::Payment, !self.takes_payment),
            (Missing::Product, !self.sells),
            (Missing::DemoGoods, self.has_demo_goods),
        ];
        all.into_iter().filter(|(_, is_so)| *is_so).map(|(missing, _)| missing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_leads_to_the_next() {
        let mut asked = vec![Step::Name];
        while let Some(next) = asked.last().and_then(|step| step.next()) {
            asked.push(next);
        }
        assert_eq!(asked, Step::ALL);
        assert!(Step::ALL.iter().all(|step| Step::parse(step.code()) == Some(*step)));
    }

    #[test]
    fn what_the_shop_shows_needs_no_answer() {
        let new = Readiness::default();
        assert_eq!(
            new.missing(),
            [Missing::Name, Missing::Delivery, Missing::Payment, Missing::Product]
        );
        let ready = Readiness {
            is_named: true,
            delivers: true,
            takes_payment: true,
            sells: true,
            ..Readiness::default()
        };
        assert_eq!(ready.missing(), []);
        assert!(ready.is_done(Step::Payment) && !ready.is_done(Step::Money));
        let with_demo = Readiness { has_demo_goods: true, ..ready };
        assert_eq!(with_demo.missing(), [Missing::DemoGoods]);
    }
}

//! Which promotions may speak about a cart, and what each typed code is good for.

use chrono::NaiveDateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::allowance::Allowance;
use super::given::Given;
use super::model::{CustomerKey, PromotionCode};
use super::queries::{self, Running};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CategoryId, ProductId, PromotionId};
use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{self, Bill, Text};

/// What the promotions of a cart depend on.
pub struct Asking<'a> {
    pub now: NaiveDateTime,
    pub currency: Currency,
    /// What the shopper typed, in her order.
    pub codes: &'a [PromotionCode],
    /// Who she is, once she has said so.
    pub customer: Option<&'a CustomerKey>,
    /// What is in her cart.
    pub products: &'a [ProductId],
}

/// The promotions that may speak; the pricing core decides which of them do.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    running: Vec<Arc<Running>>,
    /// What staff take off besides.
    allowance: Option<Allowance>,
    pub typed: Vec<TypedCode>,
    /// Of each product those categories that some promotion looks at.
    categories: BTreeMap<ProductId, Vec<Text>>,
}

/// A code that the shopper typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCode {
    pub code: PromotionCode,
    pub state: CodeState,
}

/// What a code is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeState {
    /// It opens the promotion of this slug, at this place of [`Offers::promotions`].
    Opens {
        at: usize,
    },
    /// Another code has opened its promotion already.
    Doubled,
    Unknown,
    NotBegun,
    /// Its time is over, or the merchant has stopped it.
    Over,
    UsedUp,
    /// This customer has used it as often as one may.
    UsedByCustomer,
}

/// Finds the promotions for a cart. Automatic ones come from memory; what has a limit and is used
/// up says nothing.
pub fn find_offers(
    conn: &mut Conn,
    automatic: &[Arc<Running>],
    asking: &Asking<'_>,
) -> Result<Offers> {
    let coded = queries::find_by_codes(conn, asking.codes, asking.currency)?;
    let spent = Spent::load(conn, automatic.iter().chain(coded.values()), asking)?;
    let mut offers = Offers {
        running: automatic.iter().filter(|it| spent.state(it).is_none()).cloned().collect(),
        ..Offers::default()
    };
    for code in asking.codes {
        let state = offers.take(code, coded.get(code.as_str()), &spent, asking.now);
        offers.typed.push(TypedCode { code: code.clone(), state });
    }
    let looked_at: Vec<CategoryId> =
        offers.running.iter().flat_map(|running| &running.categories).copied().collect();
    offers.categories = queries::categories_of(conn, asking.products, &looked_at)?;
    Ok(offers)
}

impl Offers {
    /// The same, with what staff take off besides.
    pub fn with(self, allowance: Option<&Allowance>) -> Self {
        Self { allowance: allowance.cloned(), ..self }
    }

    /// Those that may speak, in the order of [`Offers::promotions`].
    pub fn running(&self) -> &[Arc<Running>] {
        &self.running
    }

    /// As the pricing core takes them.
    pub fn promotions(&self) -> Vec<pricing::Promotion> {
        let running = self.running.iter().map(|running| running.priced.clone());
        running.chain(self.allowance.iter().filter_map(Allowance::priced)).collect()
    }

    /// The codes as the pricing core takes them.
    pub fn codes(&self) -> Vec<Text> {
        self.typed.iter().filter_map(|typed| Text::try_from(typed.code.as_str()).ok()).collect()
    }

    /// The categories of a product, as far as a promotion looks at them.
    pub fn categories(&self, product: ProductId) -> Vec<Text> {
        self.categories.get(&product).cloned().unwrap_or_default()
    }

    /// What the promotion at this place is called.
    pub fn name(&self, at: usize) -> Option<&LocalText> {
        self.running.get(at).map(|running| &running.rule.name)
    }

    /// What the promotions gave, each with its name in words.
    pub fn given(&self, bill: &Bill, in_words: impl Fn(&LocalText) -> String) -> Vec<Given> {
        let named = self.running.iter().map(|running| Given {
            slug: running.rule.slug.as_str().to_owned(),
            name: match in_words(&running.rule.name) {
                name if name.is_empty() => running.rule.slug.to_string(),
                name => name,
            },
            code: self.code_of(running).map(ToString::to_string).unwrap_or_default(),
            lane: running.rule.benefit.lane(),
            amount: super::given::amount(bill, running.rule.slug.as_str()),
        });
        let by_hand = self.allowance.iter().map(|allowance| allowance.given(bill));
        let mut given: Vec<Given> = named.chain(by_hand).filter(|given| given.amount > 0).collect();
        given.sort_by_key(|given| given.lane);
        given
    }

    /// The rows of what a bill says was given, with how much that is.
    pub(super) fn used(&self, bill: &Bill) -> BTreeMap<PromotionId, i64> {
        let given = self
            .running
            .iter()
            .map(|running| (running.id, super::given::amount(bill, running.rule.slug.as_str())));
        given.filter(|(_, amount)| *amount > 0).collect()
    }

    fn code_of(&self, running: &Running) -> Option<&str> {
        let opens = |state: &CodeState| match state {
            CodeState::Opens { at } => self.running.get(*at).map(|it| it.id) == Some(running.id),
            _ => false,
        };
        let typed = self.typed.iter().find(|typed| opens(&typed.state));
        typed.map(|typed| typed.code.as_str())
    }

    /// Lets a typed code's promotion speak, if it may.
    fn take(
        &mut self,
        code: &PromotionCode,
        found: Option<&Arc<Running>>,
        spent: &Spent,
        now: NaiveDateTime,
    ) -> CodeState {
        let Some(running) = found else { return CodeState::Unknown };
        let rule = &running.rule;
        if !rule.is_active || rule.is_over(now) {
            return CodeState::Over;
        }
        if rule.starts_at.is_some_and(|start| now < start) {
            return CodeState::NotBegun;
        }
        if let Some(state) = spent.state(running) {
            return state;
        }
        if self.running.iter().any(|known| known.id == running.id) {
            return CodeState::Doubled;
        }
        let mut opened = Running::clone(running);
        opened.priced.code = code.priced();
        self.running.push(Arc::new(opened));
        CodeState::Opens { at: self.running.len() - 1 }
    }
}

/// How often the promotions with a limit have been used, as of now.
struct Spent {
    in_all: BTreeMap<PromotionId, i64>,
    by_customer: BTreeMap<PromotionId, i64>,
}

impl Spent {
    /// One question for each kind of limit, and none where there is no such limit.
    fn load<'a>(
        conn: &mut Conn,
        running: impl Iterator<Item = &'a Arc<Running>> + Clone,
        asking: &Asking<'_>,
    ) -> Result<Self> {
        let ids = |has_limit: fn(&Running) -> bool| -> Vec<PromotionId> {
            running.clone().filter(|it| has_limit(it)).map(|it| it.id).collect()
        };
        let limited = ids(|it| it.rule.usage_limit.is_some());
        let personal = ids(|it| it.rule.per_customer_limit.is_some());
        Ok(Self {
            in_all: queries::uses(conn, &limited)?,
            by_customer: match asking.customer {
                Some(customer) => queries::uses_by(conn, &personal, customer)?,
                None => BTreeMap::new(),
            },
        })
    }

    /// Why a promotion has been used up; `None` while it has not.
    fn state(&self, running: &Running) -> Option<CodeState> {
        let is_spent = |limit: Option<i64>, uses: &BTreeMap<PromotionId, i64>| {
            limit.is_some_and(|limit| uses.get(&running.id).copied().unwrap_or(0) >= limit)
        };
        if is_spent(running.rule.usage_limit, &self.in_all) {
            Some(CodeState::UsedUp)
        } else if is_spent(running.rule.per_customer_limit, &self.by_customer) {
            Some(CodeState::UsedByCustomer)
        } else {
            None
        }
    }
}

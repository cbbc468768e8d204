//! Promotions: discounts as data, and who has used them. Owns the tables `promotion`,
//! `promotion_text`, `promotion_target`, `promotion_code`, `promotion_customer` and `redemption`.
//! What a promotion comes to is reckoned by `pricing` alone; this room knows which ones there are,
//! which codes open them and how often they may be used. Automatic ones live in memory with every
//! page's frame, the others are looked up by what the shopper typed. What may surprise: a promotion
//! without a limit has no counter, so that orders do not queue for its row; its `used` is counted
//! from the redemptions when it gets a limit.

mod allowance;
mod anew;
mod check;
pub mod desk;
mod follow;
mod give_back;
mod given;
mod model;
mod offers;
mod queries;
mod redeem;
mod rows;
mod rules;
mod save;

pub use allowance::Allowance;
pub use anew::{categories_for, given_anew, redeem_anew, still_open};
pub use follow::follow;
pub use give_back::give_back;
pub use given::Given;
pub use model::{
    CustomerKey, LONGEST_CODE, MOST_AUTOMATIC, MOST_CODES, Opens, PromotionCode, Rule, RuleMistake,
    RuleProblem,
};
pub use offers::{Asking, CodeState, Offers, TypedCode, find_offers};
pub use queries::{Running, load_automatic};
pub use redeem::redeem;
pub use rules::load_rules;
pub use save::save_rules;

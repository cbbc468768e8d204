//! `POST /cart/codes`: applies a code for a discount, or takes one away again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::model::{Cart, MOST_CODES};
use super::show;
use crate::catalog::seen::Seen;
use crate::error::Result;
use crate::limits::Limit;
use crate::promotions::{Asking, CodeState, PromotionCode, find_offers};
use crate::web::{Form, Visit, see_other};

/// So many characters of what was typed stand in the field again, when it was no code.
const LONGEST_SHOWN: usize = 60;

/// Why a code is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProblem {
    Missing,
    Unknown,
    NotBegun,
    Over,
    UsedUp,
    TooMany,
}

pub async fn codes(visit: Visit, form: Form) -> Result<HttpResponse> {
    let Some(mut cart) = Cart::read(&visit) else {
        return Ok(see_other(&visit.href("/cart")));
    };
    if let Some(code) = form.find("remove_code") {
        remove_code(&visit, &mut cart, code).await?;
        return Ok(see_other(&visit.href("/cart")));
    }
    match apply_code(&visit, &mut cart, form.get("code")).await? {
        Ok(()) => Ok(see_other(&visit.href("/cart"))),
        Err(problem) => {
            let news = show::News::BadCode(shown_again(form.get("code")), problem);
            let page = show::page(&visit, news, Seen::default()).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Keeps a code with the cart when it opens a promotion now; whether the cart meets the
/// promotion's conditions is another matter, and may change.
pub async fn apply_code(
    visit: &Visit,
    cart: &mut Cart,
    typed: &str,
) -> Result<Result<(), CodeProblem>> {
    if typed.trim_ascii().is_empty() {
        return Ok(Err(CodeProblem::Missing));
    }
    let Some(code) = PromotionCode::parse(typed) else { return Ok(Err(CodeProblem::Unknown)) };
    if cart.codes.contains(&code) {
        return Ok(Ok(()));
    }
    // Short codes could be guessed.
    visit.spend(Limit::Coupon, cart.id.as_str()).await?;
    let problem = match state(visit, code.clone()).await? {
        Some(CodeState::Opens { .. } | CodeState::Doubled | CodeState::UsedByCustomer) => None,
        Some(CodeState::NotBegun) => Some(CodeProblem::NotBegun),
        Some(CodeState::Over) => Some(CodeProblem::Over),
        Some(CodeState::UsedUp) => Some(CodeProblem::UsedUp),
        Some(CodeState::Unknown) | None => Some(CodeProblem::Unknown),
    };
    let is_full = cart.codes.len() >= MOST_CODES;
    match problem.or(is_full.then_some(CodeProblem::TooMany)) {
        Some(problem) => Ok(Err(problem)),
        None => {
            cart.codes.push(code);
            cart.keep(visit).await?;
            Ok(Ok(()))
        }
    }
}

pub async fn remove_code(visit: &Visit, cart: &mut Cart, code: &str) -> Result<()> {
    cart.codes.retain(|known| known.as_str() != code);
    cart.keep(visit).await
}

/// What was typed, as the field shows it again: long nonsense is cut.
pub fn shown_again(typed: &str) -> String {
    typed.chars().take(LONGEST_SHOWN).collect()
}

async fn state(visit: &Visit, code: PromotionCode) -> Result<Option<CodeState>> {
    let view = visit.view();
    let found = visit.shop.db.read(move |conn| {
        let asking = Asking {
            now: view.now,
            currency: view.frame.settings.currency,
            codes: &[code],
            customer: None,
            products: &[],
        };
        find_offers(conn, &[], &asking)
    });
    Ok(found.await?.typed.pop().map(|typed| typed.state))
}

impl CodeProblem {
    /// The message in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "code-missing",
            Self::Unknown => "code-unknown",
            Self::NotBegun => "code-not-begun",
            Self::Over => "code-over",
            Self::UsedUp => "code-used-up",
            Self::TooMany => "code-too-many",
        }
    }
}

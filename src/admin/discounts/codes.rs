//! `/admin/discounts/{id}/codes`: many codes at once, each for one customer to be given, and all of
//! them as a file.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Path;
use askama::Template;

use super::deeds::change;
use super::edit::{Staff, find};
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::error::Result;
use crate::ids::PromotionId;
use crate::promotions::desk::Kept;
use crate::promotions::{LONGEST_CODE, MOST_CODES, Opens, PromotionCode};
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/discounts/codes.html")]
struct CodesPage {
    shell: Desk,
    name: String,
    discount: String,
    action: String,
    count: String,
    codes: Vec<String>,
    fields: Vec<Field>,
}

/// Without those that are taken for others: no 0 and O, no 1, I and L.
const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Nobody guesses one of 850 thousand million.
const LETTERS_OF_A_CODE: usize = 8;

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    page(&staff, &kept, (&Form::default(), &[]))
}

pub async fn make(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let free = MOST_CODES.saturating_sub(kept.rule.codes().len());
    let count = form.get("count").parse().ok().filter(|count| (1..=free).contains(count));
    let prefix = form.get("prefix").to_owned();
    let sample = invent(&prefix);
    let mut mistakes: Vec<Mistake> = Vec::new();
    if count.is_none() {
        mistakes.push(("count", "codes-wrong-count"));
    }
    if sample.is_none() {
        mistakes.push(("prefix", "codes-wrong-prefix"));
    }
    match count {
        Some(count) if mistakes.is_empty() => {
            change(&staff, kept.id, move |rule| add(&mut rule.opens, &prefix, count)).await
        }
        _ => page(&staff, &kept, (&form, &mistakes)),
    }
}

/// From now on codes open it, those that did and so many new ones.
fn add(opens: &mut Opens, prefix: &str, count: usize) {
    let mut codes = match opens {
        Opens::Codes(codes) => std::mem::take(codes),
        Opens::Automatic => Vec::new(),
    };
    codes.extend((0..count).filter_map(|_| invent(prefix)));
    *opens = Opens::Codes(codes);
}

/// A code by chance; `None` when the beginning is none of a code.
fn invent(prefix: &str) -> Option<PromotionCode> {
    let mut chance = rand::random::<u64>();
    let letter = |_| {
        let at = chance % LETTERS.len() as u64;
        chance /= LETTERS.len() as u64;
        char::from(LETTERS[at as usize])
    };
    let letters: String = (0..LETTERS_OF_A_CODE).map(letter).collect();
    PromotionCode::parse(&format!("{prefix}{letters}"))
}

/// `GET /admin/discounts/{id}/codes.txt`: a line for each.
pub async fn download(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let rule = find(&staff, PromotionId(*id)).await?.rule;
    let name = format!("attachment; filename=\"{}.txt\"", rule.slug.as_str());
    let lines = rule.codes().iter().map(|code| format!("{}\r\n", code.as_str()));
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(lines.collect::<String>()))
}

fn page(staff: &Staff, kept: &Kept, (form, mistakes): (&Form, &[Mistake])) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-discounts");
    let name = shell.local(&kept.rule.name).to_owned();
    shell.shell.head.title = shell.with("codes-of", "name", &name);
    let discount = shell.href(&format!("/admin/discounts/{}", kept.id)).into_owned();
    let codes = kept.rule.codes();
    let page = CodesPage {
        action: format!("{discount}/codes"),
        discount,
        count: shell.count("codes-count", i64::try_from(codes.len()).unwrap_or(i64::MAX)),
        codes: codes.iter().map(|code| code.as_str().to_owned()).collect(),
        fields: fields(&shell, form, mistakes),
        name,
        shell,
    };
    let status = match mistakes {
        [] => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn fields(shell: &Desk, form: &Form, mistakes: &[Mistake]) -> Vec<Field> {
    let count = Field::text(shell, "count", "codes-how-many", form);
    let count = Field { inputmode: "numeric", most: 4, ..count }.hint(shell.t("codes-most"));
    let prefix = Field::text(shell, "prefix", "codes-prefix", form);
    let most = LONGEST_CODE - LETTERS_OF_A_CODE;
    let prefix = Field { most, is_optional: true, ..prefix }.hint(shell.t("codes-prefix-hint"));
    [count, prefix].map(|field| field.with(shell, mistakes)).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_as_it_should_and_is_never_the_same() {
        let (one, other) = (invent("mei-").unwrap(), invent("mei-").unwrap());
        assert!(one.as_str().starts_with("MEI-") && one.as_str().len() == 12);
        assert_ne!(one, other);
        assert_eq!(invent("no code"), None);
    }

    #[test]
    fn what_was_automatic_is_opened_by_its_codes() {
        let mut opens = Opens::Automatic;
        add(&mut opens, "", 3);
        add(&mut opens, "", 2);
        assert!(matches!(opens, Opens::Codes(codes) if codes.len() == 5));
    }
}

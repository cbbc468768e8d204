//! What failed in the back office, in its own frame: the shop's would send staff shopping.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use super::allowed::find_member;
use super::caller::Caller;
use super::desk::Desk;
use super::entrance::form::DoorPage;
use crate::error::Result;
use crate::staff::Member;
use crate::web::error_page::{self, Failure};
use crate::web::{Head, Html, Shell};

#[derive(Template)]
#[template(path = "admin/mistake.html")]
struct MistakePage {
    shell: Desk,
    icon: &'static str,
    advice: String,
    /// A number to tell the operator, where the shop is to blame.
    reference: String,
}

/// Gives every request to the back office that failed and has no page yet the one of its frame.
pub async fn fill(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    if !error_page::is_bare(&answer) || !is_ours(answer.request().path()) {
        return Ok(answer);
    }
    let member = who(answer.request(), answer.status()).await;
    Ok(error_page::dress(answer, |request, failure| page(request, member.as_ref(), failure)))
}

fn is_ours(path: &str) -> bool {
    path == "/admin" || path.starts_with("/admin/")
}

/// Who asked. Nobody is looked up for a request that is one too many: it is to cost nothing.
async fn who(request: &HttpRequest, status: StatusCode) -> Option<Member> {
    let known: Option<Member> = request.extensions().get().cloned();
    if known.is_some() || status == StatusCode::TOO_MANY_REQUESTS {
        return known;
    }
    find_member(&Caller::of(request).ok()?).await.ok().flatten()
}

fn page(request: &HttpRequest, member: Option<&Member>, failure: Failure) -> Result<HttpResponse> {
    let caller = Caller::of(request)?;
    let Some(member) = member else { return at_the_door(&caller, failure) };
    let mut shell = caller.visit.shell(Head::private(""));
    shell.head.title = shell.t(heading(&failure).as_str()).to_owned();
    let page = MistakePage {
        icon: "circle-alert",
        advice: advice(&shell, &failure),
        reference: failure.reference,
        shell: Desk::new(shell, member),
    };
    Ok(Html::page(&page)?.status(failure.status).personal().into_response())
}

fn at_the_door(caller: &Caller, failure: Failure) -> Result<HttpResponse> {
    let page = DoorPage::new(caller, &heading(&failure), "/admin/sign-in");
    let shell = &page.shell;
    let reference = match failure.reference.as_str() {
        "" => String::new(),
        number => format!(" {} {number}", shell.t("error-reference")),
    };
    let link = (shell.href("/admin").into_owned(), shell.t("admin-menu").to_owned());
    let lead = advice(shell, &failure) + &reference;
    let page = DoorPage { lead, link: Some(link), ..page };
    Ok(Html::page(&page)?.status(failure.status).personal().into_response())
}

fn heading(failure: &Failure) -> String {
    format!("error-{}-heading", failure.name)
}

/// The shop's own words, unless they are about shopping.
fn advice(shell: &Shell, failure: &Failure) -> String {
    let name = failure.name;
    let key = match name {
        "not-found" | "too-many" | "internal" => format!("admin-error-{name}-advice"),
        _ => format!("error-{name}-advice"),
    };
    shell.count(&key, failure.minutes)
}

/// What somebody sees who may not.
pub(super) fn forbidden(shell: Desk) -> Result<Html> {
    let advice = shell.t("forbidden-advice").to_owned();
    let page = MistakePage { icon: "lock", advice, reference: String::new(), shell };
    Ok(Html::page(&page)?.status(StatusCode::FORBIDDEN).personal())
}

//! `/admin/start/{step}`: the questions whose answers are settings.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::page::QuestionPage;
use super::{address, readiness};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::meanwhile::seal;
use crate::admin::reader::Mistakes;
use crate::admin::sent::{Notice, Sent};
use crate::admin::settings::change::change;
use crate::admin::settings::section::{Sections, Typed, fields, label, stored};
use crate::admin::settings::sections::{LANGUAGES, MONEY, NAME, PAYMENT, PLACE};
use crate::error::{Error, Result};
use crate::opening::Step;
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeSettings>;

pub async fn show(
    staff: Staff,
    gateways: Data<Gateways>,
    step: Path<String>,
) -> Result<HttpResponse> {
    let asked = find(&step)?;
    page(&staff, &gateways, asked, None).await
}

pub async fn save(
    staff: Staff,
    gateways: Data<Gateways>,
    step: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let (step, sections) = find(&step)?;
    match change(&staff, (sections, Some(step)), form).await? {
        Ok(()) => Ok(see_other(&staff.visit().href(&address(step.next())))),
        Err(unsaved) => {
            let none = Mistakes::new();
            page(&staff, &gateways, (step, sections), Some(unsaved.sent(&none))).await
        }
    }
}

fn find(code: &str) -> Result<(Step, Sections)> {
    let step = Step::parse(code).ok_or(Error::NotFound)?;
    let sections: Sections = match step {
        Step::Name => &[&NAME],
        Step::Place => &[&PLACE],
        Step::Money => &[&MONEY],
        Step::Languages => &[&LANGUAGES],
        Step::Payment => &[&PAYMENT],
        Step::Look | Step::Delivery | Step::Product => return Err(Error::NotFound),
    };
    Ok((step, sections))
}

async fn page(
    staff: &Staff,
    gateways: &Data<Gateways>,
    (step, sections): (Step, Sections),
    sent: Option<Sent<'_>>,
) -> Result<HttpResponse> {
    let page = QuestionPage::of(staff, step, &readiness(staff, gateways).await?);
    let shell = &page.shell;
    // As they are now: somebody else may have saved since this request came in.
    let now = stored(sections, &staff.visit().shop.frame().settings);
    let as_stored = Form::default().with(now.clone());
    let form = sent.as_ref().map_or(&as_stored, |sent| sent.form);
    let typed = Typed { shell, form, sent: sent.as_ref() };
    let page = QuestionPage {
        fields: fields(sections, &typed),
        notice: Notice::of(shell, (sent.as_ref(), false), "settings-meanwhile", |name| {
            label(shell, name)
        }),
        seen: seal(&now),
        known: if step == Step::Payment { online(shell, gateways) } else { String::new() },
        status: sent.as_ref().map_or(StatusCode::OK, Sent::status),
        ..page
    };
    page.answer()
}

/// The gateways that the operator has set up.
fn online(shell: &Desk, gateways: &Gateways) -> String {
    let names: Vec<&str> = gateways.online().map(|payment| shell.t(payment.text())).collect();
    match names.is_empty() {
        true => shell.t("step-payment-none").to_owned(),
        false => shell.with("step-payment-online", "gateways", names.join(", ")),
    }
}

//! `/admin/forgot`: a link for a new password, by mail.

use actix_web::HttpResponse;

use super::form::DoorPage;
use crate::admin::caller::Caller;
use crate::admin::field::Field;
use crate::audit::Actor;
use crate::error::Result;
use crate::limits::Limit;
use crate::staff::ask_for_link;
use crate::values::Email;
use crate::web::Form;

pub async fn show(caller: Caller) -> Result<HttpResponse> {
    page(&caller, &Form::default()).answer()
}

/// Answers the same, after the same work, whether there is an account or not: it is the mail's job
/// to find that out.
pub async fn ask(caller: Caller, form: Form) -> Result<HttpResponse> {
    let Some(email) = Email::parse(form.get("email")) else {
        let page = page(&caller, &form);
        let mistakes = [("email", "admin-email-wrong")];
        let fields = page.fields.into_iter().map(|field| field.with(&page.shell, &mistakes));
        return DoorPage { fields: fields.collect(), ..page }.answer();
    };
    caller.visit.spend(Limit::Reset, &email.as_str().to_lowercase()).await?;
    let (who, language) = (caller.who(Actor::Nobody), caller.visit.language);
    let ask = move |conn: &mut _| ask_for_link(conn, email.as_str(), language, &who);
    caller.visit.shop.db.write(ask).await?;
    let page = DoorPage::new(&caller, "admin-forgot-sent", "/admin/forgot");
    let lead = page.shell.t("admin-forgot-sent-lead").to_owned();
    let link = Some((
        page.shell.href("/admin/sign-in").into_owned(),
        page.shell.t("admin-sign-in").to_owned(),
    ));
    DoorPage { lead, link, ..page }.answer()
}

fn page(caller: &Caller, form: &Form) -> DoorPage {
    let page = DoorPage::new(caller, "admin-forgot", "/admin/forgot");
    let shell = &page.shell;
    DoorPage {
        lead: shell.t("admin-forgot-lead").to_owned(),
        fields: vec![Field::email(shell, form)],
        button: shell.t("admin-forgot-button").to_owned(),
        link: Some((
            shell.href("/admin/sign-in").into_owned(),
            shell.t("admin-sign-in").to_owned(),
        )),
        ..page
    }
}

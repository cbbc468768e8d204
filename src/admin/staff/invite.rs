//! `/admin/staff/new`: somebody is asked to join.

use actix_web::HttpResponse;

use super::{all_roles, choices, refused_text};
use crate::admin::Allowed;
use crate::admin::field::{Field, Mistake};
use crate::admin::form::FormPage;
use crate::error::Result;
use crate::staff::{RoleName, find_account, invite, send_link, to};
use crate::values::Email;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ManageStaff>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let roles = staff.visit().shop.db.read(all_roles).await?;
    page(&staff, &roles, &Form::default(), ("", &[])).answer()
}

pub async fn send(staff: Staff, form: Form) -> Result<HttpResponse> {
    let roles = staff.visit().shop.db.read(all_roles).await?;
    let role = roles.iter().find(|role| role.code() == form.get("role")).cloned();
    let (email, role) = match (Email::parse(form.get("email")), role) {
        (Some(email), Some(role)) => (email, role),
        (None, _) => {
            let mistakes = [("email", "admin-email-wrong")];
            return page(&staff, &roles, &form, ("", &mistakes)).answer();
        }
        (_, None) => {
            let mistakes = [("role", "admin-role-missing")];
            return page(&staff, &roles, &form, ("", &mistakes)).answer();
        }
    };
    let language = staff.visit().language;
    let invited = staff.change(move |conn, giver| {
        let invited = invite(conn, giver, &email, &role)?;
        if let Ok(id) = invited
            && let Some(account) = find_account(conn, id)?
        {
            send_link(conn, &account, language, giver.who)?;
        }
        Ok(invited)
    });
    match invited.await? {
        Ok(id) => Ok(see_other(&staff.visit().href(&format!("/admin/staff/{id}?sent=1")))),
        Err(refused) => page(&staff, &roles, &form, (refused_text(refused), &[])).answer(),
    }
}

fn page(
    staff: &Staff,
    roles: &[RoleName],
    form: &Form,
    (error, mistakes): (&'static str, &[Mistake]),
) -> FormPage {
    let shell = staff.desk("admin-invite");
    let chosen = if form.get("role").is_empty() { "packer" } else { form.get("role") };
    let choices = choices(&shell, roles, &staff.member.may, chosen);
    let email = Field { autocomplete: "off", ..Field::email(&shell, form) };
    let fields = [email, Field::select(&shell, ("role", "admin-role"), choices)];
    FormPage {
        lead: shell.t("admin-invite-lead").to_owned(),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        action: shell.href("/admin/staff/new").into_owned(),
        hidden: Vec::new(),
        fields: fields.into_iter().map(|field| field.with(&shell, mistakes)).collect(),
        button: shell.t("admin-invite-button").to_owned(),
        back: (shell.href("/admin/staff").into_owned(), shell.t("admin-staff").to_owned()),
        shell,
    }
}

//! `/admin/confirm`: she shows once more who she is, before something that can do much harm.

use actix_web::HttpResponse;

use super::enter::{keep, refuse};
use crate::admin::Allowed;
use crate::admin::allowed::next;
use crate::admin::field::{Field, Mistake};
use crate::admin::form::FormPage;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::passwords::Checked;
use crate::staff::{self, Known, known_of, to, use_code};
use crate::web::{Form, see_other};

type Staff = Allowed<to::KeepOwnAccount>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    page(&staff, query.get("next").unwrap_or_default(), &[]).answer()
}

pub async fn confirm(staff: Staff, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let (email, id) = (staff.member.account.email.clone(), staff.member.id());
    visit.spend(Limit::SignIn, &email).await?;
    let known = visit.shop.db.read(move |conn| known_of(conn, id)).await?.ok_or(Error::NotFound)?;
    let typed = form.find("password").unwrap_or_default();
    let is_right =
        matches!(visit.shop.passwords.check(typed, known.password()).await?, Checked::Right { .. });
    let mistake = match is_right {
        false => Some(("password", "admin-password-wrong")),
        true if !takes_code(&staff, &known, form.get("code")).await? => {
            Some(("code", "admin-code-wrong"))
        }
        true => None,
    };
    if let Some(mistake) = mistake {
        refuse(staff.caller(), Some(known)).await?;
        return page(&staff, form.get("next"), &[mistake]).answer();
    }
    visit.give_back(Limit::SignIn, &email).await?;
    let (who, of) = (staff.who(), (id, staff.member.session.id));
    let token = visit.shop.db.write(move |conn| staff::prove(conn, &who, of)).await?;
    let mut answer = see_other(&visit.href(next(form.get("next"))));
    keep(&mut answer, &staff.caller().cookie(&token));
    Ok(answer)
}

async fn takes_code(staff: &Staff, known: &Known, typed: &str) -> Result<bool> {
    if !known.account.has_second_factor {
        return Ok(true);
    }
    let visit = staff.visit();
    visit.spend(Limit::SecondFactor, &known.account.email).await?;
    let (who, seal, known, typed) = (staff.who(), staff.seal(), known.clone(), typed.to_owned());
    visit.shop.db.write(move |conn| use_code(conn, (&who, &seal), &known, &typed)).await
}

fn page(staff: &Staff, wanted: &str, mistakes: &[Mistake]) -> FormPage {
    let shell = staff.desk("admin-confirm");
    let mut fields = vec![Field::password(&shell, "password", "admin-password")];
    if staff.member.account.has_second_factor {
        fields.push(Field::code(&shell));
    }
    FormPage {
        lead: shell.t("admin-confirm-lead").to_owned(),
        error: String::new(),
        action: shell.href("/admin/confirm").into_owned(),
        hidden: vec![("next", wanted.to_owned())],
        fields: fields.into_iter().map(|field| field.with(&shell, mistakes)).collect(),
        button: shell.t("admin-confirm-button").to_owned(),
        back: (shell.href("/admin").into_owned(), shell.t("admin-home").to_owned()),
        shell,
    }
}

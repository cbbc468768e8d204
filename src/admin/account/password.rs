//! `/admin/account/password`: another password, for who knows the one of now.

use actix_web::HttpResponse;

use crate::admin::Allowed;
use crate::admin::entrance::choose;
use crate::admin::field::{Field, Mistake};
use crate::admin::form::FormPage;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::passwords::Checked;
use crate::staff::{change_password, known_of, to};
use crate::web::{Form, see_other};

type Staff = Allowed<to::KeepOwnAccount>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, &[]).answer()
}

pub async fn change(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (visit, account) = (staff.visit(), &staff.member.account);
    let (id, session) = (account.id, staff.member.session.id);
    visit.spend(Limit::SignIn, &account.email).await?;
    let known = visit.shop.db.read(move |conn| known_of(conn, id)).await?.ok_or(Error::NotFound)?;
    let typed = form.find("password").unwrap_or_default();
    if let Checked::Wrong = visit.shop.passwords.check(typed, known.password()).await? {
        return page(&staff, &[("password", "admin-password-wrong")]).answer();
    }
    let hash = match choose(staff.caller(), &form, &[&account.email, &account.name]).await? {
        Ok(hash) => hash,
        Err(weakness) => return page(&staff, &[("new_password", weakness)]).answer(),
    };
    visit.give_back(Limit::SignIn, &account.email).await?;
    let who = staff.who();
    let change = move |conn: &mut _| change_password(conn, &who, (id, session), &hash);
    visit.shop.db.write(change).await?;
    Ok(see_other(&visit.href("/admin/account")))
}

fn page(staff: &Staff, mistakes: &[Mistake]) -> FormPage {
    let shell = staff.desk("admin-change-password");
    let new = Field::password(&shell, "new_password", "admin-new-password");
    let fields = [
        Field::password(&shell, "password", "admin-password-now"),
        new.hint(shell.t("admin-password-hint")),
    ];
    FormPage {
        lead: shell.t("admin-change-password-lead").to_owned(),
        error: String::new(),
        action: shell.href("/admin/account/password").into_owned(),
        hidden: Vec::new(),
        fields: fields.into_iter().map(|field| field.with(&shell, mistakes)).collect(),
        button: shell.t("admin-save").to_owned(),
        back: (shell.href("/admin/account").into_owned(), shell.t("admin-account").to_owned()),
        shell,
    }
}

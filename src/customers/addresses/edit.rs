//! `GET /account/addresses/new`, `GET` and `POST /account/addresses/{id}`, and `POST
//! /account/addresses`: writing an address down, or another one in its place.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::id_of;
use crate::addresses::{self, Added, Entry, MOST, NewEntry};
use crate::checkout::{
    AddressFields, FieldView, Mistake, Reader, errors, filled, filled_company, fits_country,
    named_country, read_entry,
};
use crate::customers::Member;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::CustomerAddressId;
use crate::values::Country;
use crate::web::{Form, Head, Html, Shell, countries, see_other};

#[derive(Template)]
#[template(path = "customers/addresses/edit.html")]
struct AddressPage {
    shell: Shell,
    heading: String,
    mistakes: Vec<(String, String)>,
    /// That the fields are those of another country now; else empty.
    status: String,
    action: String,
    made_for: String,
    fields: Vec<FieldView>,
    /// Where the address is taken out of the book; empty for a new one.
    remove: String,
}

/// Why the page is shown.
enum News {
    None,
    OtherCountry,
    Wrong(Vec<Mistake>),
}

pub async fn show_new(member: Member) -> Result<HttpResponse> {
    page(&member, None, &Form::filled(&[("name", &member.customer.name)]), News::None)
}

pub async fn show(member: Member, path: Path<String>) -> Result<HttpResponse> {
    let entry = find(&member, id_of(&path)?).await?;
    let form = Form::default()
        .with(filled("", &entry.address))
        .with(filled_company("", &entry.address))
        .with([("phone".to_owned(), entry.phone.clone())]);
    page(&member, Some(entry.id), &form, News::None)
}

pub async fn add(member: Member, form: Form) -> Result<HttpResponse> {
    let new = match typed(&member, &form) {
        Ok(new) => new,
        Err(news) => return page(&member, None, &form, news),
    };
    let (visit, owner) = (&member.visit, member.customer.id);
    let write = move |conn: &mut Conn| addresses::add(conn, owner, &new);
    let done = match visit.shop.db.write(write).await? {
        Added::New => "added",
        Added::Known => "known",
        Added::Full => {
            let most = usize::try_from(MOST).unwrap_or_default();
            let full = Mistake { most, ..Mistake::new("name", "address-book-full") };
            return page(&member, None, &form, News::Wrong(vec![full]));
        }
    };
    Ok(see_other(&visit.href(&format!("/account/addresses?done={done}"))))
}

pub async fn change(member: Member, path: Path<String>, form: Form) -> Result<HttpResponse> {
    let id = find(&member, id_of(&path)?).await?.id;
    let new = match typed(&member, &form) {
        Ok(new) => new,
        Err(news) => return page(&member, Some(id), &form, news),
    };
    let (visit, owner) = (&member.visit, member.customer.id);
    let write = move |conn: &mut Conn| addresses::change(conn, owner, id, &new);
    match visit.shop.db.write(write).await? {
        true => Ok(see_other(&visit.href("/account/addresses?done=changed"))),
        false => Err(Error::NotFound),
    }
}

async fn find(member: &Member, id: CustomerAddressId) -> Result<Entry> {
    let owner = member.customer.id;
    let found = member.visit.shop.db.read(move |conn| addresses::find(conn, owner, id)).await?;
    found.ok_or(Error::NotFound)
}

fn typed(member: &Member, form: &Form) -> Result<NewEntry, News> {
    if !fits_country(form, "") {
        return Err(News::OtherCountry);
    }
    let mut reader = Reader::new(form);
    let country = named_country(form, "country");
    let entry = read_entry(&mut reader, country.unwrap_or(member.visit.frame.settings.country));
    if country.is_none() {
        reader.wrong("country", "missing-country");
    }
    match reader.mistakes.is_empty() {
        true => Ok(entry),
        false => Err(News::Wrong(reader.mistakes)),
    }
}

fn page(
    member: &Member,
    id: Option<CustomerAddressId>,
    form: &Form,
    news: News,
) -> Result<HttpResponse> {
    let mut shell = member.visit.shell(Head::of_account());
    let heading = shell.t(if id.is_some() { "address-change" } else { "address-new" }).to_owned();
    let (status, mistakes) = match &news {
        News::Wrong(mistakes) => (StatusCode::UNPROCESSABLE_ENTITY, mistakes.as_slice()),
        News::None | News::OtherCountry => (StatusCode::OK, [].as_slice()),
    };
    shell.head.title = match mistakes {
        [] => heading.clone(),
        _ => shell.with("error-title", "title", &heading),
    };
    let errors = errors(&shell, mistakes);
    let country = named_country(form, "country").unwrap_or(shell.settings().country);
    let base = shell.href("/account/addresses").into_owned();
    let own = id.map(|id| format!("{base}/{id}"));
    let page = AddressPage {
        fields: fields(&AddressFields { shell: &shell, form, errors: &errors }, country),
        status: match news {
            News::OtherCountry => shell.t("checkout-other-country").to_owned(),
            News::None | News::Wrong(_) => String::new(),
        },
        remove: own.as_ref().map(|own| format!("{own}/remove")).unwrap_or_default(),
        action: own.unwrap_or(base),
        made_for: country.code().to_owned(),
        mistakes: errors.into_iter().collect(),
        heading,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn fields(kit: &AddressFields<'_>, country: Country) -> Vec<FieldView> {
    let named = ("", "");
    let mut fields = vec![kit.country(named, countries::by_name(kit.shell), country)];
    fields.extend(kit.parts(named, country));
    fields.push(kit.phone());
    fields.extend(kit.company(named));
    fields
}

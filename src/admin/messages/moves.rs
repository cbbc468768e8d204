//! What somebody does about a message on its page: answers it, notes something, puts it elsewhere.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::{self, Sent};
use crate::admin::Allowed;
use crate::admin::field::Mistake;
use crate::admin::reader::Reader;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::messages::{LONGEST, State, book, care};
use crate::staff::to;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeCustomers>;

/// `POST /admin/messages/{id}/answers`: mails her an answer.
pub async fn answer(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = MessageId(*id);
    let body = match text(&form, "answer") {
        Ok(body) => body,
        Err(mistake) => return again(&staff, id, &form, &[mistake]).await,
    };
    let (who, seen) = (staff.who(), (id, seen(&form)));
    let write = move |conn: &mut Conn| care::answer(conn, seen, &body, &who);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(there(&staff, id, "answered")),
        false => meanwhile(&staff, id, &form).await,
    }
}

/// `POST /admin/messages/{id}/notes`
pub async fn note(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = MessageId(*id);
    let body = match text(&form, "note") {
        Ok(body) => body,
        Err(mistake) => return again(&staff, id, &form, &[mistake]).await,
    };
    let who = staff.who();
    let write = move |conn: &mut Conn| {
        book::find(conn, id)?.ok_or(Error::NotFound)?;
        care::note(conn, id, &body, &who)
    };
    staff.visit().shop.db.write(write).await?;
    Ok(there(&staff, id, "noted"))
}

/// `POST /admin/messages/{id}/state`: done with it, spam, or open again.
pub async fn put(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = MessageId(*id);
    let state = State::parse(form.get("state")).ok_or(Error::Malformed("no such state"))?;
    let (who, seen) = (staff.who(), (id, seen(&form)));
    let write = move |conn: &mut Conn| care::set_state(conn, seen, state, &who);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(there(&staff, id, "moved")),
        false => meanwhile(&staff, id, &form).await,
    }
}

/// As which version she has seen the message; one that nobody has for nonsense.
fn seen(form: &Form) -> i64 {
    form.get("seen").parse().unwrap_or(-1)
}

fn text(form: &Form, name: &'static str) -> Result<String, Mistake> {
    let mut reader = Reader::of(form);
    let text = reader.lines(name, LONGEST);
    match reader.end(text) {
        Ok(text) if text.is_empty() => Err((name, "note-empty")),
        Ok(text) => Ok(text),
        Err(_) => Err((name, "admin-too-long")),
    }
}

fn there(staff: &Staff, id: MessageId, done: &str) -> HttpResponse {
    see_other(&staff.visit().href(&format!("/admin/messages/{id}?done={done}")))
}

async fn again(
    staff: &Staff,
    id: MessageId,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    show::page(staff, id, &Sent { form: Some(form), mistakes, ..Sent::default() }).await
}

/// Nothing was done, and what she typed is still there.
async fn meanwhile(staff: &Staff, id: MessageId, form: &Form) -> Result<HttpResponse> {
    let sent = Sent { form: Some(form), is_meanwhile: true, ..Sent::default() };
    show::page(staff, id, &sent).await
}

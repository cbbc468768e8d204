//! `/admin/products/{id}/attributes`: what a product says about itself, by each of the shop's attributes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use std::collections::BTreeSet;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::typed::LONGEST_NAME;
use crate::catalog::facts;
use crate::catalog::keep::{self, Edit, Kept, Saved};
use crate::catalog::model::{Kind, NewValue};
use crate::catalog::queries::{AttributeRow, attributes};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AttributeId, ChoiceId, ProductId};
use crate::language::Language;
use crate::staff::{Permission, Rule, to};
use crate::web::frame::Frame;
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/products/attributes.html")]
struct AttributesPage {
    shell: Desk,
    name: String,
    /// The product's own page.
    product: String,
    version: i64,
    saved: bool,
    wrong: String,
    facts: Vec<FactView>,
    can_change: bool,
}

/// An attribute with what the product says by it.
struct FactView {
    name: String,
    /// Name of the box, words, whether it is ticked.
    boxes: Vec<(String, String, bool)>,
    fields: Vec<Field>,
}

struct Loaded {
    kept: Kept,
    kinds: Vec<(AttributeId, Kind)>,
    said: Vec<AttributeRow>,
}

/// What was sent and not saved.
struct Sent<'a> {
    form: &'a Form,
    mistakes: Mistakes,
    wrong: &'static str,
    status: StatusCode,
}

/// How many values of an attribute are offered besides those that the product has.
const MOST_BOXES: usize = 60;

pub async fn show(staff: Allowed<to::ViewProducts>, id: Path<i64>) -> Result<HttpResponse> {
    let loaded = load(&staff, ProductId(*id)).await?;
    page(&staff, &loaded, None)
}

pub async fn save(
    staff: Allowed<to::ChangeProducts>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let loaded = load(&staff, ProductId(*id)).await?;
    let (id, version) = (loaded.kept.id, loaded.kept.version);
    let meanwhile = || Sent {
        form: &form,
        mistakes: Mistakes::new(),
        wrong: "options-meanwhile",
        status: StatusCode::CONFLICT,
    };
    if form.get("version") != version.to_string() {
        return page(&staff, &loaded, Some(meanwhile()));
    }
    let values = match read(&form, &loaded.kinds, &staff.visit().frame) {
        Ok(values) => values,
        Err(mistakes) => {
            let (wrong, status) = ("form-not-saved", StatusCode::UNPROCESSABLE_ENTITY);
            return page(&staff, &loaded, Some(Sent { form: &form, mistakes, wrong, status }));
        }
    };
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| {
        facts::save(conn, &Edit { who: &who, frame: &frame, id, version }, &values)
    };
    match staff.visit().shop.db.write(write).await? {
        Saved::Done => {
            let saved = format!("/admin/products/{id}/attributes?saved=1");
            Ok(see_other(&staff.visit().href(&saved)))
        }
        Saved::Meanwhile => page(&staff, &load(&staff, id).await?, Some(meanwhile())),
    }
}

async fn load<R: Rule>(staff: &Allowed<R>, id: ProductId) -> Result<Loaded> {
    let load = move |conn: &mut Conn| {
        let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
        Ok(Loaded { kept, kinds: facts::kinds(conn)?, said: attributes(conn, id)? })
    };
    staff.visit().shop.db.read(load).await
}

fn read(
    form: &Form,
    kinds: &[(AttributeId, Kind)],
    frame: &Frame,
) -> Result<Vec<(AttributeId, NewValue)>, Mistakes> {
    let mut reader = Reader::of(form);
    let mut values = Vec::new();
    for (id, kind) in kinds {
        let said = value(&mut reader, (*id, *kind), frame);
        values.extend(said.into_iter().map(|value| (*id, value)));
    }
    reader.end(values)
}

fn value(reader: &mut Reader<'_>, (id, kind): (AttributeId, Kind), frame: &Frame) -> Vec<NewValue> {
    let name = field_of(id);
    match kind {
        Kind::Choice => {
            let choices = choices(frame, id).into_iter();
            let ticked = choices.filter(|id| reader.form.find(&format!("choice{id}")).is_some());
            ticked.map(NewValue::Choice).collect()
        }
        Kind::Text => texts(reader, &name, frame),
        Kind::Number => {
            let number = |text: &str| text.parse().ok();
            let number = maybe(reader, &name, "facts-number-wrong", number);
            number.map(NewValue::Number).into_iter().collect()
        }
        Kind::Bool => match reader.form.get(&name) {
            "" => Vec::new(),
            yes => vec![NewValue::Bool(yes == "1")],
        },
        Kind::Date => {
            let date = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
            let date = maybe(reader, &name, "facts-date-wrong", date);
            date.map(NewValue::Date).into_iter().collect()
        }
    }
}

/// What may stay empty.
fn maybe<T>(
    reader: &mut Reader<'_>,
    name: &str,
    key: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    match reader.form.get(name) {
        "" => None,
        _ => reader.ask(name, key, parse),
    }
}

fn texts(reader: &mut Reader<'_>, name: &str, frame: &Frame) -> Vec<NewValue> {
    let text = |language: &Language| {
        let text = reader.line(&format!("{name}-{}", language.code()), LONGEST_NAME);
        (!text.is_empty()).then_some(NewValue::Text(Some(*language), text))
    };
    frame.settings.languages.iter().filter_map(text).collect()
}

fn field_of(id: AttributeId) -> String {
    format!("attribute{id}")
}

/// The values that an attribute offers, in their order.
fn choices(frame: &Frame, of: AttributeId) -> Vec<ChoiceId> {
    let known = frame.vocabulary.choices.iter().filter(|(_, choice)| choice.owner == of);
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(id, choice)| (choice.position, **id));
    known.into_iter().map(|(id, _)| *id).collect()
}

/// What is said now, as the form has it.
fn stored(loaded: &Loaded, frame: &Frame) -> Form {
    let own = frame.own_language().code();
    let fields = loaded.said.iter().map(|row| {
        let name = field_of(row.attribute);
        match row {
            AttributeRow { choice: Some(id), .. } => (format!("choice{id}"), "1".to_owned()),
            AttributeRow { number: Some(number), .. } => (name, number.to_string()),
            AttributeRow { yes: Some(yes), .. } => (name, i64::from(*yes).to_string()),
            AttributeRow { date: Some(date), .. } => (name, date.to_string()),
            AttributeRow { locale, text, .. } => {
                let language = locale.as_deref().unwrap_or(own);
                (format!("{name}-{language}"), text.clone().unwrap_or_default())
            }
        }
    });
    Form::default().with(fields)
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    loaded: &Loaded,
    sent: Option<Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("shelves-attributes");
    let name = loaded.kept.sheet.name(shell.frame().own_language()).to_owned();
    shell.shell.head.title = shell.with("facts-of", "name", &name);
    let stored = stored(loaded, shell.frame());
    let form = sent.as_ref().map_or(&stored, |sent| sent.form);
    let mistakes = sent.as_ref().map(|sent| sent.mistakes.clone()).unwrap_or_default();
    let used: BTreeSet<ChoiceId> = loaded.said.iter().filter_map(|row| row.choice).collect();
    let typed = Typed { shell: &shell, form, mistakes, used };
    let page = AttributesPage {
        facts: loaded.kinds.iter().filter_map(|(id, kind)| typed.fact(*id, *kind)).collect(),
        product: shell.href(&format!("/admin/products/{}", loaded.kept.id)).into_owned(),
        version: loaded.kept.version,
        saved: sent.is_none() && staff.visit().query()?.get("saved").is_some(),
        wrong: sent.as_ref().map(|sent| shell.t(sent.wrong).to_owned()).unwrap_or_default(),
        can_change: staff.may(Permission::ChangeProducts),
        name,
        shell,
    };
    let status = sent.map_or(StatusCode::OK, |sent| sent.status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// The form as it was typed.
struct Typed<'a> {
    shell: &'a Desk,
    form: &'a Form,
    mistakes: Mistakes,
    used: BTreeSet<ChoiceId>,
}

impl Typed<'_> {
    fn fact(&self, id: AttributeId, kind: Kind) -> Option<FactView> {
        let attribute = self.shell.frame().vocabulary.attributes.get(&id)?;
        let name = self.shell.local(&attribute.term.name).to_owned();
        let one = |kind: &'static str| {
            let field = self.field(field_of(id), name.clone());
            Field { kind, most: 0, hint: attribute.unit.clone(), ..field }
        };
        let fields = match kind {
            Kind::Choice => Vec::new(),
            Kind::Text => self.texts(id),
            Kind::Number => vec![Field { inputmode: "numeric", ..one("text") }],
            Kind::Bool => vec![Field { choices: self.yes_or_no(id), ..one("select") }],
            Kind::Date => vec![one("date")],
        };
        let boxes = if kind == Kind::Choice { self.boxes(id) } else { Vec::new() };
        Some(FactView { name, boxes, fields })
    }

    fn field(&self, name: String, label: String) -> Field {
        let error = self.mistakes.get(&name).map(|key| self.shell.t(key).to_owned());
        let field = Field::text(self.shell, name, "shelves-attributes", self.form);
        let error = error.unwrap_or_default();
        Field { label, most: LONGEST_NAME, is_optional: true, error, ..field }
    }

    fn texts(&self, id: AttributeId) -> Vec<Field> {
        let field = |language: &Language| {
            let name = format!("{}-{}", field_of(id), language.code());
            Field { lang: language.code(), ..self.field(name, language.own_name().to_owned()) }
        };
        self.shell.settings().languages.iter().map(field).collect()
    }

    fn yes_or_no(&self, id: AttributeId) -> Vec<(String, String, bool)> {
        let choices = [("", "facts-unsaid"), ("1", "yes"), ("0", "no")];
        let choices = choices.map(|(value, key)| (value.to_owned(), self.shell.t(key).to_owned()));
        choose(choices.into(), self.form.get(&field_of(id)))
    }

    /// What the product has comes first, however many the shop knows.
    fn boxes(&self, id: AttributeId) -> Vec<(String, String, bool)> {
        let mut ids = choices(self.shell.frame(), id);
        if ids.len() > MOST_BOXES {
            ids.sort_by_key(|id| !self.used.contains(id));
        }
        let boxes = ids.iter().take(MOST_BOXES.max(self.used.len())).filter_map(|id| {
            let choice = self.shell.frame().vocabulary.choices.get(id)?;
            let field = format!("choice{id}");
            let is_on = self.form.find(&field).is_some();
            Some((field, self.shell.local(&choice.name).to_owned(), is_on))
        });
        boxes.collect()
    }
}

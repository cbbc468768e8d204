//! `/admin/products/{id}/options`: what a product comes in. Variants follow: what is missing is added,
//! and before any is taken out the page says what uses it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeSet;

use super::options_form::{NEW, read};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::reader::Mistakes;
use crate::catalog::keep::{self, Edit, Kept, Saved};
use crate::catalog::matrix::{self, Known, Plan};
use crate::catalog::options::{self, Use};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{OptionTypeId, OptionValueId, ProductId};
use crate::staff::to;
use crate::web::frame::Frame;
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/products/options.html")]
struct OptionsPage {
    shell: Desk,
    name: String,
    /// The page of its variants, and where the form goes.
    variants: String,
    action: String,
    version: i64,
    wrong: String,
    options: Vec<OptionView>,
    /// A set for each option that can be added.
    add: Vec<Vec<Field>>,
    /// What is taken out if she is sure; empty for nothing.
    taken_out: Vec<String>,
}

struct OptionView {
    name: String,
    /// Name of the box, words, whether it is ticked.
    values: Vec<(String, String, bool)>,
    more: Vec<Field>,
    drop: String,
    is_dropped: bool,
}

type Staff = Allowed<to::ChangeProducts>;

/// How many values of an option a page offers; others are found by their names.
const MOST_VALUES: usize = 60;

struct Loaded {
    kept: Kept,
    options: Vec<OptionTypeId>,
    known: Vec<Known>,
}

/// What was sent and not done.
struct Sent<'a> {
    form: &'a Form,
    mistakes: Mistakes,
    wrong: &'static str,
    taken_out: Vec<Use>,
    status: StatusCode,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let loaded = load(&staff, ProductId(*id)).await?;
    page(&staff, &loaded, None)
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let id = ProductId(*id);
    let loaded = load(&staff, id).await?;
    let sent = |wrong, status| Sent {
        form: &form,
        mistakes: Mistakes::new(),
        wrong,
        taken_out: Vec::new(),
        status,
    };
    let version = loaded.kept.version;
    if form.get("version") != version.to_string() {
        let sent = sent("options-meanwhile", StatusCode::CONFLICT);
        return page(&staff, &loaded, Some(sent));
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let wishes = match read(&form, &loaded.options, &staff.visit().frame) {
        Ok(wishes) => wishes,
        Err(mistakes) => {
            let sent = Sent { mistakes, ..sent("form-not-saved", refused) };
            return page(&staff, &loaded, Some(sent));
        }
    };
    let axes = options::foreseen(&wishes);
    if matrix::size(&axes) > matrix::MOST {
        return page(&staff, &loaded, Some(sent("options-too-many", refused)));
    }
    let gone = Plan::new(&loaded.known, &axes).taken_out;
    if !gone.is_empty() && form.get("sure").is_empty() {
        let find = move |conn: &mut Conn| options::uses(conn, &gone);
        let taken_out = staff.visit().shop.db.read(find).await?;
        let sent = Sent { taken_out, ..sent("options-sure", refused) };
        return page(&staff, &loaded, Some(sent));
    }
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| {
        options::save(conn, &Edit { who: &who, frame: &frame, id, version }, &wishes)
    };
    let shop = &staff.visit().shop;
    match shop.db.write(write).await? {
        Saved::Done => {
            shop.refresh().await?;
            let variants = format!("/admin/products/{id}/variants?saved=1");
            Ok(see_other(&staff.visit().href(&variants)))
        }
        Saved::Meanwhile => {
            let loaded = load(&staff, id).await?;
            page(&staff, &loaded, Some(sent("options-meanwhile", StatusCode::CONFLICT)))
        }
    }
}

async fn load(staff: &Staff, id: ProductId) -> Result<Loaded> {
    let load = move |conn: &mut Conn| {
        let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
        let (options, known) = (options::of(conn, id)?, options::known(conn, id)?);
        Ok(Loaded { kept, options, known })
    };
    staff.visit().shop.db.read(load).await
}

/// The values of an option in their order.
pub(super) fn ids_of(frame: &Frame, option: OptionTypeId) -> Vec<OptionValueId> {
    let values = frame.vocabulary.option_values.iter();
    let mut own: Vec<_> = values.filter(|(_, value)| value.owner == option).collect();
    own.sort_by_key(|(id, value)| (value.position, **id));
    own.into_iter().map(|(id, _)| *id).collect()
}

fn page(staff: &Staff, loaded: &Loaded, sent: Option<Sent<'_>>) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-products");
    let name = loaded.kept.sheet.name(shell.frame().own_language()).to_owned();
    shell.shell.head.title = shell.with("options-of", "name", &name);
    let stored = stored(loaded);
    let form = sent.as_ref().map_or(&stored, |sent| sent.form);
    let mistakes = sent.as_ref().map(|sent| sent.mistakes.clone()).unwrap_or_default();
    let typed = Typed { shell: &shell, form, mistakes };
    let variants = format!("/admin/products/{}/variants", loaded.kept.id);
    let taken_out = sent.iter().flat_map(|sent| &sent.taken_out);
    let page = OptionsPage {
        variants: shell.href(&variants).into_owned(),
        action: shell.href(&format!("/admin/products/{}/options", loaded.kept.id)).into_owned(),
        version: loaded.kept.version,
        wrong: sent.as_ref().map(|sent| shell.t(sent.wrong).to_owned()).unwrap_or_default(),
        options: loaded.options.iter().map(|id| typed.option(*id, loaded)).collect(),
        add: NEW.iter().map(|set| typed.add(set, &loaded.options)).collect(),
        taken_out: taken_out.map(|it| in_words(&shell, it)).collect(),
        name,
        shell,
    };
    let status = sent.map_or(StatusCode::OK, |sent| sent.status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// The form of what the product comes in now.
fn stored(loaded: &Loaded) -> Form {
    let sold = loaded.known.iter().filter(|variant| variant.active);
    let used: BTreeSet<OptionValueId> =
        sold.flat_map(|variant| variant.values.values().copied()).collect();
    Form::default().with(used.into_iter().map(|id| (format!("v-{id}"), "1".to_owned())))
}

/// "MUG-CLAY: 12 on the shelf, in 3 open orders".
fn in_words(shell: &Desk, it: &Use) -> String {
    let of = [
        ("sku", it.sku.as_str().into()),
        ("count", it.on_hand.unwrap_or_default().into()),
        ("orders", it.open_lines.unwrap_or_default().into()),
    ];
    shell.texts().with("options-use", &of)
}

/// The form as it was typed.
struct Typed<'a> {
    shell: &'a Desk,
    form: &'a Form,
    mistakes: Mistakes,
}

impl Typed<'_> {
    fn field(&self, name: String, label: &str) -> Field {
        let error = self.mistakes.get(&name).map(|key| self.shell.t(key).to_owned());
        let field = Field::text(self.shell, name, label, self.form);
        Field { most: 1_000, is_optional: true, error: error.unwrap_or_default(), ..field }
    }

    fn option(&self, id: OptionTypeId, loaded: &Loaded) -> OptionView {
        let vocabulary = &self.shell.frame().vocabulary;
        let name = vocabulary.options.get(&id).map(|term| self.shell.local(&term.name));
        let used: BTreeSet<OptionValueId> =
            loaded.known.iter().filter_map(|variant| variant.values.get(&id).copied()).collect();
        let mut ids = ids_of(self.shell.frame(), id);
        // What the product has had comes first, however many the shop knows.
        ids.sort_by_key(|id| !used.contains(id));
        let values = ids.iter().take(MOST_VALUES.max(used.len())).filter_map(|id| {
            let value = vocabulary.option_values.get(id)?;
            let field = format!("v-{id}");
            let is_on = self.form.find(&field).is_some();
            Some((field, self.shell.local(&value.name).to_owned(), is_on))
        });
        let drop = format!("drop-{id}");
        OptionView {
            name: name.unwrap_or_default().to_owned(),
            values: values.collect(),
            more: vec![self.more(format!("more-{id}"))],
            is_dropped: self.form.find(&drop).is_some(),
            drop,
        }
    }

    fn more(&self, name: String) -> Field {
        self.field(name, "options-more").hint(self.shell.t("options-more-hint"))
    }

    fn add(&self, set: &str, options: &[OptionTypeId]) -> Vec<Field> {
        let known = self.shell.frame().vocabulary.options.iter();
        let free = known.filter(|(id, _)| !options.contains(id));
        let free = free.map(|(id, term)| (id.to_string(), self.shell.local(&term.name).to_owned()));
        let none = (String::new(), self.shell.t("options-add-none").to_owned());
        let choices: Choices = std::iter::once(none).chain(free).collect();
        let choices = choose(choices, self.form.get(set));
        let values = self.field(format!("{set}_values"), "options-add-values");
        vec![
            Field { kind: "select", choices, ..self.field(set.to_owned(), "options-add") },
            self.field(format!("{set}_name"), "options-add-name"),
            values.hint(self.shell.t("options-more-hint")),
        ]
    }
}

//! `/admin/products/{id}/pictures/{picture}`: what a picture shows, in words, and which variants it
//! stands for.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde_json::{Value, json};

use super::stands_for::{self, Choices};
use super::{Product, Staff, address, find, picture_id};
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::{self, model::Pictured};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{MediaId, ProductId, VariantId};
use crate::language::Language;
use crate::pictures::{self, PictureRow, Status, Words};
use crate::web::{Form, Html, Picture, see_other};

/// Letters: screen readers read it in one go.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "admin/pictures/edit.html")]
struct PicturePage {
    shell: Desk,
    product: String,
    back: String,
    action: String,
    picture: Picture,
    is_failed: bool,
    fields: Vec<Field>,
    /// The words as they were when the form was opened.
    seen: String,
    error: String,
}

/// What the page is about.
struct Sheet {
    product: Product,
    row: PictureRow,
    variants: Vec<Pictured>,
}

pub async fn show(staff: Staff, path: Path<(String, String)>) -> Result<HttpResponse> {
    let sheet = load(&staff, &path).await?;
    let form = filled(&staff, &sheet);
    page(&staff, &sheet, &form, ("", &[]))
}

pub async fn save(staff: Staff, path: Path<(String, String)>, form: Form) -> Result<HttpResponse> {
    let sheet = load(&staff, &path).await?;
    let choices = choices(&staff, &staff.desk("picture-title"), &sheet);
    let mistakes = mistakes(&staff, &form);
    if !mistakes.is_empty() {
        return page(&staff, &sheet, &form, ("", &mistakes));
    }
    let chosen = choices.find(form.get("for")).map(|choice| choice.variants.clone());
    let change = Change {
        picture: sheet.row.id,
        product: sheet.product.id,
        seen: form.get("seen").to_owned(),
        words: languages(&staff)
            .map(|it| (it.code().to_owned(), form.get(it.code()).to_owned()))
            .collect(),
        variants: chosen.map(|variants| variants.into_iter().collect()),
    };
    let who = staff.who();
    let changed = staff.visit().shop.db.write(move |conn| change.make(conn, &who)).await?;
    match changed {
        true => Ok(see_other(&staff.visit().href(&address(sheet.product.id)))),
        false => page(&staff, &sheet, &form, ("picture-changed-meanwhile", &[])),
    }
}

fn languages(staff: &Staff) -> impl Iterator<Item = Language> {
    staff.visit().frame.settings.languages.iter().copied()
}

fn mistakes(staff: &Staff, form: &Form) -> Vec<Mistake> {
    let wrong = languages(staff).filter(|it| !Field::fits(form, it.code(), LONGEST));
    wrong.map(|language| (language.code(), "admin-too-long")).collect()
}

fn choices(staff: &Staff, shell: &Desk, sheet: &Sheet) -> Choices {
    let vocabulary = &staff.visit().frame.vocabulary;
    let words = stands_for::Words { shell, vocabulary };
    Choices::of(&words, &sheet.variants, sheet.row.id)
}

/// What was asked for.
#[derive(Clone)]
struct Change {
    picture: MediaId,
    product: ProductId,
    /// The words that she saw.
    seen: String,
    words: Words,
    /// Those that it is to stand for; `None` for leaving that as it is.
    variants: Option<Vec<VariantId>>,
}

impl Change {
    /// `false` when somebody else has changed the words since she opened the form.
    fn make(&self, conn: &mut Conn, who: &Who) -> Result<bool> {
        let words = pictures::words_for_change(conn, (self.product, self.picture), who.at)?;
        if told(&words) != self.seen {
            return Ok(false);
        }
        let before = json!({ "words": words });
        pictures::set_words(conn, self.picture, &self.words)?;
        if let Some(variants) = &self.variants {
            catalog::writes::picture_variants(conn, (self.product, self.picture), variants)?;
        }
        let after =
            json!({ "picture": self.picture, "words": self.words, "variants": self.variants });
        let deed = Deed::of(Action::PictureChanged, Entity::Product(self.product));
        audit::write(conn, who, &Deed { before, after, ..deed })?;
        Ok(true)
    }
}

/// The words as a form carries them.
fn told(words: &Words) -> String {
    Value::from_iter(words.clone()).to_string()
}

async fn load(staff: &Staff, path: &(String, String)) -> Result<Sheet> {
    let (product, picture) = (find(staff, &path.0).await?, picture_id(&path.1)?);
    let id = product.id;
    let load = move |conn: &mut Conn| {
        Ok((pictures::find_of(conn, id, picture)?, catalog::queries::pictured(conn, id)?))
    };
    let (row, variants) = staff.visit().shop.db.read(load).await?;
    Ok(Sheet { product, row: row.ok_or(Error::NotFound)?, variants })
}

/// The form as it is when nothing has been typed.
fn filled(staff: &Staff, sheet: &Sheet) -> Form {
    let words = sheet.row.words.iter().map(|(language, alt)| (language.clone(), alt.clone()));
    let now = choices(staff, &staff.desk("picture-title"), sheet).now;
    let rest = [("for".to_owned(), now), ("seen".to_owned(), told(&sheet.row.words))];
    Form::default().with(words.chain(rest))
}

fn page(
    staff: &Staff,
    sheet: &Sheet,
    form: &Form,
    (error, mistakes): (&'static str, &[Mistake]),
) -> Result<HttpResponse> {
    let shell = staff.desk("picture-title");
    let back = shell.href(&address(sheet.product.id)).into_owned();
    let is_wrong = !error.is_empty() || !mistakes.is_empty();
    let page = PicturePage {
        product: sheet.product.name.clone(),
        action: format!("{back}/{}", sheet.row.id),
        back,
        picture: sheet.row.picture.clone(),
        is_failed: sheet.row.status == Status::Failed,
        fields: fields(staff, &shell, sheet, form, mistakes),
        seen: form.get("seen").to_owned(),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        shell,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn fields(
    staff: &Staff,
    shell: &Desk,
    sheet: &Sheet,
    form: &Form,
    mistakes: &[Mistake],
) -> Vec<Field> {
    let words = languages(staff).map(|language| {
        let field = Field::text(shell, language.code(), "picture-words", form);
        let label = format!("{} ({})", field.label, language.own_name());
        Field { label, lang: language.code(), most: LONGEST, is_optional: true, ..field }
            .with(shell, mistakes)
    });
    let mut fields: Vec<Field> = words.collect();
    let choices = choices(staff, shell, sheet).all;
    if !choices.is_empty() {
        let chosen = form.get("for");
        let choices = choices.into_iter().map(|it| {
            let is_chosen = it.value == chosen;
            (it.value, it.text, is_chosen)
        });
        let field = Field::select(shell, ("for", "picture-for"), choices.collect());
        fields.push(field.hint(shell.t("picture-for-hint")));
    }
    fields
}

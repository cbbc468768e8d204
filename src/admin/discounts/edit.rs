//! `/admin/discounts/{id}`: a discount on one page, with what it does to a cart beside it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::example::{self, Example};
use super::form::{category_field, entry, fields};
use super::kind::Kind;
use super::mistakes::Wrong;
use super::{Badge, Saved, badge, in_words, saved};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::meanwhile::{Merged, merge, seal};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk::{self, Kept, State};
use crate::rules::{Book, Entry, Section, promotion_of};
use crate::staff::to;
use crate::web::{Form, Html, see_other};

pub(super) type Staff = Allowed<to::ChangeDiscounts>;

#[derive(Template)]
#[template(path = "admin/discounts/edit.html")]
struct DiscountPage {
    shell: Desk,
    action: String,
    kind: &'static str,
    kind_name: String,
    seen: String,
    saved: bool,
    wrong: String,
    problems: Vec<String>,
    names: Vec<Field>,
    much: Vec<Field>,
    goods: Vec<Field>,
    categories: Vec<CategoryView>,
    needs: Vec<Field>,
    opens: Vec<Field>,
    limits: Vec<Field>,
    times: Vec<Field>,
    order: Vec<Field>,
    is_exclusive: bool,
    example: Example,
    kept: Option<KeptView>,
}

impl DiscountPage {
    fn has_categories(&self) -> bool {
        self.categories.iter().any(|category| category.is_on)
    }
}

/// A category that the discount may be for.
struct CategoryView {
    field: String,
    name: String,
    is_on: bool,
}

/// What a discount that is there already shows besides its form.
struct KeptView {
    badge: Badge,
    gives: String,
    has_codes: bool,
    is_stopped: bool,
}

/// A form as it is to be shown again.
pub(super) struct Sent {
    pub form: Form,
    pub wrong: Wrong,
    /// Above the form; empty for nothing.
    pub notice: &'static str,
    pub status: StatusCode,
}

impl Sent {
    pub fn wrong(form: Form, wrong: Wrong) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { form, wrong, notice: "form-not-saved", status }
    }

    /// Tried out and not saved.
    pub fn tried(form: Form, wrong: Wrong) -> Self {
        match wrong.is_empty() {
            true => Self { form, wrong, notice: "example-not-saved", status: StatusCode::OK },
            false => Self::wrong(form, wrong),
        }
    }

    /// With what somebody else has saved meanwhile.
    fn meanwhile(shell: &Desk, merged: Merged) -> Self {
        let said = |text: &str| match text {
            "" => shell.t("form-theirs-empty").to_owned(),
            text => shell.with("form-theirs", "text", text),
        };
        let theirs = merged.theirs.iter().map(|(name, text)| (name.clone(), said(text)));
        let wrong = Wrong { fields: theirs.collect(), rest: Vec::new() };
        let (notice, status) = ("discount-meanwhile", StatusCode::CONFLICT);
        Self { form: merged.form, wrong, notice, status }
    }
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let kind = Kind::of(&kept.rule.benefit);
    page(&staff, (kind, Some(&kept)), None).await
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let (shell, rule) = (staff.desk("admin-discounts"), &kept.rule);
    let about = (Kind::of(&rule.benefit), Some(&kept));
    let entry = entry(&shell, &form, (about.0, rule.slug.as_str()), Some(rule));
    if form.find("try").is_some() {
        let tried = Sent::tried(form, unreadable(&shell, &entry));
        return page(&staff, about, Some(tried)).await;
    }
    match write(&staff, kept.id, (&form, entry)).await? {
        Saved::Done(id) => done(&staff, id).await,
        Saved::Wrong(mistakes) => {
            let wrong = Wrong::of(&shell, &mistakes);
            page(&staff, about, Some(Sent::wrong(form, wrong))).await
        }
        Saved::Meanwhile => {
            let now = find(&staff, kept.id).await?;
            let merged = merge(&form, &fields(&shell, &now.rule));
            let sent = Sent::meanwhile(&shell, merged);
            page(&staff, (about.0, Some(&now)), Some(sent)).await
        }
    }
}

async fn write(staff: &Staff, id: PromotionId, (form, entry): (&Form, Entry)) -> Result<Saved> {
    let (who, shell) = (staff.who(), staff.desk("admin-discounts"));
    let seen = form.get("seen").to_owned();
    let write = move |conn: &mut Conn| {
        let mut book = Book::open(conn, Section::Promotions)?;
        let now = desk::find(conn, id, who.at)?.ok_or(Error::NotFound)?;
        if seal(&fields(&shell, &now.rule)) != seen {
            return Ok(Saved::Meanwhile);
        }
        book.put(entry.clone());
        let outcome = book.save(conn, &who)?;
        saved(conn, outcome, now.rule.slug.as_str())
    };
    staff.visit().shop.db.write(write).await
}

/// Back to the page of a discount that was saved.
pub(super) async fn done(staff: &Staff, id: PromotionId) -> Result<HttpResponse> {
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href(&format!("/admin/discounts/{id}?saved=1"))))
}

/// What is wrong with an entry by itself.
pub(super) fn unreadable(shell: &Desk, entry: &Entry) -> Wrong {
    match promotion_of(entry, shell.settings()) {
        Ok(_) => Wrong::default(),
        Err(mistakes) => Wrong::of(shell, &mistakes),
    }
}

pub(super) async fn find(staff: &Staff, id: PromotionId) -> Result<Kept> {
    let now = staff.visit().now;
    let found = staff.visit().shop.db.read(move |conn| desk::find(conn, id, now)).await?;
    found.ok_or(Error::NotFound)
}

/// The page of a discount, or of one of this kind that is yet to be made.
pub(super) async fn page(
    staff: &Staff,
    (kind, kept): (Kind, Option<&Kept>),
    sent: Option<Sent>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("discount-new");
    let stored = kept.map(|kept| fields(&shell, &kept.rule)).unwrap_or_default();
    let is_sent = sent.is_some();
    let sent = sent.unwrap_or_else(|| Sent {
        form: Form::default().with(stored.clone()),
        wrong: Wrong::default(),
        notice: "",
        status: StatusCode::OK,
    });
    let example = tried(staff, &shell, (kind, kept), &sent.form).await?;
    let name = kept.map(|kept| shell.local(&kept.rule.name).to_owned());
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        shell.shell.head.title = name;
    }
    let typed = Typed { shell: &shell, sent: &sent };
    let page = DiscountPage {
        action: match kept {
            Some(kept) => shell.href(&format!("/admin/discounts/{}", kept.id)).into_owned(),
            None => shell.href("/admin/discounts/new").into_owned(),
        },
        kind: kind.code(),
        kind_name: shell.t(&format!("discount-kind-{}", kind.code())).to_owned(),
        seen: seal(&stored),
        saved: !is_sent && staff.visit().query()?.get("saved").is_some(),
        wrong: if sent.notice.is_empty() { String::new() } else { shell.t(sent.notice).to_owned() },
        problems: sent.wrong.rest.clone(),
        names: typed.names(),
        much: typed.much(kind),
        goods: vec![typed.list("products"), typed.list("skus")],
        categories: typed.categories(),
        needs: typed.needs(),
        opens: typed.opens(),
        limits: vec![typed.number("usage_limit"), typed.number("per_customer_limit")],
        times: vec![typed.time("starts_at"), typed.time("ends_at")],
        order: vec![Field { is_optional: true, ..typed.number("priority") }],
        is_exclusive: !sent.form.get("exclusive").is_empty(),
        example,
        kept: kept.map(|kept| kept_view(&shell, kept)),
        shell,
    };
    Ok(Html::page(&page)?.status(sent.status).personal().into_response())
}

fn kept_view(shell: &Desk, kept: &Kept) -> KeptView {
    KeptView {
        badge: badge(shell, kept.state),
        gives: in_words(shell, &kept.rule),
        has_codes: !kept.rule.is_automatic(),
        is_stopped: kept.state == State::Stopped,
    }
}

/// What the form comes to, as far as it can be read, on the cart that it names.
async fn tried(
    staff: &Staff,
    shell: &Desk,
    (kind, kept): (Kind, Option<&Kept>),
    form: &Form,
) -> Result<Example> {
    let known = kept.map(|kept| &kept.rule);
    let slug = known.map_or("new", |rule| rule.slug.as_str());
    let rule = promotion_of(&entry(shell, form, (kind, slug), known), shell.settings());
    let (rule, asked) = match (rule, example::asked(form)) {
        (Ok(rule), Ok(asked)) => (rule, asked),
        (_, asked) => {
            let bad = asked.err().map(|line| shell.with("example-wrong-line", "line", line));
            return Ok(example::show(shell, None, form, bad.unwrap_or_default()));
        }
    };
    let (id, view) = (kept.map_or(PromotionId(0), |kept| kept.id), staff.visit().view());
    let reckon = move |conn: &mut Conn| example::reckon(conn, (id, &rule), asked.clone(), &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, tried, form, String::new()))
}

/// The fields as they were typed, each with what is wrong with it.
struct Typed<'a> {
    shell: &'a Desk,
    sent: &'a Sent,
}

impl Typed<'_> {
    fn field(&self, name: String, label: &str) -> Field {
        let error = self.sent.wrong.at(&name);
        let field = Field::text(self.shell, name, label, &self.sent.form);
        Field { error, is_optional: true, ..field }
    }

    fn hinted(&self, name: &'static str) -> Field {
        let key = format!("discount-{}", name.replace('_', "-"));
        let field = self.field(name.to_owned(), &key);
        field.hint(self.shell.t(&format!("{key}-hint")))
    }

    fn number(&self, name: &'static str) -> Field {
        Field { inputmode: "numeric", most: 12, ..self.hinted(name) }
    }

    fn amount(&self, name: &'static str) -> Field {
        Field { inputmode: "decimal", most: 30, ..self.hinted(name) }
    }

    fn time(&self, name: &'static str) -> Field {
        Field { kind: "datetime-local", most: 0, ..self.hinted(name) }
    }

    fn list(&self, name: &'static str) -> Field {
        Field { kind: "textarea", most: 20_000, ..self.hinted(name) }
    }

    /// One of two words.
    fn choice(&self, name: &'static str, words: [&str; 2]) -> Field {
        let text = |word: &str| self.shell.t(&format!("discount-{name}-{word}")).to_owned();
        let choices = words.map(|word| (word.to_owned(), text(word))).to_vec();
        let choices = choose(choices, self.sent.form.get(name));
        let key = format!("discount-{}", name.replace('_', "-"));
        Field { kind: "select", choices, ..self.field(name.to_owned(), &key) }
    }

    fn names(&self) -> Vec<Field> {
        let own = self.shell.frame().own_language();
        let name = |language: &crate::language::Language| {
            let code = language.code();
            let field = self.field(format!("name-{code}"), "discount-name");
            let label = format!("{} ({})", field.label, language.own_name());
            Field { label, lang: code, is_optional: *language != own, ..field }
        };
        self.shell.settings().languages.iter().map(name).collect()
    }

    fn much(&self, kind: Kind) -> Vec<Field> {
        let needed = kind.fields().iter().map(|name| match *name {
            "amount" => Field { is_optional: false, ..self.amount("amount") },
            "percent" => {
                Field { inputmode: "decimal", is_optional: false, ..self.hinted("percent") }
            }
            units => Field { is_optional: false, ..self.number(units) },
        });
        needed.chain([self.amount("max_discount")]).collect()
    }

    fn needs(&self) -> Vec<Field> {
        let basis = self.choice("subtotal_basis", ["list", "remaining"]);
        vec![self.amount("min_subtotal"), basis, self.number("min_quantity")]
    }

    fn opens(&self) -> Vec<Field> {
        vec![self.choice("opens", ["automatic", "codes"]), self.list("codes")]
    }

    fn categories(&self) -> Vec<CategoryView> {
        let frame = self.shell.frame();
        let mut views: Vec<CategoryView> = frame
            .categories
            .iter()
            .map(|category| {
                let path = frame.path_to(category.id);
                let names: Vec<&str> =
                    path.iter().map(|above| self.shell.local(&above.name)).collect();
                let field = category_field(&category.slug);
                let is_on = !self.sent.form.get(&field).is_empty();
                CategoryView { name: names.join(" › "), is_on, field }
            })
            .collect();
        views.sort_by(|one, other| one.name.cmp(&other.name));
        views
    }
}

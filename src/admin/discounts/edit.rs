//! `GET /admin/discounts/{id}`: a discount on one page, with what it does to a cart beside it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::example::{self, Example};
use super::form::{entry, fields};
use super::kind::Kind;
use super::shown::{self, CategoryView};
use super::{Badge, badge, in_words};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::example::asked;
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::Typed;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::promotions::desk::{self, Kept, State};
use crate::rules::promotion_of;
use crate::staff::to;
use crate::web::{Form, Html};

pub(super) type Staff = Allowed<to::ChangeDiscounts>;

#[derive(Template)]
#[template(path = "admin/discounts/edit.html")]
struct DiscountPage {
    shell: Desk,
    action: String,
    kind: &'static str,
    kind_name: String,
    seen: String,
    notice: Notice,
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

/// What a discount that is there already shows besides its form.
struct KeptView {
    badge: Badge,
    gives: String,
    has_codes: bool,
    is_stopped: bool,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let kept = find(&staff, PromotionId(*id)).await?;
    let kind = Kind::of(&kept.rule.benefit);
    page(&staff, (kind, Some(&kept)), None).await
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
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("discount-new");
    let stored = kept.map(|kept| fields(&shell, &kept.rule)).unwrap_or_default();
    let as_stored = Form::default().with(stored.clone());
    let form = sent.map_or(&as_stored, |sent| sent.form);
    let example = tried(staff, &shell, (kind, kept), form).await?;
    let name = kept.map(|kept| shell.local(&kept.rule.name).to_owned());
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        shell.shell.head.title = name;
    }
    let typed = Typed { shell: &shell, form, sent, label: shown::label };
    let is_saved = staff.visit().query()?.get("saved").is_some();
    let page = DiscountPage {
        action: match kept {
            Some(kept) => shell.href(&format!("/admin/discounts/{}", kept.id)).into_owned(),
            None => shell.href("/admin/discounts/new").into_owned(),
        },
        kind: kind.code(),
        kind_name: shell.t(&format!("discount-kind-{}", kind.code())).to_owned(),
        seen: seal(&stored),
        notice: typed.notice(is_saved, "discount-meanwhile"),
        names: typed.local("name", 100),
        much: shown::much(&typed, kind),
        goods: shown::goods(&typed),
        categories: shown::categories(&typed),
        needs: shown::needs(&typed),
        opens: shown::opens(&typed),
        limits: shown::limits(&typed),
        times: vec![typed.time("starts_at"), typed.time("ends_at")],
        order: vec![shown::number(&typed, "priority")],
        is_exclusive: !form.get("exclusive").is_empty(),
        example,
        kept: kept.map(|kept| kept_view(&shell, kept)),
        shell,
    };
    let status = sent.map_or(StatusCode::OK, Sent::status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
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
    let (rule, asked) = match (rule, asked(form, &shell.settings().place())) {
        (Ok(rule), Ok(asked)) => (rule, asked),
        (_, asked) => {
            let bad = asked.err().map(|line| shell.with("example-wrong-line", "line", line));
            return Ok(example::show(shell, None, form, bad.unwrap_or_default()));
        }
    };
    let (id, view) = (kept.map_or(PromotionId(0), |kept| kept.id), staff.visit().view());
    let reckon = move |conn: &mut Conn| example::reckon(conn, (id, &rule), &asked, &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, tried, form, String::new()))
}

//! What every page needs, kept in memory: settings, menu, links to the static pages.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::countries;
use super::menus::Menus;
use super::pages::{self, MenuPage, PageKind};
use super::picture::Picture;
use super::rules::Rules;
use super::vocabulary::Vocabulary;
use crate::db::Conn;
use crate::db::schema::{category, category_text, media, product, product_category};
use crate::error::Result;
use crate::ids::{CategoryId, MediaId};
use crate::language::{Language, LocalText};
use crate::look::{self, Sheet, State};
use crate::money::Money;
use crate::pricing::Amount;
use crate::promotions::{Running, load_automatic};
use crate::settings::{self, ShopSettings};
use crate::values::Country;

/// How many categories the menu holds at most, all levels together.
const MENU_LIMIT: i64 = 500;

/// A moment's picture of what all pages share. Replaced whole when the shop's version moves on.
#[derive(Debug, Clone)]
pub struct Frame {
    pub version: i64,
    pub settings: ShopSettings,
    /// Parents before their children, each level in its order.
    pub categories: Vec<MenuCategory>,
    pub pages: Vec<MenuPage>,
    pub menus: Menus,
    pub vocabulary: Vocabulary,
    /// What carts are priced by.
    pub rules: Rules,
    /// Where the shop delivers, in whole or in part, by their codes.
    pub countries: Vec<Country>,
    /// The promotions that need no code.
    pub promotions: Vec<Arc<Running>>,
    /// The merchant's own style sheet, if she has one.
    pub theme: Option<Sheet>,
    /// Her logo, if she has one and it is drawn.
    pub logo: Option<Picture>,
}

#[derive(Debug, Clone)]
pub struct DeliveryPromise {
    pub amount: Money,
    /// Nothing from this much on.
    pub free_over: Option<Money>,
    pub min_days: i64,
    pub max_days: i64,
}

#[derive(Debug, Clone)]
pub struct MenuCategory {
    pub id: CategoryId,
    pub parent_id: Option<CategoryId>,
    pub slug: String,
    pub name: LocalText,
    pub description: LocalText,
    /// What search engines show instead of name and description, where it says something.
    pub seo_title: LocalText,
    pub seo_description: LocalText,
    /// Not shown itself; what is below it is hidden with it.
    pub hidden: bool,
    /// On the category's tile.
    pub picture: Option<Picture>,
    /// How many products it holds, all below it included, as of the frame's making.
    pub size: i64,
}

impl Frame {
    /// Reads everything anew.
    pub fn load(conn: &mut Conn) -> Result<Self> {
        let (version, now) = (settings::version(conn)?, Utc::now().naive_utc());
        let settings = settings::load(conn)?;
        let rules = Rules::load(conn)?;
        let categories = load_categories(conn)?;
        let look = look::load(conn, State::Published)?;
        Ok(Self {
            version,
            countries: rules.countries((settings.currency, now), countries::all()),
            promotions: load_automatic(conn, settings.currency, now)?,
            settings,
            rules,
            menus: Menus::load(conn, &categories)?,
            categories,
            pages: pages::load(conn)?,
            vocabulary: Vocabulary::load(conn)?,
            theme: look.sheet(),
            logo: find_picture(conn, look.logo)?.filter(|logo| !logo.packed().is_empty()),
        })
    }

    /// This frame, or where the shop has moved on since, one with the settings, the rules and the
    /// promotions of now. For a write that must not go by old ones; menus and words stay as they were.
    pub fn in_force(self: &Arc<Self>, conn: &mut Conn) -> Result<Arc<Self>> {
        let version = settings::version(conn)?;
        if version == self.version {
            return Ok(self.clone());
        }
        let (settings, rules) = (settings::load(conn)?, Rules::load(conn)?);
        let promotions = load_automatic(conn, settings.currency, Utc::now().naive_utc())?;
        Ok(Arc::new(Self { version, settings, rules, promotions, ..Self::clone(self) }))
    }

    pub fn own_language(&self) -> Language {
        self.settings.own_language()
    }

    /// The cheapest way to have something brought at an instant, where the shop is: what it costs for a
    /// parcel that is as light as can be.
    pub fn delivery_at(&self, now: NaiveDateTime) -> Option<DeliveryPromise> {
        let currency = self.settings.currency;
        let methods = self.rules.methods_at(&self.settings.place(), (currency, now));
        let parcels = methods.into_iter().filter(|method| !method.is_pickup());
        let (method, least) = parcels
            .filter_map(|method| Some((method, method.least_amount()?)))
            .min_by_key(|(_, least)| *least)?;
        let money = |amount: Amount| Money::new(amount.get(), currency);
        Some(DeliveryPromise {
            amount: money(least),
            free_over: method.shipping.free_over.map(|free| money(free.amount)),
            min_days: method.min_days,
            max_days: method.max_days,
        })
    }

    /// A path of the shop as it is addressed in a language: only the own one has no prefix.
    pub fn href<'a>(&self, language: Language, path: &'a str) -> Cow<'a, str> {
        match language == self.own_language() {
            true => Cow::Borrowed(path),
            false => Cow::Owned(format!("/{}{path}", language.code())),
        }
    }

    /// The page of that kind, if the shop shows one.
    pub fn legal_page(&self, kind: PageKind) -> Option<&MenuPage> {
        self.pages.iter().find(|page| page.kind == kind)
    }

    pub fn find_category(&self, id: CategoryId) -> Option<&MenuCategory> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The category with this handle.
    pub fn category_at(&self, slug: &str) -> Option<&MenuCategory> {
        self.categories.iter().find(|category| category.slug == slug)
    }

    /// The categories right below `parent`, or the topmost ones, as shoppers see them.
    pub fn children(&self, parent: Option<CategoryId>) -> impl Iterator<Item = &MenuCategory> {
        let below = move |category: &&MenuCategory| category.parent_id == parent;
        self.categories.iter().filter(below).filter(|category| !category.hidden)
    }

    /// Whether shoppers see a category: neither it nor one above it is hidden.
    pub fn is_shown(&self, id: CategoryId) -> bool {
        self.path_to(id).iter().all(|above| !above.hidden)
    }

    /// From the topmost category down to `id` itself.
    pub fn path_to(&self, id: CategoryId) -> Vec<&MenuCategory> {
        let mut path: Vec<&MenuCategory> =
            std::iter::successors(self.find_category(id), |c| self.find_category(c.parent_id?))
                .take(20)
                .collect();
        path.reverse();
        path
    }
}

fn load_categories(conn: &mut Conn) -> Result<Vec<MenuCategory>> {
    let [mut names, mut descriptions, mut seo_titles, mut seo_descriptions] = category_texts(conn)?;
    let sizes = category_sizes(conn)?;
    type Row = ((CategoryId, Option<CategoryId>, String, bool), Option<(String, String, i64, i64)>);
    let rows: Vec<Row> = category::table
        .left_join(media::table)
        .order((category::position, category::id))
        .limit(MENU_LIMIT)
        .select((
            (category::id, category::parent_id, category::slug, category::hidden),
            (media::name, media::widths, media::width, media::height).nullable(),
        ))
        .load(conn)?;
    let take = |id: &CategoryId, texts: &mut Texts| texts.remove(id).unwrap_or_default();
    let categories =
        rows.into_iter().map(|((id, parent_id, slug, hidden), picture)| MenuCategory {
            name: take(&id, &mut names),
            description: take(&id, &mut descriptions),
            seo_title: take(&id, &mut seo_titles),
            seo_description: take(&id, &mut seo_descriptions),
            id,
            parent_id,
            slug,
            hidden,
            picture: picture.map(|(name, widths, w, h)| Picture::new(name, &widths, w, h)),
            size: sizes.get(&id).copied().unwrap_or(0),
        });
    Ok(categories.collect())
}

/// A picture by its number.
pub fn find_picture(conn: &mut Conn, id: Option<MediaId>) -> Result<Option<Picture>> {
    let Some(id) = id else { return Ok(None) };
    let of = (media::name, media::widths, media::width, media::height);
    let row: Option<(String, String, i64, i64)> =
        media::table.find(id).select(of).first(conn).optional()?;
    Ok(row.map(|(name, widths, width, height)| Picture::new(name, &widths, width, height)))
}

type Texts = BTreeMap<CategoryId, LocalText>;

/// Names and descriptions, and those for search engines. What is empty is said in no language.
fn category_texts(conn: &mut Conn) -> Result<[Texts; 4]> {
    type Row = (CategoryId, String, (String, String, String, String));
    let rows: Vec<Row> = category_text::table
        .select((
            category_text::category_id,
            category_text::locale,
            (
                category_text::name,
                category_text::description,
                category_text::seo_title,
                category_text::seo_description,
            ),
        ))
        .load(conn)?;
    let mut kinds: [Vec<(CategoryId, String, String)>; 4] = Default::default();
    for (id, locale, (name, description, seo_title, seo_description)) in rows {
        let texts = [name, description, seo_title, seo_description];
        for (kind, text) in kinds.iter_mut().zip(texts).filter(|(_, text)| !text.is_empty()) {
            kind.push((id, locale.clone(), text));
        }
    }
    Ok(kinds.map(texts))
}

fn category_sizes(conn: &mut Conn) -> Result<BTreeMap<CategoryId, i64>> {
    let now = Utc::now().naive_utc();
    let rows: Vec<(CategoryId, i64)> = product_category::table
        .inner_join(product::table)
        .filter(product::status.eq("active"))
        .filter(product::publish_at.le(now))
        .filter(product::unpublish_at.is_null().or(product::unpublish_at.gt(now)))
        .group_by(product_category::category_id)
        .select((product_category::category_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Gathers rows of (id, locale, text); a language that this version does not speak is left out.
pub fn texts<Id: Ord>(rows: Vec<(Id, String, String)>) -> BTreeMap<Id, LocalText> {
    let mut texts: BTreeMap<Id, LocalText> = BTreeMap::new();
    for (id, locale, text) in rows {
        if let Some(language) = Language::parse(&locale) {
            texts.entry(id).or_default().set(language, text);
        }
    }
    texts
}

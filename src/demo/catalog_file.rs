//! `demo/catalog.json` as types. Its first lines explain the schema.

use chrono::NaiveDateTime;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::catalog::model::Kind;
use crate::language::{Language, LocalText};
use crate::values::{Quantity, Slug};
use crate::web::PageKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CatalogFile {
    #[serde(rename = "$comment")]
    _comment: Vec<String>,
    pub brands: Vec<Brand>,
    pub categories: Vec<Category>,
    pub attributes: Vec<Attribute>,
    pub products: Vec<Product>,
    pub home: Home,
    pub pages: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Brand {
    pub handle: Slug,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub stem: String,
    pub alt: LocalText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub handle: Slug,
    pub parent: Option<Slug>,
    pub name: LocalText,
    pub description: LocalText,
    pub picture: Picture,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute {
    pub code: String,
    pub kind: Kind,
    pub filterable: bool,
    #[serde(default)]
    pub unit: String,
    pub name: LocalText,
    #[serde(default)]
    pub choices: Vec<Named>,
}

/// A choice of an attribute or a value of an option.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub code: String,
    pub name: LocalText,
    pub swatch: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub handle: Slug,
    pub name: LocalText,
    pub subtitle: LocalText,
    pub category: Slug,
    pub brand: Slug,
    pub tags: Vec<String>,
    pub published_at: NaiveDateTime,
    pub popularity: i64,
    pub description: LocalText,
    pub options: Vec<ProductOption>,
    pub variants: Vec<Variant>,
    pub pictures: Vec<Picture>,
    pub attributes: BTreeMap<String, Value>,
    pub related: Vec<Slug>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductOption {
    pub code: String,
    pub name: LocalText,
    pub values: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    pub sku: String,
    pub options: BTreeMap<String, String>,
    pub price: i64,
    pub compare_at_price: Option<i64>,
    #[serde(default)]
    pub tiers: Vec<Tier>,
    pub weight_grams: i64,
    pub stock: i64,
    pub picture: Option<String>,
}

/// What each costs from so many on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tier {
    pub from: Quantity,
    pub price: i64,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Bool(bool),
    Number(i64),
    Choices(Vec<String>),
    Text(LocalText),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Home {
    #[serde(rename = "title")]
    _title: LocalText,
    pub hero: Section,
    pub popular: Section,
    pub newest: Section,
    pub splits: Vec<Section>,
    pub promises: Vec<Promise>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub picture: Option<Picture>,
    pub heading: LocalText,
    #[serde(alias = "lead")]
    pub text: LocalText,
    #[serde(default)]
    pub links: Vec<SectionLink>,
    pub link: Option<SectionLink>,
    #[serde(default)]
    pub facts: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionLink {
    pub label: LocalText,
    pub href: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub label: LocalText,
    pub value: LocalText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promise {
    pub icon: String,
    pub title: LocalText,
    pub text: LocalText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub handle: Slug,
    #[serde(default)]
    pub kind: PageKind,
    pub title: LocalText,
    pub description: LocalText,
    /// Lines of Markdown.
    pub body: BTreeMap<Language, Vec<String>>,
}

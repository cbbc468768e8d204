//! Fills an empty shop with the demo's goods.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::catalog_file::{self as goods, CatalogFile};
use super::goods::in_currency;
use super::rules;
use crate::audit::Who;
use crate::catalog::model::{
    Kind, NewAttribute, NewCategory, NewProduct, NewValue, NewVariant, Status,
};
use crate::catalog::writes;
use crate::content;
use crate::content::blocks::BlockSheet;
use crate::content::model::{BlockKind, BlockLink, BlockWords, Fact, Promise};
use crate::content::sheet::{Sheet, Words};
use crate::db::Conn;
use crate::db::schema::product;
use crate::error::{Error, Result};
use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, MediaId, OptionTypeId, OptionValueId, ProductId,
};
use crate::language::{Language, LocalText};
use crate::money::{Currency, Money};
use crate::pictures::{self, NewPicture};
use crate::prices::NewPrice;
use crate::settings;
use crate::values::Slug;
use crate::web::media;

/// Since when what is reduced is reduced.
const REDUCED_FOR: TimeDelta = TimeDelta::days(6);

const FILE: &str = include_str!("../../demo/catalog.json");

/// Whether the shop has goods already.
pub fn is_filled(conn: &mut Conn) -> Result<bool> {
    let any: Option<ProductId> = product::table.select(product::id).first(conn).optional()?;
    Ok(any.is_some())
}

/// Puts the whole demo shop into a database that has no goods, and says whether it did.
///
/// Instances that start together fill it once: the row of the shop's version lets one in.
pub fn fill_once(conn: &mut Conn, now: NaiveDateTime) -> Result<bool> {
    settings::announce(conn)?;
    if is_filled(conn)? {
        return Ok(false);
    }
    fill(conn, now).map(|()| true)
}

fn fill(conn: &mut Conn, now: NaiveDateTime) -> Result<()> {
    rules::apply(conn, &rules::SHOP, now)?;
    let file = file()?;
    let mut import = Import::new(settings::load(conn)?.currency, now);
    import.goods(conn, &file)?;
    import.home(conn, &file.home)?;
    import.pages(conn, &file.pages)?;
    rules::apply(conn, &rules::GOODS, now)
}

pub(super) fn file() -> Result<CatalogFile> {
    serde_json::from_str(FILE)
        .map_err(|error| Error::internal(format!("demo/catalog.json: {error}")))
}

/// What has been put in so far, by its name in the file.
pub(super) struct Import {
    currency: Currency,
    now: NaiveDateTime,
    media: BTreeMap<String, MediaId>,
    pub categories: BTreeMap<Slug, CategoryId>,
    pub brands: BTreeMap<Slug, BrandId>,
    pub attributes: BTreeMap<String, (Kind, AttributeId)>,
    choices: BTreeMap<(AttributeId, String), ChoiceId>,
    pub options: BTreeMap<String, OptionTypeId>,
    values: BTreeMap<(OptionTypeId, String), OptionValueId>,
    pub products: BTreeMap<Slug, ProductId>,
}

impl Import {
    pub fn new(currency: Currency, now: NaiveDateTime) -> Self {
        Self {
            currency,
            now,
            media: BTreeMap::new(),
            categories: BTreeMap::new(),
            brands: BTreeMap::new(),
            attributes: BTreeMap::new(),
            choices: BTreeMap::new(),
            options: BTreeMap::new(),
            values: BTreeMap::new(),
            products: BTreeMap::new(),
        }
    }

    /// Everything that is sold, with the groups that it stands in.
    pub fn goods(&mut self, conn: &mut Conn, file: &CatalogFile) -> Result<()> {
        self.groups(conn, file)?;
        for product in &file.products {
            self.product(conn, product)?;
        }
        self.related(conn, &file.products)
    }

    fn groups(&mut self, conn: &mut Conn, file: &CatalogFile) -> Result<()> {
        for brand in &file.brands {
            let id = writes::insert_brand(conn, &brand.handle, &brand.name)?;
            self.brands.insert(brand.handle.clone(), id);
        }
        for (position, category) in (0..).zip(&file.categories) {
            self.category(conn, position, category)?;
        }
        for (position, attribute) in (0..).zip(&file.attributes) {
            self.attribute(conn, position, attribute)?;
        }
        Ok(())
    }

    fn category(&mut self, conn: &mut Conn, position: i64, new: &goods::Category) -> Result<()> {
        let media = self.media(conn, &new.picture)?;
        let parent = match &new.parent {
            Some(handle) => Some(known(&self.categories, handle)?),
            None => None,
        };
        let category = NewCategory {
            slug: &new.handle,
            parent,
            position,
            media: Some(media),
            name: &new.name,
            description: &new.description,
        };
        let id = writes::insert_category(conn, &category)?;
        self.categories.insert(new.handle.clone(), id);
        Ok(())
    }

    fn attribute(&mut self, conn: &mut Conn, position: i64, new: &goods::Attribute) -> Result<()> {
        let attribute = NewAttribute {
            code: &new.code,
            kind: new.kind,
            filterable: new.filterable,
            unit: &new.unit,
            position,
            name: &new.name,
        };
        let id = writes::insert_attribute(conn, &attribute)?;
        self.attributes.insert(new.code.clone(), (new.kind, id));
        for (position, choice) in (0..).zip(&new.choices) {
            let choice_id =
                writes::insert_choice(conn, id, (&choice.code, position), &choice.name)?;
            self.choices.insert((id, choice.code.clone()), choice_id);
        }
        Ok(())
    }

    /// Pictures are shared: a scene shows several products, with the words of the first.
    fn media(&mut self, conn: &mut Conn, picture: &goods::Picture) -> Result<MediaId> {
        if let Some(id) = self.media.get(&picture.stem) {
            return Ok(*id);
        }
        let image = media::find_demo_image(&picture.stem)
            .ok_or_else(|| Error::internal(format!("no demo picture {}", picture.stem)))?;
        // The demo's goods were taken out, and their pictures are still there.
        if let Some(id) = pictures::find_named(conn, image.name)? {
            self.media.insert(picture.stem.clone(), id);
            return Ok(id);
        }
        let widths: Vec<String> = image.widths.iter().map(ToString::to_string).collect();
        let new = NewPicture {
            name: image.name,
            width: image.width.into(),
            height: image.height.into(),
            widths: widths.join(","),
            alt: &picture.alt,
        };
        let id = pictures::insert_ready(conn, &new)?;
        self.media.insert(picture.stem.clone(), id);
        Ok(id)
    }

    /// Options are shared by products: the code is the shop's, whatever product names it first.
    fn option(&mut self, conn: &mut Conn, new: &goods::ProductOption) -> Result<OptionTypeId> {
        let id = match self.options.get(&new.code) {
            Some(id) => *id,
            None => {
                let position = self.options.len().try_into().unwrap_or(i64::MAX);
                let id = writes::insert_option_type(conn, &new.code, position, &new.name)?;
                self.options.insert(new.code.clone(), id);
                id
            }
        };
        for value in &new.values {
            let key = (id, value.code.clone());
            if !self.values.contains_key(&key) {
                let position = self.values.len().try_into().unwrap_or(i64::MAX);
                let code = (value.code.as_str(), position);
                let swatch = value.swatch.as_deref();
                let value_id = writes::insert_option_value(conn, id, code, swatch, &value.name)?;
                self.values.insert(key, value_id);
            }
        }
        Ok(id)
    }

    fn product(&mut self, conn: &mut Conn, new: &goods::Product) -> Result<()> {
        let mut options = Vec::new();
        for option in &new.options {
            options.push(self.option(conn, option)?);
        }
        let mut pictures = Vec::new();
        for picture in &new.pictures {
            pictures.push(self.media(conn, picture)?);
        }
        let product = NewProduct {
            slug: new.handle.clone(),
            status: Status::Active,
            publish_at: new.published_at,
            category: Some(known(&self.categories, &new.category)?),
            brand: Some(known(&self.brands, &new.brand)?),
            popularity: new.popularity,
            requires_shipping: true,
            name: new.name.clone(),
            subtitle: new.subtitle.clone(),
            description: new.description.clone(),
            tags: new.tags.clone(),
            variants: self.variants(new)?,
            attributes: self.attribute_values(new)?,
            options,
            media: pictures,
        };
        // As if it had been put in on the day when it was published: its prices are known since.
        let then = new.published_at.min(self.now);
        let id = writes::insert_product(conn, &product, then)?;
        self.products.insert(new.handle.clone(), id);
        Ok(())
    }

    fn variants(&self, new: &goods::Product) -> Result<Vec<NewVariant>> {
        let mut variants = Vec::new();
        for variant in &new.variants {
            let mut values = Vec::new();
            for option in &new.options {
                let id = known(&self.options, &option.code)?;
                let code = variant.options.get(&option.code).cloned().unwrap_or_default();
                values.push((id, known(&self.values, &(id, code))?));
            }
            variants.push(NewVariant {
                sku: variant.sku.clone(),
                values,
                prices: self.prices(variant),
                weight_grams: variant.weight_grams,
                on_hand: variant.stock,
                media: variant.picture.as_ref().and_then(|stem| self.media.get(stem)).copied(),
            });
        }
        Ok(variants)
    }

    /// What is reduced has had its price before since it was published, and the other for some days.
    fn prices(&self, variant: &goods::Variant) -> Vec<NewPrice> {
        let money = |amount| Money::new(in_currency(amount, self.currency), self.currency);
        let mut prices = match variant.compare_at_price {
            None => vec![NewPrice::plain(money(variant.price))],
            Some(was) => vec![
                NewPrice::plain(money(was)),
                NewPrice {
                    compare_at: Some(money(was)),
                    from: Some(self.now - REDUCED_FOR),
                    ..NewPrice::plain(money(variant.price))
                },
            ],
        };
        prices.extend(variant.tiers.iter().map(|tier| NewPrice {
            min_quantity: tier.from,
            ..NewPrice::plain(money(tier.price))
        }));
        prices
    }

    fn attribute_values(&self, new: &goods::Product) -> Result<Vec<(AttributeId, NewValue)>> {
        let mut values = Vec::new();
        for (code, value) in &new.attributes {
            let (_, id) = known(&self.attributes, code)?;
            match value {
                goods::Value::Bool(is_so) => values.push((id, NewValue::Bool(*is_so))),
                goods::Value::Number(whole) => values.push((id, NewValue::Number(*whole))),
                goods::Value::Text(text) => values.extend(
                    text.iter()
                        .map(|(language, t)| (id, NewValue::Text(Some(language), t.to_owned()))),
                ),
                goods::Value::Choices(codes) => {
                    for choice in codes {
                        let choice = known(&self.choices, &(id, choice.clone()))?;
                        values.push((id, NewValue::Choice(choice)));
                    }
                }
            }
        }
        Ok(values)
    }

    fn related(&self, conn: &mut Conn, products: &[goods::Product]) -> Result<()> {
        for product in products {
            let mut related = Vec::new();
            for handle in &product.related {
                related.push(known(&self.products, handle)?);
            }
            writes::relate(conn, known(&self.products, &product.handle)?, &related)?;
        }
        Ok(())
    }

    fn home(&mut self, conn: &mut Conn, home: &goods::Home) -> Result<()> {
        use BlockKind::{Categories, Hero, Newest, Popular, Promises, Split};
        let mut blocks = vec![(Hero, Some(&home.hero)), (Categories, None)];
        blocks.push((Popular, Some(&home.popular)));
        blocks.extend(home.splits.first().map(|split| (Split, Some(split))));
        blocks.push((Newest, Some(&home.newest)));
        blocks.extend(home.splits.iter().skip(1).map(|split| (Split, Some(split))));
        blocks.push((Promises, None));
        for (kind, section) in blocks {
            let media = match section.and_then(|section| section.picture.as_ref()) {
                Some(picture) => Some(self.media(conn, picture)?),
                None => None,
            };
            let promises = if kind == Promises { home.promises.as_slice() } else { &[] };
            let words =
                Language::ALL.map(|language| (language, words(language, section, promises)));
            let sheet = BlockSheet {
                hidden: false,
                words: words.into(),
                ..BlockSheet::new(kind, Language::En)
            };
            content::blocks::insert(conn, &sheet, media)?;
        }
        Ok(())
    }

    fn pages(&self, conn: &mut Conn, pages: &[goods::Page]) -> Result<()> {
        for page in pages {
            let texts = page.body.iter().map(|(language, lines)| {
                let words = Words {
                    title: page.title.get(*language, *language).to_owned(),
                    body: lines.join("\n"),
                    seo_title: String::new(),
                    description: page.description.get(*language, *language).to_owned(),
                };
                (*language, words)
            });
            let sheet = Sheet {
                kind: page.kind,
                slug: page.handle.clone(),
                published: true,
                publish_at: self.now,
                texts: texts.collect(),
            };
            let id = content::keep::insert(conn, &sheet, self.now)?;
            content::editions::keep(conn, (id, &sheet), &Who::shopper(self.now))?;
        }
        Ok(())
    }
}

fn words(
    language: Language,
    section: Option<&goods::Section>,
    promises: &[goods::Promise],
) -> BlockWords {
    let text = |text: &LocalText| text.get(language, language).to_owned();
    let links = section.into_iter().flat_map(|section| section.links.iter().chain(&section.link));
    let facts = section.into_iter().flat_map(|section| &section.facts);
    let promise = |promise: &goods::Promise| Promise {
        icon: promise.icon.clone(),
        title: text(&promise.title),
        text: text(&promise.text),
    };
    BlockWords {
        heading: section.map(|section| text(&section.heading)).unwrap_or_default(),
        text: section.map(|section| text(&section.text)).unwrap_or_default(),
        links: links
            .map(|link| BlockLink { label: text(&link.label), href: link.href.clone() })
            .collect(),
        facts: facts
            .map(|fact| Fact { label: text(&fact.label), value: text(&fact.value) })
            .collect(),
        promises: promises.iter().map(promise).collect(),
    }
}

fn known<K: Ord + std::fmt::Debug, V: Copy>(map: &BTreeMap<K, V>, key: &K) -> Result<V> {
    map.get(key)
        .copied()
        .ok_or_else(|| Error::internal(format!("demo/catalog.json names an unknown {key:?}")))
}

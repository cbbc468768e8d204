//! Writes what a file says of a product, through the catalogue's own door.

use diesel::Connection;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use super::cells::{parse_instant, parse_size, picture_names};
use super::columns::{Cells, Column, Feature, Words as Text};
use super::judge::{Verdict, options};
use super::make::{Maker, checked};
use super::model::{Effect, Good, Turn, turned};
use super::prices::{amount, parse_prices};
use super::wanted::Wanted;
use super::words::Words as Vocabulary;
use crate::audit::Who;
use crate::catalog::handle::{free_sku, handle_of};
use crate::catalog::keep::{self, Edit, Saved};
use crate::catalog::model::{NewValue, NewVariant, Status};
use crate::catalog::sheet::{Sheet, Words};
use crate::catalog::whole::{self, Parts, Piece, Whole};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AttributeId, MediaId, OptionTypeId};
use crate::language::Language;
use crate::prices::NewPrice;
use crate::values::Slug;

/// Who writes, and by which name the stock's ledger knows the cause.
pub(super) struct Hand<'a> {
    pub who: &'a Who,
    pub name: &'a str,
}

/// What has become of a product that was to be written.
pub(super) enum Put {
    /// It has this version now.
    Done(i64),
    /// Somebody has changed it, or taken what it was to have, since it was looked up.
    Meanwhile,
    /// The database holds no such product.
    Refused,
}

impl Maker<'_> {
    /// Writes a product in a transaction of its own within the other one: whatever stands in the way,
    /// nothing of this one is written, and the others are.
    pub fn try_put(
        &mut self,
        hand: &Hand<'_>,
        known: Option<&Good>,
        verdict: &mut Verdict,
    ) -> Result<Put> {
        let ground = &mut *self.ground;
        let put = |conn: &mut Conn| Maker { conn, ground }.put(hand, known, verdict);
        let put = match self.conn.transaction(put) {
            Ok(Some(version)) => return Ok(Put::Done(version)),
            Ok(None) | Err(Error::Busy) => Put::Meanwhile,
            Err(error) if error.is_duplicate() => Put::Meanwhile,
            Err(error) if error.is_refused() => Put::Refused,
            Err(error) => return Err(error),
        };
        // What was made for it is gone with it.
        self.ground.words = Vocabulary::load(self.conn, self.ground.own())?;
        Ok(put)
    }

    /// Writes a product that is made or changed. The version that it has then; `None` when somebody
    /// has changed it meanwhile, and nothing was written.
    fn put(
        &mut self,
        hand: &Hand<'_>,
        known: Option<&Good>,
        verdict: &mut Verdict,
    ) -> Result<Option<i64>> {
        let options = self.options(&verdict.product)?;
        let variants = self.pieces((&verdict.product, &options), &mut verdict.variants)?;
        let whole = Whole {
            sheet: self.sheet(hand, known, &verdict.product)?,
            attributes: self.values(&verdict.product)?,
            pictures: self.pictures(&verdict.product),
            options: options.into_iter().map(|(_, id)| id).collect(),
            variants,
        };
        let frame = self.ground.frame.clone();
        let Some(known) = known.filter(|_| verdict.effect == Effect::Changed) else {
            whole::make(self.conn, (hand.who, &frame), whole)?;
            return Ok(Some(1));
        };
        verdict.changes.added = added(&verdict.variants);
        let edit = Edit { who: hand.who, frame: &frame, id: known.id, version: known.version };
        let parts = parts(&verdict.changes.product);
        match whole::change(self.conn, &edit, (&whole, parts), hand.name)? {
            Saved::Done => Ok(Some(known.version + 1)),
            Saved::Meanwhile => Ok(None),
        }
    }

    fn sheet(&mut self, hand: &Hand<'_>, known: Option<&Good>, cells: &Cells) -> Result<Sheet> {
        let cell = |column| cells.get(&column).map_or("", String::as_str);
        let wrong = || Error::internal("a checked cell cannot be read");
        let mut texts = match known {
            Some(good) => keep::find(self.conn, good.id)?.map(|kept| kept.sheet.texts),
            None => None,
        }
        .unwrap_or_default();
        for language in self.ground.languages.clone() {
            texts.remove(&language);
            texts.extend(words(cells, language).map(|words| (language, words)));
        }
        let tags = cell(Column::Tags).split(',').map(str::trim).filter(|tag| !tag.is_empty());
        Ok(Sheet {
            slug: Slug::parse(cell(Column::Handle)).ok_or_else(wrong)?,
            status: Status::parse(cell(Column::Status)).ok_or_else(wrong)?,
            publish_at: parse_instant(cell(Column::PublishAt)).unwrap_or(hand.who.at),
            unpublish_at: parse_instant(cell(Column::UnpublishAt)),
            tax_class: cell(Column::TaxClass).to_owned(),
            requires_shipping: cell(Column::RequiresShipping) == "yes",
            tags: tags.map(ToOwned::to_owned).collect(),
            texts,
            category: self.category(cells)?,
            brand: self.brand(cell(Column::Brand))?,
        })
    }

    fn options(&mut self, cells: &Cells) -> Result<Vec<(u8, OptionTypeId)>> {
        let wanted = options(cells).into_iter();
        wanted.map(|(n, cell)| Ok((n, self.option((n, &cell), cells)?))).collect()
    }

    fn values(&mut self, cells: &Cells) -> Result<Vec<(AttributeId, NewValue)>> {
        let mut values = Vec::new();
        for (column, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
            let Column::Attribute(feature) = column else { continue };
            let attribute = self.attribute(feature)?;
            if feature.kind == "choice" {
                let choices = self.choices(attribute, cell)?;
                values.extend(choices.into_iter().map(|id| (attribute, NewValue::Choice(id))));
            } else if let Some(value) = value(feature, cell) {
                values.push((attribute, value));
            }
        }
        Ok(values)
    }

    fn pictures(&self, cells: &Cells) -> Vec<MediaId> {
        let names = cells.get(&Column::Pictures).map_or("", String::as_str);
        picture_names(names).filter_map(|name| self.ground.pictures.get(name).copied()).collect()
    }

    fn pieces(
        &mut self,
        (product, options): (&Cells, &[(u8, OptionTypeId)]),
        variants: &mut [Wanted],
    ) -> Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        for wanted in variants {
            let mut values = Vec::new();
            for (n, option) in options {
                values.push((*option, self.value((*n, *option), &wanted.cells)?));
            }
            if wanted.cells.get(&Column::Sku).is_none_or(String::is_empty) {
                let sku = self.sku(product, &wanted.cells, &pieces)?;
                wanted.cells.insert(Column::Sku, sku);
            }
            pieces.push(self.piece(wanted, values)?);
        }
        Ok(pieces)
    }

    fn piece(
        &self,
        wanted: &Wanted,
        values: Vec<(OptionTypeId, crate::ids::OptionValueId)>,
    ) -> Result<Piece> {
        let cell = |column| wanted.cells.get(&column).map_or("", String::as_str);
        let number = |column| cell(column).parse::<i64>().unwrap_or_default();
        let before = |column| wanted.before.get(&column).and_then(|cell| cell.parse::<i64>().ok());
        let size = cell(Column::Size);
        let size = if size.is_empty() { None } else { Some(checked(parse_size(size))?) };
        let picture = picture_names(cell(Column::Picture)).next();
        Ok(Piece {
            id: wanted.id,
            variant: NewVariant {
                sku: cell(Column::Sku).to_owned(),
                values,
                prices: self.prices(&wanted.cells)?,
                weight_grams: number(Column::Weight),
                on_hand: number(Column::Stock),
                media: picture.and_then(|name| self.ground.pictures.get(name).copied()),
            },
            size,
            backorder_limit: number(Column::Backorder),
            counted: wanted.id.and(before(Column::Stock)).map(|was| (was, number(Column::Stock))),
            told: told(wanted),
        })
    }

    fn prices(&self, cells: &Cells) -> Result<Vec<NewPrice>> {
        let cell = |column| cells.get(&column).map_or("", String::as_str);
        let currency = self.ground.currency;
        let mut prices = checked(parse_prices(cell(Column::MorePrices)))?;
        if !cell(Column::Price).is_empty() {
            let mut price = NewPrice::plain(checked(amount(cell(Column::Price), currency))?);
            if !cell(Column::CompareAt).is_empty() {
                price.compare_at = Some(checked(amount(cell(Column::CompareAt), currency))?);
            }
            prices.push(price);
        }
        Ok(prices)
    }

    /// Made of the handle and the values, where a file gives none.
    fn sku(&mut self, product: &Cells, cells: &Cells, before: &[Piece]) -> Result<String> {
        let handle = product.get(&Column::Handle).map_or("", String::as_str);
        let values = cells.iter().filter(|(column, _)| matches!(column, Column::Value(_)));
        let values = values.filter(|(_, cell)| !cell.is_empty()).map(|(_, cell)| handle_of(cell));
        let sku = std::iter::once(handle.to_owned()).chain(values).collect::<Vec<_>>().join("-");
        let sku: String = sku.to_uppercase().chars().take(70).collect();
        let own = before.iter().filter(|piece| piece.variant.sku.starts_with(&sku)).count();
        let sku = if own == 0 { sku } else { format!("{sku}-{}", own + 1) };
        free_sku(self.conn, &sku)
    }
}

/// A product's texts in a language; `None` where it has no name in it.
fn words(cells: &Cells, language: Language) -> Option<Words> {
    let text = |words| cells.get(&Column::Text(words, language)).cloned().unwrap_or_default();
    let name = text(Text::Name);
    (!name.is_empty()).then(|| Words {
        name,
        subtitle: text(Text::Subtitle),
        description: text(Text::Description),
        seo_title: text(Text::SeoTitle),
        seo_description: text(Text::SeoDescription),
    })
}

fn value(feature: &Feature, cell: &str) -> Option<NewValue> {
    Some(match feature.kind {
        "number" => NewValue::Number(cell.parse().ok()?),
        "bool" => NewValue::Bool(cell == "yes"),
        "date" => NewValue::Date(cell.parse().ok()?),
        _ => NewValue::Text(feature.language, cell.to_owned()),
    })
}

/// What has changed of a variant, as the audit log tells it.
fn told(wanted: &Wanted) -> (Map<String, Value>, Map<String, Value>) {
    let (mut before, mut after) = (Map::new(), Map::new());
    for (column, (was, is)) in turned(&wanted.before, &wanted.cells) {
        if wanted.id.is_some() {
            before.insert(column.clone(), was.into());
        }
        after.insert(column, is.into());
    }
    if wanted.is_added && after.is_empty() {
        after.insert("sold".to_owned(), true.into());
    }
    (before, after)
}

fn added(variants: &[Wanted]) -> Vec<String> {
    let added = variants.iter().filter(|wanted| wanted.is_added);
    added.filter_map(|wanted| wanted.cells.get(&Column::Sku).cloned()).collect()
}

/// Which parts of a product these columns are of.
fn parts(turns: &BTreeMap<String, Turn>) -> Parts {
    let columns: Vec<Column> = turns.keys().filter_map(|name| Column::parse(name)).collect();
    let is_option = |column: &Column| matches!(column, Column::Option(_));
    let is_attribute = |column: &Column| matches!(column, Column::Attribute(_));
    let is_pictures = |column: &Column| *column == Column::Pictures;
    Parts {
        options: columns.iter().any(is_option),
        attributes: columns.iter().any(is_attribute),
        pictures: columns.iter().any(is_pictures),
        sheet: columns.iter().any(|it| !is_option(it) && !is_attribute(it) && !is_pictures(it)),
    }
}

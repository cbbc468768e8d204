//! Goods to arrange a story with. Good defaults: one variant, in stock, shown since yesterday.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use etalase::catalog::model::{NewProduct, NewVariant, Status};
use etalase::catalog::writes;
use etalase::db::Conn;
use etalase::db::schema::{category, product, stock, variant};
use etalase::error::Result;
use etalase::ids::{CategoryId, ProductId, VariantId};
use etalase::language::{Language, LocalText};
use etalase::money::{Currency, Money};
use etalase::prices::{self, NewPrice};
use etalase::stock::{Actor, Cause};
use etalase::values::Slug;
use etalase::web::visit::now;

/// A product before it is on the shelf.
#[derive(Clone)]
pub struct Goods {
    slug: String,
    names: Vec<(Language, String)>,
    amount: i64,
    on_hand: i64,
    category: String,
    status: Status,
    publish_at: NaiveDateTime,
    windows: Vec<(i64, NaiveDateTime, NaiveDateTime)>,
    known_since: NaiveDateTime,
}

/// A cup for Rp 100.000, ten of them, among the mugs.
pub fn goods(slug: &str) -> Goods {
    Goods {
        slug: slug.to_owned(),
        names: vec![(Language::En, format!("The {slug}")), (Language::Id, format!("Si {slug}"))],
        amount: 100_000,
        on_hand: 10,
        category: "mugs".to_owned(),
        status: Status::Active,
        publish_at: now() - TimeDelta::days(1),
        windows: Vec::new(),
        known_since: now(),
    }
}

impl Goods {
    pub fn named(self, name: &str) -> Self {
        Self { names: vec![(Language::En, name.into()), (Language::Id, name.into())], ..self }
    }

    /// With a name in the shop's own language only.
    pub fn untranslated(self, name: &str) -> Self {
        Self { names: vec![(Language::En, name.into())], ..self }
    }

    pub fn costing(self, amount: i64) -> Self {
        Self { amount, ..self }
    }

    /// With another price from one instant until just before another.
    pub fn costing_between(
        mut self,
        amount: i64,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> Self {
        self.windows.push((amount, from, until));
        self
    }

    /// With a price that is known since then, in the past.
    pub fn known_since(self, known_since: NaiveDateTime) -> Self {
        Self { known_since, ..self }
    }

    pub fn on_hand(self, on_hand: i64) -> Self {
        Self { on_hand, ..self }
    }

    pub fn category(self, slug: &str) -> Self {
        Self { category: slug.to_owned(), ..self }
    }

    pub fn status(self, status: Status) -> Self {
        Self { status, ..self }
    }

    pub fn published(self, publish_at: NaiveDateTime) -> Self {
        Self { publish_at, ..self }
    }

    /// Puts it on the shelf. Its only variant's SKU is the slug in capitals.
    pub fn put(&self, conn: &mut Conn) -> Result<ProductId> {
        let mut name = LocalText::default();
        for (language, text) in &self.names {
            name.set(*language, text.clone());
        }
        let new = NewProduct {
            slug: Slug::parse(&self.slug).expect("a slug"),
            status: self.status,
            publish_at: self.publish_at,
            category: Some(category_id(conn, &self.category)?),
            brand: None,
            popularity: 1,
            requires_shipping: true,
            subtitle: LocalText::default(),
            description: name.clone(),
            name,
            tags: Vec::new(),
            options: Vec::new(),
            variants: vec![self.variant()],
            media: Vec::new(),
            attributes: Vec::new(),
        };
        writes::insert_product(conn, &new, self.known_since)
    }

    fn variant(&self) -> NewVariant {
        let mut prices = vec![NewPrice::plain(rupiah(self.amount))];
        prices.extend(self.windows.iter().map(|(amount, from, until)| NewPrice {
            from: Some(*from),
            until: Some(*until),
            ..NewPrice::plain(rupiah(*amount))
        }));
        NewVariant {
            sku: self.slug.to_uppercase(),
            values: Vec::new(),
            prices,
            weight_grams: 400,
            on_hand: self.on_hand,
            media: None,
        }
    }
}

pub fn rupiah(amount: i64) -> Money {
    Money::new(amount, Currency::parse("IDR").expect("an ISO 4217 code"))
}

pub fn category_id(conn: &mut Conn, slug: &str) -> Result<CategoryId> {
    Ok(category::table.filter(category::slug.eq(slug)).select(category::id).first(conn)?)
}

pub fn product_id(conn: &mut Conn, slug: &str) -> Result<ProductId> {
    Ok(product::table.filter(product::slug.eq(slug)).select(product::id).first(conn)?)
}

/// The variants of a product, in their order.
pub fn variant_ids(conn: &mut Conn, slug: &str) -> Result<Vec<VariantId>> {
    let of_product = variant::table.inner_join(product::table).filter(product::slug.eq(slug));
    Ok(of_product.order(variant::position).select(variant::id).load(conn)?)
}

/// Counts what can still be had of every variant of a product.
pub fn available(conn: &mut Conn, slug: &str) -> Result<Vec<i64>> {
    let of_product = stock::table.inner_join(variant::table.inner_join(product::table));
    let shelves = of_product.filter(product::slug.eq(slug)).order(variant::position);
    Ok(shelves.select(stock::on_hand - stock::reserved).load(conn)?)
}

/// Leaves so many on the shelf of every variant of a product.
pub fn leave(conn: &mut Conn, slug: &str, left: i64) -> Result<()> {
    variant_ids(conn, slug)?.into_iter().try_for_each(|id| count_anew(conn, id, left))
}

fn count_anew(conn: &mut Conn, id: VariantId, left: i64) -> Result<()> {
    let there: i64 = stock::table.find(id).select(stock::on_hand - stock::reserved).first(conn)?;
    if there == left {
        return Ok(());
    }
    let (name, actor) = (format!("count:{:032x}", rand::random::<u128>()), Actor::staff("test"));
    let cause = Cause { name, reason: "counted anew", actor: &actor, at: now() };
    assert!(etalase::stock::adjust(conn, id, left - there, &cause)?, "so many can be left");
    Ok(())
}

/// Leaves so many of one variant on the shelf.
pub fn leave_of(conn: &mut Conn, sku: &str, left: i64) -> Result<()> {
    let id: VariantId =
        variant::table.filter(variant::sku.eq(sku)).select(variant::id).first(conn)?;
    count_anew(conn, id, left)
}

/// Takes one variant out of the shop.
pub fn take_out(conn: &mut Conn, sku: &str) -> Result<()> {
    let the_one = variant::table.filter(variant::sku.eq(sku));
    let taken = diesel::update(the_one).set(variant::active.eq(false)).execute(conn)?;
    assert_eq!(taken, 1, "no variant {sku}");
    Ok(())
}

/// Gives every variant of a product another price.
pub fn reprice(conn: &mut Conn, slug: &str, amount: i64) -> Result<()> {
    price_at(conn, slug, &[NewPrice::plain(rupiah(amount))])
}

/// Gives every variant of a product these prices and no others.
pub fn price_at(conn: &mut Conn, slug: &str, prices: &[NewPrice]) -> Result<()> {
    for id in variant_ids(conn, slug)? {
        prices::set_prices(conn, id, prices, now())?;
    }
    Ok(())
}

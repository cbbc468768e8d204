//! A large invented shop, for benchmarks: the same number gives the same goods every time.

use chrono::{NaiveDateTime, TimeDelta};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::rules;
use crate::catalog::model::{
    Kind, NewAttribute, NewCategory, NewProduct, NewValue, NewVariant, Status,
};
use crate::catalog::writes;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{
    AttributeId, BrandId, CategoryId, ChoiceId, MediaId, OptionTypeId, OptionValueId, ProductId,
};
use crate::language::Language::{En, Id};
use crate::language::LocalText;
use crate::money::{Currency, Money};
use crate::pictures::{self, NewPicture};
use crate::prices::NewPrice;
use crate::settings::{self, ShopSettings};
use crate::values::Slug;
use crate::web::media;

type Words = [(&'static str, &'static str)];

const KINDS: &Words = &[
    ("mug", "mug"),
    ("plate", "piring"),
    ("bowl", "mangkuk"),
    ("lamp", "lampu"),
    ("vase", "vas"),
    ("basket", "keranjang"),
    ("towel", "handuk"),
    ("cushion", "bantal"),
    ("teapot", "teko"),
    ("tray", "nampan"),
    ("stool", "dingklik"),
    ("candle", "lilin"),
    ("shirt", "kemeja"),
    ("scarf", "selendang"),
    ("notebook", "buku catatan"),
    ("soap", "sabun"),
    ("kettle", "ketel"),
    ("board", "talenan"),
    ("rug", "karpet"),
    ("clock", "jam"),
];
const MANNERS: &Words = &[
    ("quiet", "tenang"),
    ("round", "bundar"),
    ("tall", "tinggi"),
    ("small", "kecil"),
    ("woven", "anyaman"),
    ("ribbed", "bergaris"),
    ("old", "kuno"),
    ("light", "ringan"),
    ("deep", "dalam"),
    ("plain", "polos"),
    ("warm", "hangat"),
    ("rough", "kasar"),
];
const PLACES: [&str; 16] = [
    "Plered",
    "Cirebon",
    "Jepara",
    "Klaten",
    "Ubud",
    "Toraja",
    "Garut",
    "Lombok",
    "Sumba",
    "Solo",
    "Bantul",
    "Padang",
    "Flores",
    "Ambon",
    "Tuban",
    "Pekalongan",
];
const MATERIALS: &Words = &[
    ("stoneware", "stoneware"),
    ("teak", "jati"),
    ("rattan", "rotan"),
    ("linen", "linen"),
    ("cotton", "katun"),
    ("glass", "kaca"),
    ("brass", "kuningan"),
    ("bamboo", "bambu"),
];
const COLOURS: [(&str, &str, &str); 6] = [
    ("clay", "tanah liat", "#b4735c"),
    ("oat", "gandum", "#e6dcca"),
    ("sage", "sage", "#a2ab97"),
    ("ink", "tinta", "#34373b"),
    ("sky", "langit", "#a9bdcc"),
    ("forest", "hutan", "#3d5a49"),
];
const SIZES: &Words = &[("small", "kecil"), ("medium", "sedang"), ("large", "besar")];
/// Top categories, each with as many below.
const GROUPS: usize = 8;
const BRANDS: i64 = 24;

/// Everything that products share.
pub struct Shelves {
    currency: Currency,
    categories: Vec<CategoryId>,
    brands: Vec<BrandId>,
    colour: OptionTypeId,
    colours: Vec<OptionValueId>,
    size: OptionTypeId,
    sizes: Vec<OptionValueId>,
    material: AttributeId,
    materials: Vec<ChoiceId>,
    pictures: Vec<MediaId>,
}

/// Puts up an empty shop's shelves: settings, categories, brands, options, pictures, delivery.
pub fn put_up(conn: &mut Conn, now: NaiveDateTime) -> Result<Shelves> {
    rules::apply(conn, &rules::SHOP, now)?;
    let settings = ShopSettings { name: "Pasar".into(), ..settings::load(conn)? };
    settings::save(conn, &settings)?;
    let (colour, colours) = colours(conn)?;
    let size = writes::insert_option_type(conn, "size", 1, &text("Size", "Ukuran"))?;
    let mut sizes = Vec::new();
    for (position, (en, id)) in (0..).zip(SIZES) {
        sizes.push(writes::insert_option_value(conn, size, (en, position), None, &text(en, id))?);
    }
    let (material, materials) = materials(conn)?;
    Ok(Shelves {
        currency: settings.currency,
        categories: categories(conn)?,
        brands: brands(conn)?,
        colour,
        colours,
        size,
        sizes,
        material,
        materials,
        pictures: pictures(conn)?,
    })
}

/// Fills the shelves with the products numbered `range`, in this transaction.
pub fn fill(
    conn: &mut Conn,
    shelves: &Shelves,
    range: std::ops::Range<u32>,
    now: NaiveDateTime,
) -> Result<()> {
    let mut last: Vec<ProductId> = Vec::new();
    for number in range {
        let mut dice = StdRng::seed_from_u64(number.into());
        let product = shelves.product(number, &mut dice, now)?;
        let id = writes::insert_product(conn, &product, now)?;
        writes::relate(conn, id, &last)?;
        last.insert(0, id);
        last.truncate(4);
    }
    Ok(())
}

impl Shelves {
    fn product(&self, number: u32, dice: &mut StdRng, now: NaiveDateTime) -> Result<NewProduct> {
        let (kind, macam) = pick(dice, KINDS);
        let (manner, cara) = pick(dice, MANNERS);
        let (material, bahan) = pick(dice, MATERIALS);
        let place = pick(dice, &PLACES);
        let english = format!("{place} {manner} {material} {kind}");
        let indonesian = format!("{} {bahan} {cara} {place}", capital(macam));
        Ok(NewProduct {
            slug: slug(&format!("{kind}-{number}"))?,
            status: Status::Active,
            publish_at: now - TimeDelta::hours(dice.random_range(1..20_000)),
            category: Some(pick(dice, &self.categories)),
            brand: Some(pick(dice, &self.brands)),
            popularity: dice.random_range(0..10_000),
            requires_shipping: true,
            name: text(&english, &indonesian),
            subtitle: text(
                &format!("{material}, made in {place}"),
                &format!("{bahan}, buatan {place}"),
            ),
            description: description((kind, macam), (material, bahan), place),
            tags: Vec::new(),
            options: vec![self.colour, self.size],
            variants: self.variants(number, dice),
            media: (0..3).map(|_| pick(dice, &self.pictures)).collect::<Unique>().0,
            attributes: vec![(self.material, NewValue::Choice(pick(dice, &self.materials)))],
        })
    }

    /// Two to four colours in three sizes.
    fn variants(&self, number: u32, dice: &mut StdRng) -> Vec<NewVariant> {
        let base = dice.random_range(20..900) * 1_000;
        let first = dice.random_range(0..self.colours.len());
        let mut variants = Vec::new();
        for colour in 0..dice.random_range(2..=4) {
            for (step, size) in (0_i64..).zip(&self.sizes) {
                let value = self.colours[(first + colour) % self.colours.len()];
                let amount = base + step * 15_000;
                let on_sale = dice.random_range(0..12) == 0;
                variants.push(NewVariant {
                    sku: format!("P{number}-{colour}{step}"),
                    values: vec![(self.colour, value), (self.size, *size)],
                    prices: vec![NewPrice {
                        compare_at: on_sale.then(|| Money::new(amount * 5 / 4, self.currency)),
                        ..NewPrice::plain(Money::new(amount, self.currency))
                    }],
                    weight_grams: dice.random_range(1..40) * 50,
                    on_hand: dice.random_range(0..2_000),
                    media: None,
                });
            }
        }
        variants
    }
}

/// Pictures without repetition, in the order of their first coming.
struct Unique(Vec<MediaId>);

impl FromIterator<MediaId> for Unique {
    fn from_iter<I: IntoIterator<Item = MediaId>>(pictures: I) -> Self {
        let mut unique = Vec::new();
        for picture in pictures {
            if !unique.contains(&picture) {
                unique.push(picture);
            }
        }
        Self(unique)
    }
}

fn description(kind: (&str, &str), material: (&str, &str), place: &str) -> LocalText {
    text(
        &format!(
            "A {} that does its work and stays out of the way. Made of {} in a small workshop in \
             {place}, by people who have made nothing else for twenty years.",
            kind.0, material.0,
        ),
        &format!(
            "{} yang bekerja baik dan tidak banyak tingkah. Dibuat dari {} di bengkel kecil di \
             {place}, oleh orang-orang yang sudah dua puluh tahun hanya membuat ini.",
            capital(kind.1),
            material.1,
        ),
    )
}

fn colours(conn: &mut Conn) -> Result<(OptionTypeId, Vec<OptionValueId>)> {
    let colour = writes::insert_option_type(conn, "colour", 0, &text("Colour", "Warna"))?;
    let mut values = Vec::new();
    for (position, (en, id, hex)) in (0..).zip(COLOURS) {
        let names = text(&capital(en), &capital(id));
        let value = writes::insert_option_value(conn, colour, (en, position), Some(hex), &names)?;
        values.push(value);
    }
    Ok((colour, values))
}

fn materials(conn: &mut Conn) -> Result<(AttributeId, Vec<ChoiceId>)> {
    let attribute = NewAttribute {
        code: "material",
        kind: Kind::Choice,
        filterable: true,
        unit: "",
        position: 0,
        name: &text("Material", "Bahan"),
    };
    let material = writes::insert_attribute(conn, &attribute)?;
    let mut choices = Vec::new();
    for (position, (en, id)) in (0..).zip(MATERIALS) {
        let names = text(&capital(en), &capital(id));
        choices.push(writes::insert_choice(conn, material, (en, position), &names)?);
    }
    Ok((material, choices))
}

/// The categories that products stand in: those below the top.
fn categories(conn: &mut Conn) -> Result<Vec<CategoryId>> {
    let mut leaves = Vec::new();
    for (position, (en, id)) in (0..).zip(&KINDS[..GROUPS]) {
        let parent = category(conn, None, position, &format!("{en}s"), id)?;
        for (below, (manner, cara)) in (0..).zip(&MANNERS[..4]) {
            let name = format!("{manner} {en}s");
            leaves.push(category(conn, Some(parent), below, &name, &format!("{id} {cara}"))?);
        }
    }
    Ok(leaves)
}

fn category(
    conn: &mut Conn,
    parent: Option<CategoryId>,
    position: i64,
    en: &str,
    id: &str,
) -> Result<CategoryId> {
    let new = NewCategory {
        slug: &slug(en)?,
        parent,
        position,
        media: None,
        name: &text(&capital(en), &capital(id)),
        description: &text("Everything of this kind.", "Semua dari jenis ini."),
    };
    writes::insert_category(conn, &new)
}

fn brands(conn: &mut Conn) -> Result<Vec<BrandId>> {
    let mut brands = Vec::new();
    for number in 1..=BRANDS {
        let slug = slug(&format!("bengkel {number}"))?;
        brands.push(writes::insert_brand(conn, &slug, &format!("Bengkel {number}"))?);
    }
    Ok(brands)
}

/// The demo's pictures, shared by all.
fn pictures(conn: &mut Conn) -> Result<Vec<MediaId>> {
    let mut pictures = Vec::new();
    for image in media::demo_images().filter(|image| image.height > image.width) {
        let widths: Vec<String> = image.widths.iter().map(ToString::to_string).collect();
        let alt = text("One of our goods", "Salah satu barang kami");
        let new = NewPicture {
            name: image.name,
            width: image.width.into(),
            height: image.height.into(),
            widths: widths.join(","),
            alt: &alt,
        };
        pictures.push(pictures::insert_ready(conn, &new)?);
    }
    Ok(pictures)
}

fn pick<T: Copy>(dice: &mut StdRng, from: &[T]) -> T {
    from[dice.random_range(0..from.len())]
}

fn text(en: &str, id: &str) -> LocalText {
    LocalText::from([(En, en), (Id, id)])
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn slug(words: &str) -> Result<Slug> {
    let slug = Slug::parse(&words.replace(' ', "-"));
    slug.ok_or_else(|| Error::internal(format!("{words:?} makes no slug")))
}

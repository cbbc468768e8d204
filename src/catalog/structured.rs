//! A product for search engines: schema.org as JSON-LD.
//!
//! Source: Google's guide to merchant listings and product variants.

use serde_json::{Map, Value, json};

use super::choice::Range;
use super::price::Offer;
use super::queries::{Product, VariantRow};
use crate::ids::MediaId;
use crate::web::frame::DeliveryPromise;
use crate::web::{Picture, Shell, View};

/// With more variants than this a page would grow heavy: their prices are given as a range.
const MOST_VARIANTS: usize = 12;

pub(super) fn describe(
    shell: &mut Shell,
    view: &View,
    product: &Product,
    range: &Range,
    pictures: &[(MediaId, Picture)],
    delivery: Option<&DeliveryPromise>,
) {
    let data = Data { shell, view, product, range, pictures, delivery };
    let described = match range.variants.as_slice() {
        [] => None,
        [only] => data.single(only),
        several if several.len() <= MOST_VARIANTS => Some(data.group(several)),
        _ => data.aggregate(),
    };
    if let Some(described) = described {
        shell.head.describe(&described);
    }
}

/// Names within a page, by which later offers refer to what the first one says.
const RETURNS: &str = "#returns";
const SHIPPING: &str = "#shipping";

struct Data<'a> {
    shell: &'a Shell,
    view: &'a View,
    product: &'a Product,
    range: &'a Range,
    pictures: &'a [(MediaId, Picture)],
    delivery: Option<&'a DeliveryPromise>,
}

impl Data<'_> {
    fn single(&self, variant: &VariantRow) -> Option<Value> {
        let offer = self.range.offer(variant.id)?;
        let mut data = self.base("Product");
        data.insert("sku".into(), json!(variant.sku));
        data.insert("offers".into(), self.offer(0, offer, &self.address(None)));
        Some(data.into())
    }

    fn group(&self, variants: &[VariantRow]) -> Value {
        let mut data = self.base("ProductGroup");
        let members = (0..).zip(variants).filter_map(|(place, v)| self.member(place, v));
        data.insert("productGroupID".into(), json!(self.product.slug));
        data.insert("variesBy".into(), self.varies_by());
        data.insert("hasVariant".into(), members.collect());
        data.into()
    }

    fn aggregate(&self) -> Option<Value> {
        let offers = self.range.offers();
        let lowest = offers.iter().map(|offer| offer.amount).min_by_key(|amount| amount.minor())?;
        let highest = offers.iter().map(|offer| offer.amount).max_by_key(|a| a.minor())?;
        let mut data = self.base("Product");
        data.insert(
            "offers".into(),
            json!({
                "@type": "AggregateOffer",
                "lowPrice": lowest.plain(),
                "highPrice": highest.plain(),
                "priceCurrency": lowest.currency().code(),
                "offerCount": offers.len(),
            }),
        );
        Some(data.into())
    }

    fn base(&self, kind: &str) -> Map<String, Value> {
        let brands = &self.view.frame.vocabulary.brands;
        let brand = self.product.brand.and_then(|id| brands.get(&id));
        let images: Vec<String> = self
            .pictures
            .iter()
            .map(|(_, picture)| picture.to_share())
            .filter(|path| !path.is_empty())
            .take(4)
            .map(|path| self.shell.full(&path))
            .collect();
        let mut data = Map::new();
        data.insert("@context".into(), json!("https://schema.org"));
        data.insert("@type".into(), json!(kind));
        data.insert("name".into(), json!(self.product.name));
        data.insert("url".into(), json!(self.address(None)));
        data.insert("description".into(), json!(self.product.description));
        data.insert("image".into(), json!(images));
        if let Some(brand) = brand {
            data.insert("brand".into(), json!({"@type": "Brand", "name": brand.name}));
        }
        data
    }

    fn member(&self, place: usize, variant: &VariantRow) -> Option<Value> {
        let offer = self.range.offer(variant.id)?;
        let chosen = self.range.chosen_by(variant.id);
        let vocabulary = &self.view.frame.vocabulary;
        let mut data = Map::new();
        let mut names = vec![self.product.name.clone()];
        for (option, value) in &chosen {
            let (Some(option), Some(value)) =
                (vocabulary.options.get(option), vocabulary.option_values.get(value))
            else {
                continue;
            };
            let name = self.view.local(&value.name);
            names.push(name.to_owned());
            if let Some((property, _)) = property_of(&option.code) {
                data.insert(property.into(), json!(name));
            }
        }
        data.insert("@type".into(), json!("Product"));
        data.insert("name".into(), json!(names.join(", ")));
        data.insert("sku".into(), json!(variant.sku));
        if let Some(image) = self.picture_of(variant) {
            data.insert("image".into(), json!(image));
        }
        let address = self.address(Some(&variant.sku));
        data.insert("offers".into(), self.offer(place, offer, &address));
        Some(data.into())
    }

    fn picture_of(&self, variant: &VariantRow) -> Option<String> {
        let own = self.pictures.iter().find(|(id, _)| Some(*id) == variant.media);
        let picture = own.or(self.pictures.first());
        let path = picture.map(|(_, picture)| picture.to_share()).filter(|path| !path.is_empty());
        path.map(|path| self.shell.full(&path))
    }

    fn varies_by(&self) -> Value {
        let options = &self.view.frame.vocabulary.options;
        let known = self.range.options.iter().filter_map(|id| options.get(id));
        known.filter_map(|term| property_of(&term.code)).map(|(_, url)| json!(url)).collect()
    }

    /// `place`: the first offer says how it is delivered and returned, the others refer to it.
    fn offer(&self, place: usize, offer: &Offer, address: &str) -> Value {
        let availability = match offer.supply {
            supply if supply.is_sold_out() => "OutOfStock",
            supply if supply.is_on_backorder() => "BackOrder",
            _ => "InStock",
        };
        let mut data = json!({
            "@type": "Offer",
            "url": address,
            "price": offer.amount.plain(),
            "priceCurrency": offer.amount.currency().code(),
            "itemCondition": "https://schema.org/NewCondition",
            "availability": format!("https://schema.org/{availability}"),
        });
        if self.shell.promises_returns() {
            data["hasMerchantReturnPolicy"] = match place {
                0 => self.returns(),
                _ => json!({"@id": RETURNS}),
            };
        }
        if let Some(delivery) = self.delivery {
            data["shippingDetails"] = match place {
                0 => self.shipping(delivery),
                _ => json!({"@id": SHIPPING}),
            };
        }
        data
    }

    fn returns(&self) -> Value {
        let settings = self.shell.settings();
        json!({
            "@type": "MerchantReturnPolicy",
            "@id": RETURNS,
            "applicableCountry": settings.country.code(),
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": settings.return_days,
        })
    }

    fn shipping(&self, delivery: &DeliveryPromise) -> Value {
        json!({
            "@type": "OfferShippingDetails",
            "@id": SHIPPING,
            "shippingRate": {
                "@type": "MonetaryAmount",
                "value": delivery.amount.plain(),
                "currency": delivery.amount.currency().code(),
            },
            "shippingDestination": {
                "@type": "DefinedRegion",
                "addressCountry": self.shell.settings().country.code(),
            },
            "deliveryTime": {
                "@type": "ShippingDeliveryTime",
                "transitTime": {
                    "@type": "QuantitativeValue",
                    "minValue": delivery.min_days, "maxValue": delivery.max_days,
                    "unitCode": "DAY",
                },
            },
        })
    }

    fn address(&self, sku: Option<&str>) -> String {
        let path = format!("/products/{}", self.product.slug);
        let address = self.shell.full(&self.shell.href(&path));
        match sku {
            Some(sku) => {
                let sku: String = form_urlencoded::byte_serialize(sku.as_bytes()).collect();
                format!("{address}?variant={sku}")
            }
            None => address,
        }
    }
}

/// The property of schema.org that an option is, and the address by which it is named.
fn property_of(code: &str) -> Option<(&'static str, &'static str)> {
    match code {
        "colour" | "color" | "warna" => Some(("color", "https://schema.org/color")),
        "size" | "ukuran" => Some(("size", "https://schema.org/size")),
        "material" | "bahan" => Some(("material", "https://schema.org/material")),
        "pattern" => Some(("pattern", "https://schema.org/pattern")),
        _ => None,
    }
}

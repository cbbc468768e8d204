//! Promotions: the lane decides which kinds of benefit there are, the kind which keys.

use super::fields::{Fields, Path, Read, word};
use super::json::Json;
use crate::pricing::{
    Benefit, Lane, LineBenefit, Promotion, Refusal, SubtotalBasis, SumBenefit, Target,
};

impl Read for Promotion {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let known = [
            "id",
            "lane",
            "priority",
            "code",
            "starts_at",
            "ends_at",
            "exclusive",
            "target",
            "min_subtotal",
            "subtotal_basis",
            "min_quantity",
            "max_discount",
            "benefit",
        ];
        let fields = Fields::open(json, path, &known)?;
        Ok(Self {
            id: fields.required("id")?,
            priority: fields.or_default("priority")?,
            code: fields.optional("code")?,
            starts_at: fields.optional("starts_at")?,
            ends_at: fields.optional("ends_at")?,
            exclusive: fields.or_default("exclusive")?,
            target: fields.or_default("target")?,
            min_subtotal: fields.or_default("min_subtotal")?,
            subtotal_basis: fields.or_default("subtotal_basis")?,
            min_quantity: fields.or_default("min_quantity")?,
            max_discount: fields.optional("max_discount")?,
            benefit: match fields.required("lane")? {
                Lane::Line => Benefit::Line(fields.required("benefit")?),
                Lane::Order => Benefit::Order(fields.required("benefit")?),
                Lane::Shipping => Benefit::Shipping(fields.required("benefit")?),
            },
        })
    }
}

impl Read for Lane {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        word(json, path, &Self::ALL.map(|lane| (lane.code(), lane)))
    }
}

impl Read for SubtotalBasis {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        word(json, path, &[("list", Self::List), ("remaining", Self::Remaining)])
    }
}

impl Read for Target {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let fields = Fields::open(json, path, &["skus", "products", "categories"])?;
        Ok(Self {
            skus: fields.or_default("skus")?,
            products: fields.or_default("products")?,
            categories: fields.or_default("categories")?,
        })
    }
}

impl Read for LineBenefit {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let open = |keys: &[&str]| Fields::open(json, path, keys);
        match Fields::kind(json, path)? {
            "percent" => {
                let fields = open(&["kind", "ppm"])?;
                Ok(Self::Percent { ppm: fields.required("ppm")? })
            }
            "amount_per_unit" => {
                let fields = open(&["kind", "amount"])?;
                Ok(Self::AmountPerUnit { amount: fields.required("amount")? })
            }
            "fixed_price" => {
                let fields = open(&["kind", "amount"])?;
                Ok(Self::FixedPrice { amount: fields.required("amount")? })
            }
            "buy_x_get_y" => {
                let fields = open(&["kind", "buy", "get", "ppm"])?;
                Ok(Self::BuyXGetY {
                    buy: fields.required("buy")?,
                    get: fields.required("get")?,
                    ppm: fields.required("ppm")?,
                })
            }
            _ => Fields::unknown_kind(path),
        }
    }
}

impl Read for SumBenefit {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        match Fields::kind(json, path)? {
            "percent" => {
                let fields = Fields::open(json, path, &["kind", "ppm"])?;
                Ok(Self::Percent { ppm: fields.required("ppm")? })
            }
            "amount" => {
                let fields = Fields::open(json, path, &["kind", "amount"])?;
                Ok(Self::Amount { amount: fields.required("amount")? })
            }
            _ => Fields::unknown_kind(path),
        }
    }
}

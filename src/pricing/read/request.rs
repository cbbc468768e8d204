//! The request and its lines, fees and tax rates.

use super::fields::{Fields, Path, Read, word};
use super::json::Json;
use crate::money::Currency;
use crate::pricing::{Fee, Line, Refusal, Request, TaxRate, TaxRounding};

impl Read for Request {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let known = [
            "currency",
            "at",
            "prices_include_tax",
            "tax_rounding",
            "cash_rounding",
            "codes",
            "lines",
            "promotions",
            "shipping",
            "fees",
            "tax_rates",
        ];
        let fields = Fields::open(json, path, &known)?;
        Ok(Self {
            currency: fields.required("currency")?,
            at: fields.required("at")?,
            prices_include_tax: fields.required("prices_include_tax")?,
            tax_rounding: fields.required("tax_rounding")?,
            cash_rounding: fields.or_default("cash_rounding")?,
            codes: fields.or_default("codes")?,
            lines: fields.required("lines")?,
            promotions: fields.or_default("promotions")?,
            shipping: fields.optional("shipping")?,
            fees: fields.or_default("fees")?,
            tax_rates: fields.or_default("tax_rates")?,
        })
    }
}

impl Read for Currency {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        Self::from_letters(&String::read(json, path)?)
            .ok_or_else(|| Refusal::invalid(path, "must be three letters A\u{2013}Z"))
    }
}

impl Read for TaxRounding {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        word(json, path, &[("line", Self::Line), ("group", Self::Group)])
    }
}

impl Read for Line {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let known = [
            "id",
            "sku",
            "product",
            "categories",
            "quantity",
            "unit_price",
            "tax_class",
            "requires_shipping",
            "weight_g",
            "size_mm",
        ];
        let fields = Fields::open(json, path, &known)?;
        Ok(Self {
            id: fields.required("id")?,
            sku: fields.required("sku")?,
            product: fields.required("product")?,
            categories: fields.or_default("categories")?,
            quantity: fields.required("quantity")?,
            unit_price: fields.required("unit_price")?,
            tax_class: fields.required("tax_class")?,
            requires_shipping: fields.required("requires_shipping")?,
            weight_g: fields.or_default("weight_g")?,
            size_mm: fields.optional("size_mm")?,
        })
    }
}

impl Read for Fee {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let fields = Fields::open(json, path, &["id", "amount", "tax_class"])?;
        Ok(Self {
            id: fields.required("id")?,
            amount: fields.required("amount")?,
            tax_class: fields.required("tax_class")?,
        })
    }
}

impl Read for TaxRate {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let fields = Fields::open(json, path, &["id", "name", "tax_class", "ppm"])?;
        Ok(Self {
            id: fields.required("id")?,
            name: fields.required("name")?,
            tax_class: fields.required("tax_class")?,
            ppm: fields.required("ppm")?,
        })
    }
}

//! The chosen delivery: the rate's kind decides which keys there are.

use super::fields::{Fields, Path, Read, word};
use super::json::Json;
use crate::pricing::{
    FreeOver, FreeOverBasis, Rate, Refusal, Shipping, TableBy, Tier, WeightSteps,
};

impl Read for Shipping {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let known = [
            "id",
            "tax_class",
            "volumetric_divisor",
            "rate",
            "free_over",
            "min_weight_g",
            "max_weight_g",
            "min_subtotal",
            "max_subtotal",
        ];
        let fields = Fields::open(json, path, &known)?;
        Ok(Self {
            id: fields.required("id")?,
            tax_class: fields.required("tax_class")?,
            volumetric_divisor: fields.optional("volumetric_divisor")?,
            rate: fields.required("rate")?,
            free_over: fields.optional("free_over")?,
            min_weight_g: fields.optional("min_weight_g")?,
            max_weight_g: fields.optional("max_weight_g")?,
            min_subtotal: fields.optional("min_subtotal")?,
            max_subtotal: fields.optional("max_subtotal")?,
        })
    }
}

impl Read for Rate {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let open = |keys: &[&str]| Fields::open(json, path, keys);
        match Fields::kind(json, path)? {
            "flat" => {
                let fields = open(&["kind", "amount"])?;
                Ok(Self::Flat { amount: fields.required("amount")? })
            }
            "per_item" => {
                let fields = open(&["kind", "amount"])?;
                Ok(Self::PerItem { amount: fields.required("amount")? })
            }
            "weight_steps" => WeightSteps::read(json, path).map(Self::WeightSteps),
            "table" => {
                let fields = open(&["kind", "by", "tiers"])?;
                Ok(Self::Table { by: fields.required("by")?, tiers: fields.required("tiers")? })
            }
            _ => Fields::unknown_kind(path),
        }
    }
}

impl Read for WeightSteps {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let known = ["kind", "first_g", "first_amount", "step_g", "step_amount", "tolerance_g"];
        let fields = Fields::open(json, path, &known)?;
        Ok(Self {
            first_g: fields.required("first_g")?,
            first_amount: fields.required("first_amount")?,
            step_g: fields.required("step_g")?,
            step_amount: fields.required("step_amount")?,
            tolerance_g: fields.or_default("tolerance_g")?,
        })
    }
}

impl Read for TableBy {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        word(json, path, &[("weight", Self::Weight), ("subtotal", Self::Subtotal)])
    }
}

impl Read for Tier {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let fields = Fields::open(json, path, &["up_to", "amount"])?;
        Ok(Self { up_to: fields.required("up_to")?, amount: fields.required("amount")? })
    }
}

impl Read for FreeOver {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let fields = Fields::open(json, path, &["amount", "basis"])?;
        Ok(Self { amount: fields.required("amount")?, basis: fields.required("basis")? })
    }
}

impl Read for FreeOverBasis {
    fn read(json: &Json<'_>, path: &Path<'_>) -> Result<Self, Refusal> {
        let bases =
            [("before_discount", Self::BeforeDiscount), ("after_discount", Self::AfterDiscount)];
        word(json, path, &bases)
    }
}

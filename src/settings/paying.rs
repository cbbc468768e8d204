//! What the merchant asks for how one pays.

use serde::{Deserialize, Serialize};

/// On which terms the courier takes the money; where she does, `cash_on_delivery_in` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CashOnDelivery {
    /// Added to the bill, in minor units and quoted as all prices of the shop; 0 for none.
    pub fee: i64,
    /// The class of goods whose tax the fee bears.
    pub tax_class: String,
    /// No order of more, in minor units without the fee; 0 for any.
    pub up_to: i64,
}

impl Default for CashOnDelivery {
    fn default() -> Self {
        Self { fee: 0, tax_class: "standard".into(), up_to: 0 }
    }
}

//! An order's number, payment and addresses.

use diesel::prelude::*;

use crate::db::schema::order_address;

/// What shopper and merchant call an order: nine digits that tell nobody how many orders there
/// are, in threes so that they can be read aloud, like `482-177-305`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderNumber(String);

impl OrderNumber {
    pub fn random() -> Self {
        let part = || rand::random_range(0..1_000);
        Self(format!("{:03}-{:03}-{:03}", rand::random_range(100..1_000), part(), part()))
    }

    /// As a person types it: only the nine digits count.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).collect();
        let parts: Vec<String> = digits.chunks(3).map(|part| part.iter().collect()).collect();
        (digits.len() == 9).then(|| Self(parts.join("-")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How the shopper pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// On a page of Stripe's.
    Stripe,
    /// On a page of Midtrans'.
    Midtrans,
    /// On a page where no money moves, to try the shop out.
    Rehearsal,
    BankTransfer,
    CashOnDelivery,
    /// There is nothing to pay.
    Free,
}

impl Payment {
    pub const ALL: [Self; 6] = [
        Self::Stripe,
        Self::Midtrans,
        Self::Rehearsal,
        Self::BankTransfer,
        Self::CashOnDelivery,
        Self::Free,
    ];

    /// Its name in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::Midtrans => "midtrans",
            Self::BankTransfer => "bank_transfer",
            Self::CashOnDelivery => "cash_on_delivery",
            Self::Free => "free",
            Self::Rehearsal => "rehearsal",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|payment| payment.code() == code)
    }

    /// The key of the text that shoppers know it by.
    pub fn text(self) -> &'static str {
        match self {
            Self::Stripe => "pay-stripe",
            Self::Midtrans => "pay-midtrans",
            Self::Rehearsal => "pay-rehearsal",
            Self::BankTransfer => "bank-transfer",
            Self::CashOnDelivery => "cash-on-delivery",
            Self::Free => "nothing-to-pay",
        }
    }

    /// Whether a person says what has arrived, in as many parts as it comes. Else a gateway says
    /// it, and an order waits for that before it is placed.
    pub fn is_by_hand(self) -> bool {
        match self {
            Self::Stripe | Self::Midtrans | Self::Rehearsal => false,
            Self::BankTransfer | Self::CashOnDelivery | Self::Free => true,
        }
    }
}

/// Why an order ends before anything of it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Its money did not come in time. Should it still come, the order is taken up again.
    Overdue,
    /// Somebody wants it, for this reason; may be empty.
    Wanted(String),
}

/// How the goods of an order come to the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    Parcel,
    /// She fetches them from the shop.
    Pickup,
    /// There is nothing to bring, as with what is sent by mail.
    Nothing,
}

impl Handover {
    const ALL: [Self; 3] = [Self::Parcel, Self::Pickup, Self::Nothing];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parcel => "parcel",
            Self::Pickup => "pickup",
            Self::Nothing => "none",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|handover| handover.code() == code)
    }
}

/// Where something goes, or who pays. What a country does not ask for is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = order_address)]
pub struct Address {
    pub name: String,
    pub company: String,
    pub tax_number: String,
    pub line1: String,
    pub line2: String,
    pub district: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    /// Two capital letters.
    pub country: String,
}

impl Address {
    /// The address as it stands on a parcel, without the country.
    pub fn lines(&self) -> Vec<String> {
        let joined = |parts: [&str; 2], between: &str| {
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(between)
        };
        let lines = [
            self.name.clone(),
            self.company.clone(),
            self.line1.clone(),
            self.line2.clone(),
            joined([&self.district, &self.city], ", "),
            joined([&self.region, &self.postcode], " "),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// The two addresses of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    Delivery,
    Billing,
}

impl AddressKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Billing => "billing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_number_is_read_aloud_in_threes() {
        for _ in 0..100 {
            let number = OrderNumber::random();
            let parts: Vec<&str> = number.as_str().split('-').collect();
            assert_eq!(parts.len(), 3);
            assert!(parts.iter().all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit())));
            assert!(!number.as_str().starts_with('0'));
            assert_eq!(OrderNumber::parse(number.as_str()), Some(number));
        }
    }

    #[test]
    fn an_order_number_is_typed_in_many_ways() {
        for typed in
            ["482-177-305", " 482 177 305 ", "482177305", "Order 482-177-305", "#482177305"]
        {
            let number = OrderNumber::parse(typed);
            assert_eq!(number.as_ref().map(OrderNumber::as_str), Some("482-177-305"), "{typed}");
        }
        for none in ["", "482-177-30", "482-177-3055", "٤٨٢١٧٧٣٠٥"] {
            assert_eq!(OrderNumber::parse(none), None, "{none}");
        }
    }

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        let address = Address {
            name: "Rani Wijaya".into(),
            line1: "Jl. Cihampelas 112".into(),
            district: "Coblong".into(),
            city: "Kota Bandung".into(),
            postcode: "40131".into(),
            ..Address::default()
        };
        let lines = ["Rani Wijaya", "Jl. Cihampelas 112", "Coblong, Kota Bandung", "40131"];
        assert_eq!(address.lines(), lines);
    }
}

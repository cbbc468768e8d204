//! Currencies by their three letters, and how many decimals each has.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::MoneyError;

/// A currency: three letters A–Z.
///
/// `parse` is for the shop and knows the active ISO 4217 codes; `from_letters` is for the pricing
/// core, which by its specification takes any three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Indonesian rupiah.
    pub const IDR: Self = Self(*b"IDR");
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// Japanese yen.
    pub const JPY: Self = Self(*b"JPY");

    /// The currency of an active ISO 4217 code, in capitals.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        Self::from_letters(code)
            .filter(|known| Self::all().any(|currency| currency == *known))
            .ok_or_else(|| MoneyError::UnknownCurrency(code.to_owned()))
    }

    /// Any three capital letters, known or not. Source: pricing/SPEC.md, Numbers.
    pub fn from_letters(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// Every active ISO 4217 currency, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Self> {
        ACTIVE.split_ascii_whitespace().filter_map(Self::from_letters)
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many decimals the currency has: 0 for yen, 2 for dollar, 3 for dinar.
    ///
    /// ISO 4217, except rupiah, which is kept whole (pricing/SPEC.md, Numbers).
    pub fn exponent(&self) -> u32 {
        match &self.0 {
            b"IDR" | b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW"
            | b"PYG" | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_letters(&code)
            .ok_or_else(|| de::Error::custom("a currency is three letters A\u{2013}Z"))
    }
}

/// ISO 4217 list one, 2026: what people pay with; no metals, no test codes, no accounting units
/// of banks.
const ACTIVE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN \
    BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY \
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU \
    MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON \
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP \
    TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER \
    ZAR ZMW ZWG";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_iso_4217_except_for_rupiah() {
        let exponent = |code| Currency::parse(code).map(|currency| currency.exponent());
        assert_eq!(exponent("IDR"), Ok(0));
        assert_eq!(exponent("JPY"), Ok(0));
        assert_eq!(exponent("USD"), Ok(2));
        assert_eq!(exponent("KWD"), Ok(3));
        assert_eq!(exponent("CLF"), Ok(4));
    }

    #[test]
    fn the_shop_knows_only_active_codes_in_capitals() {
        assert_eq!(Currency::parse("EUR"), Ok(Currency::EUR));
        for code in ["", "E", "EU", "EURO", "eur", "E1R", "XXX", "DEM", "Rp", "ÉU"] {
            assert_eq!(Currency::parse(code), Err(MoneyError::UnknownCurrency(code.to_owned())));
        }
    }

    #[test]
    fn the_core_takes_any_three_capital_letters() {
        assert_eq!(Currency::from_letters("QQQ").map(|currency| currency.exponent()), Some(2));
        assert_eq!(Currency::from_letters("QQ"), None);
        assert_eq!(Currency::from_letters("qqq"), None);
    }

    #[test]
    fn the_list_is_in_order_and_every_exception_is_on_it() {
        let all: Vec<Currency> = Currency::all().collect();
        assert!(all.is_sorted());
        assert_eq!(all.len(), ACTIVE.split_ascii_whitespace().count());
        let of = |exponent| all.iter().filter(|currency| currency.exponent() == exponent).count();
        assert_eq!((of(0), of(3), of(4)), (18, 7, 2));
    }

    #[test]
    fn a_currency_is_its_code_in_json() {
        assert_eq!(serde_json::to_string(&Currency::IDR).ok().as_deref(), Some("\"IDR\""));
        assert_eq!(serde_json::from_str::<Currency>("\"QQQ\"").ok(), Currency::from_letters("QQQ"));
        assert!(serde_json::from_str::<Currency>("\"qq\"").is_err());
        assert_eq!(format!("{} {:?}", Currency::IDR, Currency::USD), "IDR USD");
    }
}

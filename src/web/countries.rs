//! The countries of ISO 3166-1, by name in the visitor's language.

use super::shell::Shell;
use crate::values::Country;

/// Every code that is assigned (ISO 3166-1 alpha-2).
const CODES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// Every country that there is, by its code.
pub fn all() -> impl Iterator<Item = Country> {
    CODES.iter().filter_map(|code| Country::parse(code))
}

/// Whether the two letters are those of a country.
pub fn exists(country: Country) -> bool {
    CODES.binary_search(&country.code()).is_ok()
}

/// The country's name in the visitor's language.
pub fn name(shell: &Shell, country: Country) -> String {
    shell.t(&format!("country-{}", country.code())).to_owned()
}

/// All countries with their names, in the order of the names.
pub fn by_name(shell: &Shell) -> Vec<(Country, String)> {
    let mut named: Vec<_> = all().map(|country| (country, name(shell, country))).collect();
    named.sort_by_cached_key(|(_, name)| name.replace('Å', "A"));
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::web::texts;

    #[test]
    fn every_country_has_its_name_in_every_language() {
        assert!(CODES.is_sorted());
        for language in Language::ALL {
            for code in CODES {
                let key = format!("country-{code}");
                assert_ne!(texts::of(language).get(&key), key);
            }
        }
    }
}

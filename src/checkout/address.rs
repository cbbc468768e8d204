//! Reads an address from the form, by the rules of its country.

use super::fields::{Reader, TextRule};
use super::form::{LONGEST_COMPANY, LONGEST_TAX_NUMBER};
use super::formats::{Format, Part, Postcode, Slot, format};
use crate::addresses::NewEntry;
use crate::orders::Address;
use crate::values::Country;

/// Reads an address whose fields begin with `prefix`. Only the parts that the country has are
/// looked at.
pub(super) fn read(reader: &mut Reader<'_>, prefix: &str, country: Country) -> Address {
    let format = format(country);
    let mut address = Address { country: country.code().to_owned(), ..Address::default() };
    for slot in format.slots {
        let field = format!("{prefix}{}", slot.part.code());
        let value = read_part(reader, &field, slot, format);
        match slot.part {
            Part::Name => address.name = value,
            Part::Line1 => address.line1 = value,
            Part::Line2 => address.line2 = value,
            Part::District => address.district = value,
            Part::City => address.city = value,
            Part::Region => address.region = value,
            Part::Postcode => address.postcode = value,
        }
    }
    address
}

/// Reads where an order goes.
pub fn read_address(reader: &mut Reader<'_>, country: Country) -> Address {
    read(reader, "", country)
}

/// Reads an address for a customer's book: with what a bill needs, and whom the courier calls.
pub fn read_entry(reader: &mut Reader<'_>, country: Country) -> NewEntry {
    let address = read(reader, "", country);
    let phone = reader.phone("phone", country);
    NewEntry { address: read_company(reader, "", address), phone }
}

/// Adds company and tax number, which are never asked for.
pub(super) fn read_company(reader: &mut Reader<'_>, prefix: &str, address: Address) -> Address {
    let mut optional = |name: &str, most| {
        reader.text(&format!("{prefix}{name}"), TextRule { missing: None, most })
    };
    let company = optional("company", LONGEST_COMPANY);
    let tax_number = optional("tax_number", LONGEST_TAX_NUMBER);
    Address { company, tax_number, ..address }
}

/// The fields of a form that hold an address.
pub fn filled(prefix: &str, address: &Address) -> Vec<(String, String)> {
    let parts = [
        ("country", &address.country),
        ("made_for", &address.country),
        (Part::Name.code(), &address.name),
        (Part::Line1.code(), &address.line1),
        (Part::Line2.code(), &address.line2),
        (Part::District.code(), &address.district),
        (Part::City.code(), &address.city),
        (Part::Region.code(), &address.region),
        (Part::Postcode.code(), &address.postcode),
    ];
    parts.map(|(name, value)| (format!("{prefix}{name}"), value.clone())).into()
}

/// Those that hold its company and tax number.
pub fn filled_company(prefix: &str, address: &Address) -> Vec<(String, String)> {
    let parts = [("company", &address.company), ("tax_number", &address.tax_number)];
    parts.map(|(name, value)| (format!("{prefix}{name}"), value.clone())).into()
}

/// A ZIP code, written with its hyphen if it has nine digits.
fn zip(reader: &mut Reader<'_>, field: &str, slot: &Slot, example: &'static str) -> String {
    let typed = reader.form().get(field);
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    match (is_number, digits.len()) {
        (true, 5) => digits,
        (true, 9) => format!("{}-{}", &digits[..5], &digits[5..]),
        _ => {
            reader.wrong_like(field, slot.missing.unwrap_or(slot.label), example);
            typed.to_owned()
        }
    }
}

/// Reads nothing but the name.
pub(super) fn read_name(reader: &mut Reader<'_>, country: Country) -> String {
    let format = format(country);
    let name = format.slots.iter().find(|slot| slot.part == Part::Name);
    name.map(|slot| read_part(reader, Part::Name.code(), slot, format)).unwrap_or_default()
}

fn read_part(reader: &mut Reader<'_>, field: &str, slot: &Slot, format: &Format) -> String {
    match (slot.part, format.postcode) {
        (Part::Postcode, Postcode::Digits { count, example }) => {
            let digits: String =
                reader.form().get(field).chars().filter(|c| !c.is_whitespace()).collect();
            if digits.len() != count || !digits.bytes().all(|b| b.is_ascii_digit()) {
                reader.wrong_like(field, slot.missing.unwrap_or(slot.label), example);
            }
            digits
        }
        (Part::Postcode, Postcode::Zip { example }) => zip(reader, field, slot, example),
        (Part::Region, _) if !format.regions.is_empty() => {
            let chosen = reader.form().get(field).to_owned();
            if !format.regions.contains(&chosen.as_str()) {
                reader.wrong(field, slot.missing.unwrap_or(slot.label));
            }
            chosen
        }
        _ => {
            let rule = TextRule { missing: slot.missing, most: slot.part.most() };
            let text = reader.text(field, rule);
            if slot.part == Part::Name && !text.is_empty() && !text.chars().any(char::is_alphabetic)
            {
                reader.wrong(field, "missing-name");
            }
            text
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::web::Form;

    fn mistakes(country: &str, form: &str) -> Vec<(String, String)> {
        let form = Form::parse(form.as_bytes()).unwrap();
        let mut reader = Reader::new(&form);
        read(&mut reader, "", Country::parse(country).unwrap());
        reader.mistakes.into_iter().map(|m| (m.field, m.key)).collect()
    }

    const BANDUNG: &str = "name=Rani+Wijaya&line1=Jl.+Cihampelas+112&region=Jawa+Barat\
                           &city=Kota+Bandung&district=Coblong&postcode=40131";

    #[test]
    fn an_indonesian_address_has_all_its_parts() {
        assert_eq!(mistakes("ID", BANDUNG), []);
        let missing: Vec<String> = mistakes("ID", "").into_iter().map(|m| m.0).collect();
        assert_eq!(missing, ["name", "line1", "region", "city", "district", "postcode"]);
    }

    #[test]
    fn a_postcode_has_the_digits_of_its_country() {
        let wrong =
            |country, code: &str| !mistakes(country, &format!("{BANDUNG}0&x={code}")).is_empty();
        assert!(wrong("ID", ""));
        assert_eq!(mistakes("SG", "name=A&line1=B&postcode=238+801"), []);
        assert_eq!(mistakes("SG", "name=A&line1=B&postcode=40131").len(), 1);
        assert_eq!(mistakes("SG", "name=A&line1=B&postcode=%D9%A1%D9%A2%D9%A3").len(), 1);
    }

    #[test]
    fn a_zip_code_has_five_or_nine_digits() {
        let address = "name=A&line1=B&city=C&region=California&postcode=";
        for good in ["94103", "94103-1234", "941031234"] {
            assert_eq!(mistakes("US", &format!("{address}{good}")), []);
        }
        for bad in ["", "9410", "94103-12", "ABCDE", "%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5"] {
            assert_eq!(mistakes("US", &format!("{address}{bad}")).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_region_is_one_of_the_countrys() {
        let elsewhere = BANDUNG.replace("Jawa+Barat", "Bavaria");
        assert_eq!(mistakes("ID", &elsewhere), [("region".into(), "missing-province".into())]);
        assert_eq!(mistakes("DE", "name=A&line1=B&city=C&region=Bavaria&postcode=80331"), []);
    }

    #[test]
    fn a_name_is_made_of_any_letters() {
        for name in ["Suharto", "O'Brien-Müller", "李明", "Nguyễn Văn A"] {
            let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
            assert_eq!(mistakes("SG", &format!("name={encoded}&line1=B&postcode=238801")), []);
        }
        assert_eq!(mistakes("SG", "name=123&line1=B&postcode=238801").len(), 1);
    }
}

//! Who buys in an invented shop, and where she lives.

use crate::orders::Address;
use crate::values::{Country, Place};

const FIRST: [&str; 16] = [
    "Rani", "Budi", "Sari", "Dewi", "Agus", "Putri", "Joko", "Wulan", "Hendra", "Maya", "Rizky",
    "Intan", "Fajar", "Lestari", "Bayu", "Citra",
];
const LAST: [&str; 16] = [
    "Wijaya", "Santoso", "Siregar", "Hidayat", "Nasution", "Kusuma", "Pratama", "Saputra", "Halim",
    "Gunawan", "Lubis", "Permata", "Setiawan", "Tanjung", "Wibowo", "Yulianti",
];

/// A shopper's name; the same number has the same one. Most have two names before their last one.
pub(super) fn name(number: u64) -> String {
    let part =
        |names: [&'static str; 16], n: u64| names[usize::try_from(n % 16).unwrap_or_default()];
    let (first, last) = (part(FIRST, number), part(LAST, number / 16));
    match part(FIRST, number / 256) {
        second if number < 256 || second == first => format!("{first} {last}"),
        second => format!("{first} {second} {last}"),
    }
}

/// An address that reaches nobody (RFC 2606).
pub(super) fn email(number: u64) -> String {
    format!("shopper{number}@example.com")
}

/// The number of the nth shopper who has an account.
pub(super) fn with_account(nth: u32) -> u64 {
    u64::from(nth) * 3
}

/// One in three has an account.
pub(super) fn has_account(number: u64) -> bool {
    number.is_multiple_of(3)
}

struct Home {
    line1: &'static str,
    district: &'static str,
    city: &'static str,
    region: &'static str,
    postcode: &'static str,
    country: &'static str,
}

const HOMES: [Home; 5] = [
    Home {
        line1: "Jl. Cihampelas 112",
        district: "Coblong",
        city: "Kota Bandung",
        region: "Jawa Barat",
        postcode: "40131",
        country: "ID",
    },
    Home {
        line1: "Jl. Kemang Raya 8",
        district: "Mampang Prapatan",
        city: "Kota Jakarta Selatan",
        region: "DKI Jakarta",
        postcode: "12730",
        country: "ID",
    },
    Home {
        line1: "Jl. Darmo 41",
        district: "Wonokromo",
        city: "Kota Surabaya",
        region: "Jawa Timur",
        postcode: "60241",
        country: "ID",
    },
    Home {
        line1: "Jl. Hayam Wuruk 5",
        district: "Denpasar Timur",
        city: "Kota Denpasar",
        region: "Bali",
        postcode: "80233",
        country: "ID",
    },
    Home {
        line1: "21 Tanjong Pagar Road",
        district: "",
        city: "Singapore",
        region: "",
        postcode: "088444",
        country: "SG",
    },
];

/// Where shopper `number` lives, in Indonesia where a courier is to take the money.
pub(super) fn address(number: u64, is_at_home: bool) -> Address {
    let most = if is_at_home { HOMES.len() - 1 } else { HOMES.len() };
    let home = &HOMES[usize::try_from(number).unwrap_or_default() % most];
    Address {
        name: name(number),
        line1: home.line1.into(),
        district: home.district.into(),
        city: home.city.into(),
        region: home.region.into(),
        postcode: home.postcode.into(),
        country: home.country.into(),
        ..Address::default()
    }
}

/// What tax and delivery to an address go by.
pub(super) fn place(address: &Address) -> Option<Place> {
    Some(Place {
        country: Country::parse(&address.country)?,
        region: address.region.clone(),
        postcode: address.postcode.clone(),
    })
}

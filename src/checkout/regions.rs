//! Provinces and states to choose from, as they are written on a parcel.

/// The 38 provinces of Indonesia, from west to east (since 2022).
pub(super) const INDONESIA: &[&str] = &[
    "Aceh",
    "Sumatera Utara",
    "Sumatera Barat",
    "Riau",
    "Kepulauan Riau",
    "Jambi",
    "Sumatera Selatan",
    "Kepulauan Bangka Belitung",
    "Bengkulu",
    "Lampung",
    "Banten",
    "DKI Jakarta",
    "Jawa Barat",
    "Jawa Tengah",
    "DI Yogyakarta",
    "Jawa Timur",
    "Bali",
    "Nusa Tenggara Barat",
    "Nusa Tenggara Timur",
    "Kalimantan Barat",
    "Kalimantan Tengah",
    "Kalimantan Selatan",
    "Kalimantan Timur",
    "Kalimantan Utara",
    "Sulawesi Utara",
    "Gorontalo",
    "Sulawesi Tengah",
    "Sulawesi Barat",
    "Sulawesi Selatan",
    "Sulawesi Tenggara",
    "Maluku",
    "Maluku Utara",
    "Papua",
    "Papua Barat",
    "Papua Barat Daya",
    "Papua Pegunungan",
    "Papua Selatan",
    "Papua Tengah",
];

/// The 13 states and 3 federal territories of Malaysia.
pub(super) const MALAYSIA: &[&str] = &[
    "Johor",
    "Kedah",
    "Kelantan",
    "Melaka",
    "Negeri Sembilan",
    "Pahang",
    "Perak",
    "Perlis",
    "Pulau Pinang",
    "Sabah",
    "Sarawak",
    "Selangor",
    "Terengganu",
    "W.P. Kuala Lumpur",
    "W.P. Labuan",
    "W.P. Putrajaya",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_there_once() {
        let distinct = |list: &[&str]| list.iter().collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!((INDONESIA.len(), distinct(INDONESIA)), (38, 38));
        assert_eq!((MALAYSIA.len(), distinct(MALAYSIA)), (16, 16));
    }
}

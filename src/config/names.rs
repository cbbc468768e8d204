//! The names of the settings, and the nearest one to a name that does not exist.

/// Every setting by its name in `etalase.toml`; the variable is `ETALASE_` and the name in capitals.
pub(super) const NAMES: [&str; 23] = [
    "data_dir",
    "database_url",
    "host",
    "port",
    "public_url",
    "allowed_hosts",
    "trusted_proxies",
    "limits",
    "workers",
    "database_connections",
    "files_url",
    "smtp_url",
    "mail_from",
    "password_cost",
    "stripe_key",
    "stripe_webhook_secrets",
    "stripe_url",
    "midtrans_server_key",
    "midtrans_url",
    "jobs",
    "test_payments",
    "log_format",
    "log",
];

pub(super) fn known(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| *known == name)
}

/// `did you mean …?`
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = known.min_by_key(|known| distance(name, known)).unwrap_or_default();
    format!("did you mean {near}?")
}

/// The known name that was probably meant, if one is so near.
pub fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // No slip of the hand is longer, and the distance of long texts takes its time.
    let name = Some(name).filter(|name| name.len() <= 100)?;
    let most = (name.chars().count() / 2).clamp(1, 3);
    let near = known.min_by_key(|known| distance(name, known));
    near.filter(|known| distance(name, known) <= most)
}

/// Letters to add, drop or change to get from one name to the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

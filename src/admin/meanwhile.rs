//! Two people with one form open: the second is shown what the first has saved, with everything
//! that she typed herself still there.
//!
//! A form carries a short hash of each field as it was shown. That tells, without the old text,
//! who of the two has changed a field.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::web::Form;

/// Fields by name, as they stand.
pub type Fields = [(String, String)];

/// The form to go on with.
pub struct Merged {
    pub form: Form,
    /// What somebody else has changed and she has not: it is in the form.
    pub taken: Vec<String>,
    /// What both have changed: hers is in the form, and this is the other's.
    pub theirs: BTreeMap<String, String>,
}

/// For the hidden field `seen` of a form.
pub fn seal(fields: &Fields) -> String {
    let sealed = fields.iter().map(|(name, text)| format!("{name}={}", hash(text)));
    sealed.collect::<Vec<_>>().join(" ")
}

/// What somebody typed into a form that was sealed before somebody else changed what it is about.
pub fn merge(typed: &Form, now: &Fields) -> Merged {
    let seen: BTreeMap<&str, &str> =
        typed.get("seen").split(' ').filter_map(|pair| pair.split_once('=')).collect();
    let mut merged = Merged { form: typed.clone(), taken: Vec::new(), theirs: BTreeMap::new() };
    for (name, now) in now {
        let was = seen.get(name.as_str()).copied().unwrap_or_default();
        let hers = plain(typed.get(name));
        if hash(now) == was || hers == plain(now) {
            continue;
        }
        if hash(&hers) == was {
            merged.form = merged.form.with([(name.clone(), now.clone())]);
            merged.taken.push(name.clone());
        } else {
            merged.theirs.insert(name.clone(), now.clone());
        }
    }
    merged
}

/// A browser sends other line ends than it was given.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(plain(text));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(texts: [&str; 4]) -> Vec<(String, String)> {
        let names = ["name", "tags", "text", "brand"];
        names.iter().zip(texts).map(|(name, text)| ((*name).into(), text.into())).collect()
    }

    #[test]
    fn nothing_of_either_is_lost() {
        let seen = seal(&fields(["Cup", "gift", "One\ntwo", "bumi"]));
        let typed =
            [("name", "Mug"), ("tags", "gift"), ("text", "One\r\nthree"), ("brand", "bumi")];
        let typed = Form::filled(&typed).with([("seen".to_owned(), seen)]);
        let merged = merge(&typed, &fields(["Cup", "gift, new", "One\nfour", "bumi"]));
        let texts = ["name", "tags", "text", "brand"].map(|name| merged.form.get(name));
        assert_eq!(texts, ["Mug", "gift, new", "One\r\nthree", "bumi"]);
        assert_eq!(merged.taken, ["tags"]);
        assert_eq!(merged.theirs, BTreeMap::from([("text".into(), "One\nfour".into())]));
    }

    #[test]
    fn what_both_have_typed_alike_is_settled() {
        let seen = seal(&fields(["Cup", "", "", ""]));
        let typed = Form::filled(&[("name", "Mug")]).with([("seen".to_owned(), seen)]);
        let merged = merge(&typed, &fields(["Mug", "", "", ""]));
        assert!(merged.taken.is_empty() && merged.theirs.is_empty());
    }
}

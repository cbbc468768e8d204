//! What a change has changed, field by field.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fields that differ, as they were and as they are; of none before, those that say something.
pub fn differing(before: &[(String, String)], after: &[(String, String)]) -> (Value, Value) {
    let was: BTreeMap<&String, &String> = before.iter().map(|(name, text)| (name, text)).collect();
    let (mut old, mut new) = (Map::new(), Map::new());
    for (name, text) in after {
        let known = was.get(name).map_or("", |text| text.as_str());
        if known != text {
            if !before.is_empty() {
                old.insert(name.clone(), known.into());
            }
            new.insert(name.clone(), text.as_str().into());
        }
    }
    (old.into(), new.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_told() {
        let fields = |name: &str, tags: &str| {
            vec![("name".to_owned(), name.to_owned()), ("tags".to_owned(), tags.to_owned())]
        };
        let (before, after) = differing(&fields("Cup", "gift"), &fields("Mug", "gift"));
        assert_eq!((before, after), (json!({ "name": "Cup" }), json!({ "name": "Mug" })));
        let (before, after) = differing(&[], &fields("Mug", ""));
        assert_eq!((before, after), (json!({}), json!({ "name": "Mug" })));
    }
}

//! The SPEC's examples, value for value: tests/pricing/examples.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Bill, Request, quote};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pricing/examples");

/// The requests that have an answer of this kind ("out" or "err"), each with the answer.
fn examples(kind: &str) -> Vec<(PathBuf, String, Value)> {
    let files = fs::read_dir(FOLDER).expect("the examples are in the repository");
    let answers = files.map(|file| file.expect("a folder can be listed").path());
    let ending = format!(".{kind}.json");
    let name =
        |path: &Path| path.to_str().and_then(|name| name.strip_suffix(&ending)).map(str::to_owned);
    answers
        .filter_map(|answer| name(&answer).map(|name| (answer, name)))
        .map(|(answer, name)| {
            let request = read(format!("{name}.in.json"));
            let answer_json = serde_json::from_str(&read(&answer)).expect("an answer is JSON");
            (answer, request, answer_json)
        })
        .collect()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).expect("an example can be read")
}

#[test]
fn every_example_gives_its_bill() {
    let examples = examples("out");
    assert_eq!(examples.len(), 21);
    for (path, request, expected) in examples {
        let bill = Request::from_json(&request).and_then(|request| quote(&request));
        let bill = bill.unwrap_or_else(|refusal| unreachable!("{}: {refusal:?}", path.display()));
        assert_eq!(json!(bill), expected, "{}", path.display());
    }
}

#[test]
fn every_refused_example_names_its_mistake() {
    let examples = examples("err");
    assert_eq!(examples.len(), 10);
    for (path, request, expected) in examples {
        let refused = Request::from_json(&request).and_then(|request| quote(&request)).err();
        let refused = refused.map(|refusal| json!({"code": refusal.code, "path": refusal.path}));
        assert_eq!(refused.as_ref(), Some(&expected["error"]), "{}", path.display());
    }
}

#[test]
fn a_stored_request_is_read_again_as_it_was() {
    for (path, request, _) in examples("out") {
        let request = Request::from_json(&request).expect("a good example");
        let stored = serde_json::to_string(&request).expect("a request can be written");
        assert_eq!(Request::from_json(&stored), Ok(request), "{}", path.display());
    }
}

#[test]
fn a_stored_bill_is_read_again_as_it_was() {
    for (path, request, _) in examples("out") {
        let request = Request::from_json(&request).expect("a good example");
        let bill = quote(&request).expect("a good example");
        let stored = serde_json::to_string(&bill).expect("a bill can be written");
        assert_eq!(serde_json::from_str::<Bill>(&stored).ok(), Some(bill), "{}", path.display());
    }
}

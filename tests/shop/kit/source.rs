//! The project's own files, for tests that hold the house to its rules.

use std::path::Path;

/// A file of the project.
pub struct Source {
    /// From the root: `src/catalog/product.rs`
    pub path: String,
    pub text: String,
}

impl Source {
    /// The folder or file right below `src/`, `templates/` …: `catalog`
    pub fn room(&self) -> &str {
        let room = self.path.split('/').nth(1).unwrap_or_default();
        room.split('.').next().unwrap_or_default()
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> &str {
        Path::new(&self.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }

    /// What stands between `before` and the next `after`, wherever `before` occurs.
    pub fn between<'a>(&'a self, before: &'a str, after: char) -> impl Iterator<Item = &'a str> {
        self.text.match_indices(before).filter_map(move |(at, _)| {
            self.text[at + before.len()..].split_once(after).map(|(found, _)| found)
        })
    }
}

/// All files with this ending in a folder and below it, in order.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    gather(Path::new(folder), ending, &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no *{ending} in {folder}");
    let read = |path: String| Source { text: std::fs::read_to_string(&path).unwrap(), path };
    paths.into_iter().map(read).collect()
}

fn gather(folder: &Path, ending: &str, paths: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.to_str().expect("our own names are UTF-8") {
            _ if path.is_dir() => gather(&path, ending, paths),
            name if name.ends_with(ending) => paths.push(name.to_owned()),
            _ => {}
        }
    }
}

/// The names of what lies in a folder, in order.
pub fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

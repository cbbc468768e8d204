//! The house keeps its rules (ARCHITECTURE): rooms in order, pages beside their templates, one set of migrations.

use crate::kit::source::{Source, files, names};

#[test]
fn a_room_uses_only_rooms_before_it() {
    let list = std::fs::read_to_string("src/lib.rs").unwrap();
    let rooms: Vec<&str> =
        list.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let place = |room: &str| rooms.iter().position(|known| *known == room);
    for file in files("src", ".rs") {
        // The binary and the list itself stand above all rooms.
        let Some(own) = place(file.room()) else { continue };
        for used in used_rooms(&file) {
            let used_place = place(used).unwrap_or_else(|| panic!("{}: no {used}", file.path));
            assert!(used_place <= own, "{} uses {used}, which comes later", file.path);
        }
    }
}

/// `crate::db::Conn` and `use crate::{catalog, content}`.
fn used_rooms(file: &Source) -> Vec<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = |text: &'_ str| text.find(|c| !is_name(c)).unwrap_or(text.len());
    let paths =
        file.text.match_indices("crate::").map(|(at, found)| &file.text[at + found.len()..]);
    let single = paths.map(|path| &path[..word(path)]).filter(|name| !name.is_empty());
    let grouped = file.between("use crate::{", ';').flat_map(|group| {
        let top_level = group.split(',').map(str::trim_start);
        top_level.map(|part| part.trim_end_matches(['}', ' ', '\n']))
    });
    let grouped = grouped.map(move |part| &part[..word(part)]).filter(|name| !name.is_empty());
    single.chain(grouped.filter(|name| name.starts_with(|c: char| c.is_lowercase()))).collect()
}

#[test]
fn pricing_sees_no_clock_no_disk_and_no_network() {
    let forbidden = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::time",
        "::now()",
        "diesel",
        "actix",
        "tokio",
        "rand::",
        "crate::db",
        "crate::web",
        "f32",
        "f64",
    ];
    let rules = files("src/pricing", ".rs").into_iter().chain(files("src/money", ".rs"));
    // The examples of the specification are files, and their test reads them.
    for file in rules.filter(|file| file.stem() != "examples") {
        let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String = shipped.lines().filter(|line| !line.trim().starts_with("//")).collect();
        for word in forbidden {
            // `money` stores itself, which needs diesel's traits but no connection.
            let is_money = file.room() == "money" && word == "diesel";
            assert!(is_money || !code.contains(word), "{} uses {word}", file.path);
        }
    }
}

#[test]
fn every_page_has_its_template_beside_it() {
    let sources = files("src", ".rs");
    for template in files("templates", ".html").iter().filter(|file| is_page(file)) {
        let named = template.path.trim_start_matches("templates/");
        let page = sources.iter().find(|file| file.text.contains(&format!("path = \"{named}\"")));
        let page = page.unwrap_or_else(|| panic!("no page uses {}", template.path));
        let is_twin = |file: &&Source| {
            file.room() == template.room() && file.stem().starts_with(template.stem())
        };
        assert_eq!(page.room(), template.room(), "{} is of another room", template.path);
        assert!(sources.iter().any(|file| is_twin(&file)), "no page beside {}", template.path);
    }
}

#[test]
fn every_mail_is_written_as_html_and_as_text() {
    let texts = names("templates/mail").into_iter().filter(|name| !name.starts_with('_'));
    let (html, text): (Vec<String>, Vec<String>) = texts.partition(|name| name.ends_with(".html"));
    let twins: Vec<String> = html.iter().map(|name| name.replace(".html", ".txt")).collect();
    assert_eq!(twins, text);
    for name in html.iter().chain(&text) {
        let (page, _) = name.split_once('.').unwrap();
        let source = std::fs::read_to_string(format!("src/mail/{page}.rs")).unwrap();
        assert!(source.contains(&format!("path = \"mail/{name}\"")), "{name} is unused");
    }
}

#[test]
fn every_part_of_a_template_is_used() {
    let templates = files("templates", ".html");
    for part in templates.iter().filter(|file| !is_page(file)) {
        let named = format!("\"{}\"", part.path.trim_start_matches("templates/"));
        assert!(templates.iter().any(|file| file.text.contains(&named)), "{} is unused", part.path);
    }
}

/// What a page struct names; the others are extended, included or imported.
fn is_page(template: &Source) -> bool {
    !template.stem().starts_with('_') && !matches!(template.stem(), "base" | "icons")
}

#[test]
fn templates_carry_no_style_and_no_script_of_their_own() {
    for template in files("templates", ".html") {
        let mut markup = template.text.replace("<script type=\"application/ld+json\">", "");
        // No style sheet reaches a mail.
        if template.room() == "mail" {
            markup = markup.replace("<style>", "");
        }
        // A file of ours, which the page does without.
        let of_ours = "<script defer src=\"{{ shell.asset(\"";
        markup = markup.replace(of_ours, "");
        for bad in ["<script", "<style", " style=", "javascript:"] {
            assert!(!markup.contains(bad), "{} has {bad}, which the CSP refuses", template.path);
        }
        let handlers = markup.match_indices(" on").filter(|(at, _)| {
            let rest = &markup[at + 3..];
            let name = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(0);
            name > 0 && rest[name..].starts_with("=\"")
        });
        assert_eq!(handlers.count(), 0, "{} handles events in its markup", template.path);
    }
}

#[test]
fn every_icon_that_is_named_is_drawn() {
    let icons = std::fs::read_to_string("static/icons.svg").unwrap();
    let is_drawn = |name: &str| icons.contains(&format!("id=\"{name}\""));
    for template in files("templates", ".html") {
        for macro_call in ["icons::icon(shell, \"", "icons::small(shell, \""] {
            for name in template.between(macro_call, '"') {
                assert!(is_drawn(name), "{} shows the icon {name}", template.path);
            }
        }
    }
    for catalogue in files("demo", ".json") {
        for name in catalogue.between("\"icon\": \"", '"') {
            assert!(is_drawn(name), "{} shows the icon {name}", catalogue.path);
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_eq!(names("migrations/sqlite"), names("migrations/postgres"));
    for folder in ["migrations/sqlite", "migrations/postgres"] {
        for name in names(folder) {
            assert_eq!(names(&format!("{folder}/{name}")), ["down.sql", "up.sql"], "{name}");
        }
    }
}

#[test]
fn text_is_shown_unescaped_in_three_places_only() {
    let templates = files("templates", ".html");
    let unescaped = templates.iter().filter(|file| file.text.contains("|safe"));
    let places: Vec<&str> = unescaped.map(|file| file.path.as_str()).collect();
    // What `content/markdown.rs` has made, and data in which nothing can end the element.
    let known =
        ["templates/catalog/home.html", "templates/content/page.html", "templates/web/_head.html"];
    assert_eq!(places, known);
}

#[test]
fn sessions_begin_in_two_places() {
    let sources = files("src", ".rs");
    let begin = sources.iter().filter(|file| file.text.contains("sessions::begin("));
    let places: Vec<&str> = begin.map(|file| file.path.as_str()).collect();
    assert_eq!(places, ["src/customers/enter.rs", "src/staff/sign_in.rs"]);
}

#[test]
fn whatever_field_is_documented_exists() {
    let page = std::fs::read_to_string("docs/fields.md").unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let names: Vec<&str> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|names| names.split('`').skip(1).step_by(2))
        .collect();
    assert!(names.len() > 40, "{names:?}");
    let sources = files("src", ".rs");
    for name in names {
        let literal = format!("\"{name}\"");
        assert!(sources.iter().any(|file| file.text.contains(&literal)), "no field {name}");
    }
}

#[test]
fn whatever_the_scoreboard_names_exists() {
    let board = std::fs::read_to_string("docs/security.md").unwrap();
    let rows: Vec<Vec<&str>> = board
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 195, "ASVS 5.0 has so many for a shop");
    let mut shown = 0;
    for row in &rows {
        let [id, _, _, evidence] = row[..] else { panic!("{row:?}") };
        let is_met = !evidence.starts_with("not yet");
        shown += usize::from(is_met);
        let mut named: Vec<&str> = evidence.split('`').skip(1).step_by(2).collect();
        named.retain(|name| {
            name.contains(['/', ':']) || name.contains(".toml") || name.contains(".md")
        });
        assert!(!is_met || !named.is_empty(), "{id} says nothing");
        for name in named {
            assert!(exists(name), "{id}: there is no {name}");
        }
    }
    assert!(board.contains(&format!("{shown} are shown")), "{shown} are shown");
}

/// A file, `web/bounds::a_story`, or `src/values.rs::a_test`.
fn exists(name: &str) -> bool {
    let Some((file, test)) = name.split_once("::") else {
        return std::path::Path::new(name).exists();
    };
    let paths = match file.ends_with(".rs") {
        true => vec![file.to_owned()],
        false => vec![format!("tests/shop/{file}.rs"), format!("tests/shop/{file}/mod.rs")],
    };
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.into_iter().any(|text| text.contains(&format!("fn {test}(")))
}

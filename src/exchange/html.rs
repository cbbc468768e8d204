//! What other shops write as HTML, as the plain text that descriptions are here.

/// Elements that begin a new line; `p` and headings begin a paragraph.
const BLOCKS: [&str; 6] = ["br", "div", "tr", "ul", "ol", "table"];
const PARAGRAPHS: [&str; 7] = ["p", "h1", "h2", "h3", "h4", "h5", "h6"];
const ENTITIES: [(&str, &str); 7] = [
    ("nbsp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("hellip", "…"),
    ("amp", "&"),
];

/// The text of some HTML; a text that is none stays as it is.
pub(super) fn plain(html: &str) -> String {
    if !html.contains('<') && !html.contains('&') {
        return html.trim().to_owned();
    }
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(&before.replace(['\r', '\n'], " "));
        let Some((tag, after)) = behind.split_once('>').filter(|_| is_tag(behind)) else {
            text.push('<');
            rest = behind;
            continue;
        };
        rest = element(tag, after, &mut text);
    }
    text.push_str(&rest.replace(['\r', '\n'], " "));
    tidy(&entities(&text))
}

fn is_tag(behind: &str) -> bool {
    behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
}

/// What a tag means for the text; what comes after it.
fn element<'a>(tag: &str, after: &'a str, text: &mut String) -> &'a str {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    let name = name.unwrap_or_default().to_lowercase();
    if matches!(name.as_str(), "script" | "style") && !tag.starts_with('/') {
        let lower = after.to_ascii_lowercase();
        let end = lower.find(&format!("</{name}")).unwrap_or(after.len());
        return &after[end..];
    }
    match name.as_str() {
        // A row or a point ends where the next one begins.
        "li" | "tr" if tag.starts_with('/') => {}
        "li" => text.push_str("\n- "),
        name if PARAGRAPHS.contains(&name) => text.push_str("\n\n"),
        name if BLOCKS.contains(&name) => text.push('\n'),
        _ => {}
    }
    after
}

fn entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let known = behind.split_once(';').and_then(|(name, after)| Some((entity(name)?, after)));
        match known {
            Some((letters, after)) => {
                out.push_str(&letters);
                rest = after;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let letter = number.and_then(char::from_u32).map(String::from);
    let named = ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).into());
    letter.or(named)
}

/// No spaces at the ends of lines, and no more than one empty line after another.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_second = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !is_second && line != "-" {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_becomes_lines_of_text() {
        let html = "<p>Thrown &amp; glazed<br/>by hand.</p>\n<ul>\n<li>350&nbsp;ml</li>\n<li>Safe</li></ul>";
        assert_eq!(plain(html), "Thrown & glazed\nby hand.\n\n- 350 ml\n- Safe");
        assert_eq!(plain("a < b, b > c & d"), "a < b, b > c & d");
        assert_eq!(plain("<style>p{}</style><script>x()</SCRIPT>Mug &#8212; &#x41;"), "Mug — A");
        assert_eq!(plain("One\nTwo"), "One\nTwo");
    }

    proptest! {
        #[test]
        fn any_html_is_read_and_a_text_stays_as_it_is(html in ".{0,60}", text in "[^<&]{0,60}") {
            plain(&html);
            prop_assert_eq!(plain(&text), text.trim());
        }
    }
}

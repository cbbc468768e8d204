//! Markdown (CommonMark with tables) as HTML that can do nothing: what a page of the shop may hold and
//! no more, whoever wrote it. HTML in the text is shown as the text that it is.
//!
//! Pages are rendered as they are read: ten kilobytes take some fifty microseconds, and no HTML that
//! an earlier version made is ever trusted.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// The HTML of a text. `href` makes the address of a path of the shop.
pub fn html(text: &str, href: impl Fn(&str) -> String) -> String {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut safe = Safe { href, kept: Vec::new() };
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, events.filter_map(|event| safe.keep(event)));
    page
}

struct Safe<F> {
    href: F,
    /// Of each link and picture that is open, whether it stays one.
    kept: Vec<bool>,
}

impl<F: Fn(&str) -> String> Safe<F> {
    fn keep<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // The page's own heading is above all others.
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_title(level))),
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                let tag = self.lead(tag);
                self.kept.push(tag.is_some());
                Event::Start(tag?)
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                return self.kept.pop().unwrap_or_default().then_some(event);
            }
            other => other,
        })
    }

    /// The same link or picture, if it leads where it may.
    fn lead<'a>(&self, tag: Tag<'a>) -> Option<Tag<'a>> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                let is_mail = link_type == LinkType::Email;
                let dest_url = if is_mail { dest_url } else { self.address(dest_url)? };
                Some(Tag::Link { link_type, dest_url, title, id })
            }
            Tag::Image { ref dest_url, .. } if is_own_picture(dest_url) => Some(tag),
            _ => None,
        }
    }

    fn address<'a>(&self, to: CowStr<'a>) -> Option<CowStr<'a>> {
        match () {
            () if is_path(&to) => Some((self.href)(&to).into()),
            () if is_address(&to) || to.starts_with('#') => Some(to),
            () => None,
        }
    }
}

/// Whether a link may lead there.
pub fn is_link(to: &str) -> bool {
    is_path(to) || is_address(to)
}

/// A path of the shop: no browser takes it for another host.
pub fn is_path(to: &str) -> bool {
    let is_plain = to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    to.starts_with('/') && !to.starts_with("//") && is_plain
}

/// An address elsewhere, that a page may lead to.
fn is_address(to: &str) -> bool {
    let scheme = to.split(':').next().unwrap_or_default().to_ascii_lowercase();
    ["http", "https", "mailto"].contains(&scheme.as_str()) && !to.contains(char::is_control)
}

fn is_own_picture(source: &str) -> bool {
    is_path(source) && source.starts_with("/media/")
}

fn below_title(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(text: &str) -> String {
        html(text, |path| format!("/id{path}")).trim().to_owned()
    }

    #[test]
    fn what_people_write_becomes_a_page() {
        assert_eq!(
            html_of("# One\n\nTwo **three**."),
            "<h2>One</h2>\n<p>Two <strong>three</strong>.</p>"
        );
        assert_eq!(html_of("## Two"), "<h2>Two</h2>");
        assert!(html_of("| A | B |\n|---|---|\n| 1 | 2 |").contains("<td>2</td>"));
        assert!(html_of("- a\n- b").contains("<li>b</li>"));
    }

    #[test]
    fn html_is_shown_as_text() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick=x>\n\nb\n\n</div>",
            "<!-- a -->",
            "<svg><script>x</script>",
            "```<b>\n<b>\n```",
        ] {
            let html = html_of(text);
            for tag in ["<script", "<img", "<div", "<!--", "<svg", "<b>"] {
                assert!(!html.contains(tag), "{html}");
            }
        }
    }

    #[test]
    fn a_link_leads_to_the_web_to_a_mailbox_or_into_the_shop() {
        for (text, link) in [
            ("[a](https://b.example/?c=1&d)", r#"<a href="https://b.example/?c=1&amp;d">a</a>"#),
            ("[a](HTTP://b.example)", r#"<a href="HTTP://b.example">a</a>"#),
            ("[a](mailto:a@b.example)", r#"<a href="mailto:a@b.example">a</a>"#),
            ("<a@b.example>", r#"<a href="mailto:a@b.example">a@b.example</a>"#),
            ("[a](/pages/terms)", r#"<a href="/id/pages/terms">a</a>"#),
            ("[a](#b)", r##"<a href="#b">a</a>"##),
        ] {
            assert_eq!(html_of(text), format!("<p>{link}</p>"));
        }
        for text in [
            "[a](javascript:alert(1))",
            "[a](JAVASCRIPT:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "[a](data:text/html,x)",
            "[a](vbscript:x)",
            "[a](//evil.example)",
            "[a](/\\evil.example)",
            "[a](evil.example)",
            "<javascript:alert(1)>",
            "[a][b]\n\n[b]: javascript:alert(1)",
        ] {
            assert!(!html_of(text).contains("href"), "{}", html_of(text));
        }
    }

    #[test]
    fn a_picture_is_the_shops_own() {
        let own = html_of("![A cup](/media/cup-320.webp)");
        assert_eq!(own, r#"<p><img src="/media/cup-320.webp" alt="A cup" /></p>"#);
        for text in ["![a](https://b.example/c.png)", "![a](//b.example/media/c)", "![a](data:x)"] {
            assert_eq!(html_of(text), "<p>a</p>");
        }
        assert_eq!(html_of("[![a](x)](javascript:y) b"), "<p>a b</p>");
    }
}

//! What a visitor sees of an answer.

use reqwest::{Response, Url};
use scraper::{ElementRef, Html, Node, Selector};
use std::cell::OnceCell;

use super::form::Form;
use super::visitor::Visitor;

/// An answer of the shop.
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
    visitor: Visitor,
    document: OnceCell<Html>,
}

impl Page {
    pub(super) async fn read(visitor: Visitor, answer: Response) -> reqwest::Result<Self> {
        let (url, status) = (answer.url().clone(), answer.status().as_u16());
        let headers = answer.headers().clone();
        let body = match answer.bytes().await {
            // A browser has gone where it leads before its text has come.
            Err(_) if status == 303 => Vec::new(),
            body => body?.to_vec(),
        };
        Ok(Self { url, status, headers, body, visitor, document: OnceCell::new() })
    }

    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        let is_redirect = (300..400).contains(&self.status) && self.status != 304;
        is_redirect.then(|| self.header("location").to_owned())
    }

    pub fn source(&self) -> &str {
        str::from_utf8(&self.body).expect("a page is UTF-8")
    }

    pub fn document(&self) -> &Html {
        self.document.get_or_init(|| Html::parse_document(self.source()))
    }

    /// Every element that a CSS selector finds.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.document().select(&parsed(selector)).collect()
    }

    /// The only element that a CSS selector finds.
    #[track_caller]
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        match self.all(selector)[..] {
            [element] => element,
            ref found => panic!("{} of {selector:?} {}", found.len(), self.described()),
        }
    }

    /// The texts of all elements that a CSS selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    /// An attribute of all elements that a CSS selector finds and that have it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let values = self.all(selector).into_iter().filter_map(|element| element.attr(name));
        values.map(str::to_owned).collect()
    }

    /// The text of the `h1`.
    #[track_caller]
    pub fn heading(&self) -> String {
        text_of(self.one("h1"))
    }

    /// All text, with single spaces.
    pub fn text(&self) -> String {
        self.texts("body").concat()
    }

    /// The text between header and footer.
    pub fn main_text(&self) -> String {
        self.texts("main").concat()
    }

    /// Expects some words on the page.
    #[track_caller]
    pub fn see(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "{words:?} is not {}", self.described());
        self
    }

    /// Expects that some words are not between header and footer.
    #[track_caller]
    pub fn see_no(&self, words: &str) -> &Self {
        assert!(!self.main_text().contains(words), "{words:?} is {}", self.described());
        self
    }

    #[track_caller]
    pub fn expect_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "the status {}", self.described());
        self
    }

    #[track_caller]
    pub fn expect_heading(&self, heading: &str) -> &Self {
        assert_eq!(self.heading(), heading, "the heading {}", self.described());
        self
    }

    /// The form with this action (`/cart/lines`), or that this CSS selector finds (`form.buy`).
    #[track_caller]
    pub fn form(&self, wanted: &str) -> Form {
        let forms = match wanted.starts_with('/') {
            true => self.forms_to(wanted),
            false => self.all(wanted),
        };
        match forms.first() {
            Some(form) => Form::read(self.visitor.clone(), &self.url, self.document(), *form),
            None => panic!("no form {wanted:?} {}", self.described()),
        }
    }

    fn forms_to(&self, path: &str) -> Vec<ElementRef<'_>> {
        let leads_there = |form: &ElementRef<'_>| {
            let action = self.url.join(form.attr("action").unwrap_or_default());
            action.is_ok_and(|url| url.path() == path || url.path() == format!("/id{path}"))
        };
        self.all("form").into_iter().filter(leads_there).collect()
    }

    /// Goes where the link with these words leads.
    pub async fn go(&self, words: &str) -> Self {
        self.visitor.open(&self.link(words)).await
    }

    /// Presses the link with these words.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let link = self.all("a[href]").into_iter().find(|link| text_of(*link) == words);
        match link.and_then(|link| link.attr("href")) {
            Some(href) => self.url.join(href).unwrap().to_string(),
            None => panic!("no link {words:?} {}", self.described()),
        }
    }

    fn described(&self) -> String {
        let words = str::from_utf8(&self.body).map(|_| self.main_text()).unwrap_or_default();
        format!("on {} (status {}):\n{words}", self.url.path(), self.status)
    }
}

pub(super) fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector:?}: {error}"))
}

/// The text that a reader sees, with single spaces.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    gather(*element, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(node: ego_tree::NodeRef<'_, Node>, words: &mut String) {
    match node.value() {
        Node::Text(text) => words.push_str(text),
        Node::Element(element) if matches!(element.name(), "script" | "style" | "template") => {}
        Node::Element(element) => {
            let is_inline = matches!(element.name(), "a" | "b" | "em" | "i" | "span" | "strong");
            let gap = if is_inline { "" } else { " " };
            words.push_str(gap);
            node.children().for_each(|child| gather(child, words));
            words.push_str(gap);
        }
        _ => node.children().for_each(|child| gather(child, words)),
    }
}

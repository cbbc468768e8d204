//! The frame around every page, as the templates see it: texts, links, menu, `<head>`.

use chrono::{Datelike, NaiveDateTime};
use fluent_bundle::FluentValue;
use std::borrow::{Borrow, Cow};
use std::sync::Arc;

use super::frame::Frame;
use super::menus::{CONTACT, MenuEntry};
use super::pages::{MenuPage, PageKind};
use super::picture::Picture;
use super::shop::Shop;
use super::texts::{self, Texts};
use super::visit::Visit;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::settings::ShopSettings;

/// What a page tells browsers and search engines about itself.
#[derive(Debug, Default)]
pub struct Head {
    /// Without the shop's name, which follows; empty on the home page.
    pub title: String,
    pub description: String,
    /// Path of a picture for link previews.
    pub image: String,
    /// Out of search engines, but follow its links.
    pub noindex: bool,
    /// The part of the query that makes this a page of its own, like `page=2`.
    pub canonical_query: String,
    /// JSON-LD, ready to stand in a script element.
    pub structured: Vec<String>,
    /// Open Graph type: `website` unless the page says `product`.
    pub kind: &'static str,
    /// A style sheet of `static/` that this page needs besides `shop.css`; empty for none.
    pub sheet: &'static str,
}

impl Head {
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { title: title.into(), description: description.into(), ..Self::default() }
    }

    /// A page of one visitor: cart, checkout, order.
    pub fn private(title: impl Into<String>) -> Self {
        Self { noindex: true, ..Self::new(title, "") }
    }

    /// A page of an account.
    pub fn of_account() -> Self {
        Self { sheet: "account.css", ..Self::private("") }
    }

    /// A page of an order.
    pub fn of_order(title: impl Into<String>) -> Self {
        Self { sheet: "orders.css", ..Self::private(title) }
    }
}

pub struct Shell {
    pub head: Head,
    pub cart_count: i64,
    /// The name of the customer who is signed in; empty for everybody else.
    pub customer: String,
    /// What the search field shows.
    pub searched: String,
    pub path: String,
    /// Instead of the shop's name, if she has one.
    pub logo: Option<Picture>,
    /// Where the merchant's own style sheet is, if she has one.
    pub theme: Option<String>,
    /// Whether the shop is closed and only staff see this page.
    pub is_preview: bool,
    query: String,
    frame: Arc<Frame>,
    language: Language,
    texts: &'static Texts,
    origin: String,
    now: NaiveDateTime,
}

impl Head {
    /// Adds structured data (schema.org, JSON-LD) to the page.
    pub fn describe(&mut self, data: &serde_json::Value) {
        // "<" would end the script element that it stands in.
        self.structured.push(data.to_string().replace('<', "\\u003c"));
    }
}

/// A link with its words.
#[derive(Clone)]
pub struct Link {
    pub href: String,
    pub text: String,
    pub is_current: bool,
}

/// An entry of the header, and what stands below it.
pub struct MenuLink {
    /// Without an address for a mere heading.
    pub link: Link,
    pub below: Vec<Link>,
}

impl MenuLink {
    fn alone(link: Link) -> Self {
        Self { link, below: Vec::new() }
    }

    /// Itself, if it leads anywhere, and what stands below it.
    pub fn all(&self) -> impl Iterator<Item = &Link> {
        let own = Some(&self.link).filter(|link| !link.href.is_empty());
        own.into_iter().chain(&self.below)
    }
}

impl Shell {
    pub(super) fn new(visit: &Visit, head: Head, cart_count: i64) -> Self {
        Self {
            head,
            cart_count,
            customer: visit.customer.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
            searched: String::new(),
            path: visit.path.clone(),
            logo: visit.frame.logo.clone(),
            theme: visit.frame.theme.as_ref().map(|sheet| format!("/theme/{}", sheet.name)),
            is_preview: visit.is_preview,
            query: visit.raw_query().to_owned(),
            frame: visit.frame.clone(),
            language: visit.language,
            texts: texts::of(visit.language),
            origin: visit.shop.public_url.as_str().to_owned(),
            now: visit.now,
        }
    }

    /// Of no visit: what a mail is written with.
    pub fn of_shop(shop: &Shop, language: Language, now: NaiveDateTime) -> Self {
        Self {
            head: Head::default(),
            cart_count: 0,
            customer: String::new(),
            searched: String::new(),
            path: "/".into(),
            logo: None,
            theme: None,
            is_preview: false,
            query: String::new(),
            frame: shop.frame(),
            language,
            texts: texts::of(language),
            origin: shop.public_url.as_str().to_owned(),
            now,
        }
    }

    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key)
    }

    /// A text with one argument, `name`.
    pub fn with(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.texts.with(key, &[(name, FluentValue::from(value.as_ref()))])
    }

    /// A text about `count` things.
    pub fn count(&self, key: &str, count: impl Borrow<i64>) -> String {
        self.texts.with(key, &[("count", FluentValue::from(*count.borrow()))])
    }

    /// A text about a span of days.
    pub fn days(&self, key: &str, min: impl Borrow<i64>, max: impl Borrow<i64>) -> String {
        let (min, max) = (FluentValue::from(*min.borrow()), FluentValue::from(*max.borrow()));
        self.texts.with(key, &[("min", min), ("max", max)])
    }

    /// For texts with several arguments.
    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    pub fn local<'a>(&'a self, text: &'a LocalText) -> &'a str {
        text.get(self.language, self.frame.own_language())
    }

    pub fn money(&self, amount: &Money) -> String {
        amount.show(self.lang())
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn lang(&self) -> &'static str {
        self.language.code()
    }

    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    pub fn settings(&self) -> &ShopSettings {
        &self.frame.settings
    }

    /// The line above every page, if there is one today: its words, and where they lead if anywhere.
    pub fn announcement(&self) -> Option<(&str, String)> {
        let settings = &self.frame.settings;
        let is_early = settings.announcement_from.is_some_and(|from| self.now < from);
        let is_late = settings.announcement_until.is_some_and(|until| self.now >= until);
        let text = self.local(&settings.announcement);
        let is_shown = !text.is_empty() && !is_early && !is_late;
        is_shown.then(|| (text, self.lead(&settings.announcement_link)))
    }

    pub fn tagline(&self) -> &str {
        self.local(&self.frame.settings.tagline)
    }

    /// The instant that the page is of (UTC).
    pub fn now(&self) -> NaiveDateTime {
        self.now
    }

    pub fn year(&self) -> i32 {
        self.now.year()
    }

    pub fn og_type(&self) -> &str {
        if self.head.kind.is_empty() { "website" } else { self.head.kind }
    }

    /// How one can pay, in words.
    pub fn payment_marks(&self) -> Vec<&str> {
        let settings = &self.frame.settings;
        let transfer = (!settings.bank_accounts.is_empty()).then(|| self.t("bank-transfer"));
        let cash = (!settings.cash_on_delivery_in.is_empty()).then(|| self.t("cash-on-delivery"));
        transfer.into_iter().chain(cash).collect()
    }

    /// The first letter of the name of whoever is signed in.
    pub fn customer_initial(&self) -> String {
        self.customer.chars().take(1).flat_map(char::to_uppercase).collect()
    }

    pub fn shop_name(&self) -> &str {
        &self.frame.settings.name
    }

    /// A path of the shop, in this page's language.
    pub fn href<'a>(&self, path: &'a str) -> Cow<'a, str> {
        self.href_in(self.language, path)
    }

    fn href_in<'a>(&self, language: Language, path: &'a str) -> Cow<'a, str> {
        self.frame.href(language, path)
    }

    pub fn asset(&self, name: &str) -> &'static str {
        super::assets::url(name)
    }

    /// The full address of a path in this language.
    pub fn full_href(&self, path: &str) -> String {
        self.full(&self.href(path))
    }

    /// The full address of a path: from settings, never from the request.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub fn title(&self) -> String {
        match self.head.title.is_empty() {
            true if self.tagline().is_empty() => self.shop_name().to_owned(),
            true => format!("{}: {}", self.shop_name(), self.tagline()),
            false => format!("{} | {}", self.head.title, self.shop_name()),
        }
    }

    pub fn canonical(&self) -> String {
        self.canonical_in(self.language)
    }

    fn canonical_in(&self, language: Language) -> String {
        let path = self.href_in(language, &self.path);
        match self.head.canonical_query.is_empty() {
            true => format!("{}{path}", self.origin),
            false => format!("{}{path}?{}", self.origin, self.head.canonical_query),
        }
    }

    /// This page in every language: tag and full address.
    pub fn alternates(&self) -> Vec<(&'static str, String)> {
        let languages = self.settings().languages.iter();
        languages.map(|language| (language.code(), self.canonical_in(*language))).collect()
    }

    /// A path of the shop in every language: tag and full address.
    pub fn addresses(&self, path: &str) -> Vec<(&'static str, String)> {
        let languages = self.settings().languages.iter();
        let address = |l: &Language| format!("{}{}", self.origin, self.href_in(*l, path));
        languages.map(|language| (language.code(), address(language))).collect()
    }

    pub fn default_alternate(&self) -> String {
        self.canonical_in(self.frame.own_language())
    }

    /// This very page, filters and all, in the other languages.
    pub fn other_languages(&self) -> Vec<(Language, String)> {
        let others = self.settings().languages.iter().filter(|other| **other != self.language);
        others
            .map(|other| {
                let path = self.href_in(*other, &self.path);
                match self.query.is_empty() {
                    true => (*other, path.into_owned()),
                    false => (*other, format!("{path}?{}", self.query)),
                }
            })
            .collect()
    }

    /// What the header leads to: what the merchant chose, else the topmost categories.
    pub fn header(&self) -> Vec<MenuLink> {
        let header = &self.frame.menus.header;
        match header.is_empty() {
            true => self.menu().into_iter().map(MenuLink::alone).collect(),
            false => header.iter().filter_map(|entry| self.menu_link(entry)).collect(),
        }
    }

    /// The columns of the footer: what the merchant chose, else categories and pages.
    pub fn footer(&self) -> Vec<(String, Vec<Link>)> {
        let footer = &self.frame.menus.footer;
        let help = self.t("footer-help").to_owned();
        if footer.is_empty() {
            return vec![(self.t("footer-shop").to_owned(), self.menu()), (help, self.pages())];
        }
        let links = footer.iter().filter_map(|entry| self.menu_link(entry));
        let (columns, alone): (Vec<_>, Vec<_>) = links.partition(|link| !link.below.is_empty());
        let columns = columns
            .into_iter()
            .map(|entry| (entry.link.text.clone(), entry.all().cloned().collect()));
        let alone = alone.into_iter().map(|link| link.link).collect();
        columns.chain([(help, alone)]).collect()
    }

    /// Whether the merchant's own footer leads to the contact form.
    pub fn leads_to_contact(&self) -> bool {
        self.frame.menus.footer_leads_to(CONTACT)
    }

    /// `None` for a heading with nothing below it.
    fn menu_link(&self, entry: &MenuEntry) -> Option<MenuLink> {
        let below: Vec<Link> = entry.below.iter().map(|entry| self.entry(entry)).collect();
        let link = self.entry(entry);
        (!link.href.is_empty() || !below.is_empty()).then_some(MenuLink { link, below })
    }

    fn entry(&self, entry: &MenuEntry) -> Link {
        Link {
            href: self.lead(&entry.address),
            text: self.local(&entry.label).to_owned(),
            is_current: self.path == entry.address,
        }
    }

    /// A path of the shop in this page's language; an address elsewhere as it is.
    pub fn lead(&self, address: &str) -> String {
        match address.starts_with('/') {
            true => self.href(address).into_owned(),
            false => address.to_owned(),
        }
    }

    /// The topmost categories.
    pub fn menu(&self) -> Vec<Link> {
        let categories = self.frame.children(None);
        categories
            .map(|category| {
                let path = format!("/categories/{}", category.slug);
                Link {
                    is_current: self.path == path,
                    text: self.local(&category.name).to_owned(),
                    href: self.href(&path).into_owned(),
                }
            })
            .collect()
    }

    pub fn has_page(&self, slug: &str) -> bool {
        self.frame.pages.iter().any(|page| page.slug == slug)
    }

    /// Whether goods can be sent back, and a page says how: what no merchant has written is not promised for her.
    pub fn promises_returns(&self) -> bool {
        self.settings().return_days > 0 && self.has_page("returns")
    }

    /// The static pages.
    pub fn pages(&self) -> Vec<Link> {
        self.frame.pages.iter().map(|page| self.page(page)).collect()
    }

    fn page(&self, page: &MenuPage) -> Link {
        let path = page.kind.path(&page.slug);
        Link {
            is_current: self.path == path,
            text: self.local(&page.title).to_owned(),
            href: self.href(&path).into_owned(),
        }
    }

    pub fn terms(&self) -> Option<Link> {
        self.frame.legal_page(PageKind::Terms).map(|page| self.page(page))
    }

    pub fn privacy(&self) -> Option<Link> {
        self.frame.legal_page(PageKind::Privacy).map(|page| self.page(page))
    }
}

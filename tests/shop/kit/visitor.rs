//! Somebody with a browser that runs no scripts: keeps cookies, follows redirects, sends forms as they stand on the page.

use reqwest::cookie::{CookieStore, Jar};
use reqwest::{Client, Method, RequestBuilder, Url};
use std::sync::Arc;
use std::time::Duration;

use super::page::Page;

/// More hops than this are a circle.
const MOST_HOPS: usize = 5;

/// A visitor. A clone is the same visitor in a second tab.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    jar: Arc<Jar>,
    base: Url,
    /// What a proxy says of her.
    address: Option<String>,
}

impl Visitor {
    pub fn new(url: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            // A connection for each request: where a hundred visitors keep one machine busy, the shop
            // hangs up idle ones just when their next request goes out.
            .pool_max_idle_per_host(0)
            .no_proxy()
            .build()
            .unwrap();
        Self { client, jar, base: Url::parse(url).unwrap(), address: None }
    }

    /// The same visitor, as a proxy says where she is.
    pub fn from(self, address: &str) -> Self {
        Self { address: Some(address.to_owned()), ..self }
    }

    /// The same visitor, whom a proxy sends to another instance of the shop.
    pub fn at(&self, url: &str) -> Self {
        Self { base: Url::parse(url).unwrap(), ..self.clone() }
    }

    /// Asks for an address and goes where it leads, like a browser.
    pub async fn open(&self, path: &str) -> Page {
        let page = self.get(path).await;
        self.follow(page).await
    }

    /// Asks for an address: one answer, a redirect too.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends a form that stands on no page, as bytes.
    pub async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> Page {
        self.send(self.posting(path, body)).await
    }

    /// What [`Visitor::post`] sends.
    pub fn posting(&self, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    /// A request to dress up before it is sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.url(path));
        match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Page {
        self.try_send(request).await.expect("the shop answers")
    }

    /// Like [`Visitor::send`], where the connection may break.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Page> {
        Page::read(self.clone(), request.send().await?).await
    }

    /// Goes where a redirect leads.
    pub async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..MOST_HOPS {
            match page.location() {
                Some(location) => page = self.get(&location).await,
                None => return page,
            }
        }
        panic!("{} leads in a circle", page.url);
    }

    /// The whole address of a path, or of a link that is whole already.
    pub fn url(&self, path: &str) -> Url {
        // Not joined: a path that begins with `//` would lead to another host.
        let whole = match path.starts_with('/') {
            true => format!("{}{path}", self.base.as_str().trim_end_matches('/')),
            false => path.to_owned(),
        };
        Url::parse(&whole).unwrap_or_else(|_| panic!("{path:?} is no address"))
    }

    /// `name=value; …` as the next request would send them; empty for a visitor without cookies.
    pub fn cookies(&self) -> String {
        let cookies = self.jar.cookies(&self.base);
        cookies.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    /// Puts a cookie into her browser.
    pub fn keep_cookie(&self, name: &str, value: &str) {
        self.jar.add_cookie_str(&format!("{name}={value}; Path=/"), &self.base);
    }
}

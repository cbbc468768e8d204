//! A browser of one's own, driven by what a shopper sees and does.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use futures_util::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use crate::kit::{Dbms, FreshDatabase, TestShop, tell};
use etalase::config::Settings;

/// The screen, and whether scripts may run.
#[derive(Clone, Copy)]
pub struct Look {
    /// CSS pixels.
    pub width: u32,
    pub scripts: bool,
}

pub const PHONE_WITHOUT_SCRIPTS: Look = Look { width: 360, scripts: false };
pub const SMALLEST_PHONE: Look = Look { width: 320, scripts: true };
pub const DESKTOP: Look = Look { width: 1440, scripts: true };

pub struct Browser {
    pub client: Client,
    /// `http://127.0.0.1:…` of the shop.
    shop: String,
}

/// Tells a story in a browser, in front of a shop on SQLite. The browser is closed however the story ends.
pub fn browse(look: Look, story: impl AsyncFnOnce(&Browser)) {
    browse_in(look, |_| {}, async |browser, _| story(browser).await);
}

/// The same, in front of a shop with settings of its own, which the story knows.
pub fn browse_in(
    look: Look,
    change: impl FnOnce(&mut Settings),
    story: impl AsyncFnOnce(&Browser, &TestShop),
) {
    browse_shop(
        look,
        async |dbms| TestShop::open_with(FreshDatabase::filled(dbms), change).await,
        story,
    );
}

/// The same, in front of a shop that nobody has set up yet.
pub fn browse_new(look: Look, story: impl AsyncFnOnce(&Browser, &TestShop)) {
    browse_shop(look, TestShop::open_new, story);
}

fn browse_shop(
    look: Look,
    shop: impl AsyncFnOnce(Dbms) -> TestShop,
    story: impl AsyncFnOnce(&Browser, &TestShop),
) {
    tell(Dbms::Sqlite, async |dbms: Dbms| {
        let shop = shop(dbms).await;
        let browser = Browser { client: open(look).await, shop: shop.url.clone() };
        let told = AssertUnwindSafe(story(&browser, &shop)).catch_unwind().await;
        if told.is_err() {
            let address = browser.client.current_url().await;
            eprintln!("the browser was at {address:?}");
        }
        browser.client.close().await.unwrap();
        if let Err(panic) = told {
            std::panic::resume_unwind(panic);
        }
    });
}

async fn open(look: Look) -> Client {
    let driver = driver();
    let capabilities = capabilities(look).as_object().cloned().unwrap_or_default();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(&driver).await.expect("a browser")
}

fn driver() -> String {
    std::env::var("ETALASE_TEST_WEBDRIVER")
        .expect("run scripts/test, which starts a browser driver")
}

/// The driver gives each browser a profile of its own, in its own folder for temporary files.
fn capabilities(look: Look) -> Value {
    let mut options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--window-size=1440,900",
        ],
        // 2 is "block", and what is managed is not up to the page.
        "prefs": { "profile.managed_default_content_settings.javascript": if look.scripts { 1 } else { 2 } },
    });
    if look.width < 500 {
        // A window cannot be that narrow; a phone can. After a touch the driver waits for a timer of the page, which never
        // ends where scripts are off: there it clicks.
        let touch = look.scripts;
        options["mobileEmulation"] = json!({
            "deviceMetrics": { "width": look.width, "height": 740, "pixelRatio": 2.0, "touch": touch },
        });
    }
    if let Ok(path) = std::env::var("ETALASE_TEST_CHROMIUM") {
        options["binary"] = json!(path);
    }
    json!({
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
        // Milliseconds, of ten minutes that the driver would wait.
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    })
}

impl Browser {
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.shop)).await.unwrap();
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Waits until the page has this heading: a press is over before its page is there.
    pub async fn headed(&self, words: &str) {
        self.find(&format!("//h1[normalize-space()='{words}']")).await;
    }

    /// Presses the first visible button or link with these words, or words that begin so.
    pub async fn press(&self, words: &str) {
        let named = format!("normalize-space()='{words}' or @aria-label='{words}'");
        let begins = format!("starts-with(normalize-space(), '{words}')");
        let wanted = format!("//*[self::a or self::button or self::summary][{named} or {begins}]");
        self.click(&wanted).await;
    }

    /// Types into the field with this name, in place of what stands there.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("//main//*[@name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Puts files of the project into the field with this name.
    pub async fn hand_in(&self, name: &str, paths: &[&str]) {
        let root = env!("CARGO_MANIFEST_DIR");
        let paths: Vec<String> = paths.iter().map(|path| format!("{root}/{path}")).collect();
        let field = self.find(&format!("//main//input[@name='{name}']")).await;
        field.send_keys(&paths.join("\n")).await.unwrap();
    }

    /// Picks one of a group of radio buttons, by what stands around it.
    pub async fn choose(&self, name: &str, value: &str) {
        let label = format!("//label[.//input[@name='{name}' and @value='{value}']]");
        self.click(&label).await;
    }

    pub async fn select(&self, name: &str, text: &str) {
        let list = self.find(&format!("//main//select[@name='{name}']")).await;
        list.select_by_label(text).await.unwrap();
    }

    /// Waits until some words are on the page.
    pub async fn see(&self, words: &str) {
        for _ in 0..50 {
            let text = self.find("//body").await.text().await.unwrap_or_default();
            if text.replace('\u{a0}', " ").contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let text = self.find("//body").await.text().await.unwrap();
        panic!("{words:?} is not on {}:\n{text}", self.path().await);
    }

    /// The first visible element.
    pub async fn find(&self, xpath: &str) -> Element {
        for _ in 0..50 {
            for element in self.client.find_all(Locator::XPath(xpath)).await.unwrap() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nothing visible is {xpath} on {}", self.path().await);
    }

    /// Brings something into the middle of the screen, where no bar lies over it, and clicks.
    async fn click(&self, xpath: &str) {
        let element = self.find(xpath).await;
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let argument = serde_json::to_value(&element).unwrap();
        self.client.execute(script, vec![argument]).await.unwrap();
        if let Err(error) = element.click().await {
            panic!("{xpath} on {}: {error}", self.path().await);
        }
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: char) {
        let press = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client.perform_actions(press).await.unwrap();
    }

    /// How many pixels the page is wider than the screen.
    pub async fn overflow(&self) -> i64 {
        let script = "const e = document.documentElement; return e.scrollWidth - e.clientWidth";
        self.client.execute(script, Vec::new()).await.unwrap().as_i64().unwrap()
    }

    /// What the browser complains about: broken files, refused styles, mistakes in scripts.
    pub async fn complaints(&self) -> Vec<String> {
        let session = self.client.session_id().await.unwrap().unwrap_or_default();
        let address = format!("{}/session/{session}/se/log", driver());
        let asked = reqwest::Client::new().post(address).body(r#"{"type":"browser"}"#).send();
        let said: Value =
            serde_json::from_str(&asked.await.unwrap().text().await.unwrap()).unwrap();
        let entries = said["value"].as_array().expect("a log").iter();
        entries.map(|entry| entry["message"].to_string()).collect()
    }
}

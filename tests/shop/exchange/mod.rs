//! Goods that come and go as tables.

mod bringing;
mod dialects;
mod going_on;
mod taking;
mod undoing;

use crate::kit::upload::Sent;
use crate::kit::{Office, Page, TestShop, Visitor};

const LIST: &str = "/admin/products/imports";

/// All products as a file.
async fn export(visitor: &Visitor) -> String {
    let file = visitor.get("/admin/products/export.csv").await;
    file.expect_status(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    String::from_utf8(file.body).unwrap()
}

/// Brings a file and lets it be looked through: its page.
async fn check(shop: &TestShop, visitor: &Visitor, file: &str) -> Page {
    let sent = Sent { field: "goods", name: "goods.csv", kind: "text/csv", bytes: file.as_bytes() };
    let answer = visitor.upload(LIST, &sent).await;
    answer.expect_status(303);
    visitor.get(&answer.location().unwrap()).await.see("Being looked through");
    Office::of(shop).work().await;
    visitor.get(&answer.location().unwrap()).await
}

/// Presses a button of a file's page and lets the job come to its end.
async fn press(shop: &TestShop, visitor: &Visitor, page: &Page, deed: &str, label: &str) -> Page {
    let path = page.url.path().to_owned();
    page.form(&format!("{path}/{deed}")).press(label).await.expect_status(200);
    Office::of(shop).work().await;
    visitor.get(&path).await
}

/// Brings a file and writes all that it says.
async fn bring(shop: &TestShop, visitor: &Visitor, file: &str) -> Page {
    let page = check(shop, visitor, file).await;
    let label = page.texts("form[action$=run] button").concat();
    press(shop, visitor, &page, "run", &label).await
}

/// How many are new, changed, as they are, left out.
fn counts(page: &Page) -> Vec<String> {
    page.texts(".kpi .v")
}

/// Row, column and what is wrong.
fn problems(page: &Page) -> Vec<String> {
    page.texts(".table-wrap[aria-labelledby=wrong] tbody tr")
}

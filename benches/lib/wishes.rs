//! What shoppers order, for the benchmarks that go through the checkout.

use crate::kit::shopper::{ENGLISH, Shopper};
use crate::kit::{Page, Visitor};

/// From so many products shoppers choose, so that they do not wait for one and the same shelf.
const PRODUCTS: usize = 200;

/// What all shoppers send.
pub struct Plan {
    /// Forms that put a product into the cart, one unit each.
    pub adds: Vec<String>,
    /// The checkout's fields, without those that belong to one cart.
    pub fields: Vec<(String, String)>,
}

impl Plan {
    /// Looks at the pages once, as a browser does, so that the shoppers need not.
    pub async fn of(shop: &str) -> Self {
        let guest = Shopper { visitor: Visitor::new(shop), words: &ENGLISH };
        let map = guest.visitor.open("/sitemap-1.xml").await;
        let products = map.source().split("<loc>").filter_map(|part| part.split_once("</loc>"));
        let products = products.filter_map(|(address, _)| address.strip_prefix(shop));
        let mut adds = Vec::new();
        for path in products.filter(|path| path.starts_with("/products/")).take(PRODUCTS) {
            let form = guest.visitor.open(path).await.form("form#buy");
            adds.push(encoded(&form.values()));
        }
        let page = guest.visitor.post("/cart/lines", adds[0].clone()).await;
        guest.visitor.follow(page).await;
        let mut fields = guest.checkout_form().await.values();
        fields.retain(|(name, _)| !matches!(name.as_str(), "cart" | "total"));
        Self { adds, fields }
    }
}

/// A hidden field's value, without parsing the page: the machine is shared with the shop.
pub fn hidden<'a>(page: &'a Page, name: &str) -> Option<&'a str> {
    let (_, rest) = page.source().split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

pub fn encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

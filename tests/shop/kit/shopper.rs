//! Shoppers: what one does in this shop, in its own words.

use super::form::Form;
use super::page::Page;
use super::visitor::Visitor;

/// A visitor who buys, in the language that she reads.
#[derive(Clone)]
pub struct Shopper {
    pub visitor: Visitor,
    pub words: &'static Words,
}

/// The buttons and headings that a shopper looks for.
pub struct Words {
    pub prefix: &'static str,
    pub add: &'static str,
    pub cart: &'static str,
    pub check_out: &'static str,
    pub place: &'static str,
    pub thanks: &'static str,
    pub order: &'static str,
}

pub static ENGLISH: Words = Words {
    prefix: "",
    add: "Add to cart",
    cart: "Cart",
    check_out: "Check out",
    place: "Place order",
    thanks: "Thank you",
    order: "Order ",
};

pub static INDONESIAN: Words = Words {
    prefix: "/id",
    add: "Masukkan ke keranjang",
    cart: "Keranjang",
    check_out: "Lanjut ke pembayaran",
    place: "Buat pesanan",
    thanks: "Terima kasih",
    order: "Pesanan ",
};

impl Shopper {
    pub async fn open(&self, path: &str) -> Page {
        self.visitor.open(&format!("{}{path}", self.words.prefix)).await
    }

    /// The form that puts a product into the cart, with these options chosen.
    pub async fn buy_form(&self, slug: &str, options: &[(&str, &str)], count: i64) -> Form {
        let page = self.open(&format!("/products/{slug}")).await;
        let form = page.form("form#buy").fill("quantity", &count.to_string());
        options.iter().fold(form, |form, (name, value)| form.choose(name, value))
    }

    /// Puts something into the cart; the page is the cart, or the product with what was wrong.
    pub async fn add(&self, slug: &str, options: &[(&str, &str)], count: i64) -> Page {
        self.buy_form(slug, options, count).await.press(self.words.add).await
    }

    pub async fn cart(&self) -> Page {
        self.open("/cart").await
    }

    /// Goes to the checkout as the cart's button leads there.
    pub async fn check_out(&self) -> Page {
        let cart = self.cart().await;
        self.visitor.open(&cart.link(self.words.check_out)).await
    }

    /// The checkout's form with everything filled in, ready to be sent.
    pub async fn checkout_form(&self) -> Form {
        fill_in(self.check_out().await.form("/checkout"))
    }

    /// Orders what is in the cart; the page is the order's.
    pub async fn order(&self) -> Page {
        let page = self.checkout_form().await.press(self.words.place).await;
        page.expect_status(200).expect_heading(self.words.thanks);
        page
    }
}

/// Rani Wijaya of Bandung, who exists nowhere.
pub fn fill_in(form: Form) -> Form {
    form.fill("email", "rani.wijaya@example.com")
        .fill("phone", "0812 3456 7890")
        .fill("name", "Rani Wijaya")
        .fill("line1", "Jl. Cihampelas 112, RT 03/RW 05")
        .choose("region", "Jawa Barat")
        .fill("city", "Kota Bandung")
        .fill("district", "Coblong")
        .fill("postcode", "40131")
}

/// The number on an order's page.
#[track_caller]
pub fn order_number(page: &Page, words: &Words) -> String {
    let lines = page.texts("main strong");
    let number = lines.iter().find_map(|line| line.strip_prefix(words.order));
    number.expect("the page names the order").to_owned()
}

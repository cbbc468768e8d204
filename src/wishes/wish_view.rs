//! A wish as the pages show it.

use crate::cart::Item;
use crate::catalog::product::Stock;
use crate::ids::VariantId;
use crate::money::Money;
use crate::web::{Picture, Shell};

pub(super) struct WishView {
    pub variant: VariantId,
    /// What puts it into the cart; empty for what is no longer sold.
    pub slug: String,
    pub sku: String,
    pub href: String,
    pub name: String,
    pub options: String,
    pub picture: Option<Picture>,
    pub price: String,
    /// The higher price, of something that is reduced.
    pub regular: String,
    pub stock: Option<Stock>,
    /// That it costs something else than when it was kept.
    pub changed: String,
}

impl WishView {
    pub fn can_be_bought(&self) -> bool {
        self.stock.is_some_and(|stock| stock != Stock::Out)
    }
}

pub(super) fn wish(shell: &Shell, item: &Item) -> WishView {
    let goods = item.goods.as_ref();
    let view = WishView {
        variant: item.line.variant,
        slug: String::new(),
        sku: String::new(),
        href: String::new(),
        name: goods.map_or_else(
            || shell.t("cart-unknown").to_owned(),
            |goods| shell.local(&goods.name).to_owned(),
        ),
        options: goods.map(|goods| goods.options.clone()).unwrap_or_default(),
        picture: goods.and_then(|goods| goods.picture.clone()),
        price: String::new(),
        regular: String::new(),
        stock: None,
        changed: String::new(),
    };
    let Some((goods, offer)) = item.for_sale() else { return view };
    let path = format!("/products/{}?variant={}", goods.slug, goods.sku);
    WishView {
        href: shell.href(&path).into_owned(),
        slug: goods.slug.clone(),
        sku: goods.sku.clone(),
        price: shell.money(&offer.price),
        regular: offer.compare_at.map(|regular| shell.money(&regular)).unwrap_or_default(),
        stock: Some(Stock::of(goods.supply, shell.settings().low_stock)),
        changed: item.old_price().map(|was| changed(shell, was, offer.price)).unwrap_or_default(),
        ..view
    }
}

fn changed(shell: &Shell, was: Money, now: Money) -> String {
    let key = match was.minor() < now.minor() {
        true => "cart-dearer",
        false => "cart-cheaper",
    };
    shell.texts().with(key, &[("was", shell.money(&was).into()), ("now", shell.money(&now).into())])
}

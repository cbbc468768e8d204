//! What holds on every page.

use crate::both;
use crate::kit::TestShop;

both!(the_shop_says_that_it_lives_and_is_ready);

async fn the_shop_says_that_it_lives_and_is_ready(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/healthz", "/readyz"] {
        let page = visitor.get(path).await;
        page.expect_status(200);
        assert_eq!(page.source(), r#"{"status":"ok"}"#);
    }
}
